/** Words as a picture can show them: in one language, and in lines that fit. */
import { words } from '../checks/changed-wording.ts';
import type { Text } from '../definition.ts';
import type { Survey } from '../survey.ts';
import { PIPE } from '../text.ts';
import { widthOf, wrap } from './wrap.ts';

/** A text in the survey's first language; what is piped in is left open. */
export function asLine(survey: Survey, text: Text): string {
  return words(survey, text)
    .replaceAll(PIPE, (_, __, instead?: string) => instead ?? '…')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/** "1 page", "2 pages". */
export const counted = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;

/**
 * A text in lines. What does not fit into the most lines there may be ends with “…”.
 * @param size of the font, in pixels
 * @param width of a line, in pixels; a longer word is cut
 */
export function inLines(text: string, size: number, width: number, most: number): string[] {
  const lines = wrap(text, size, width);
  if (lines.length <= most) return lines;
  const letters = [...(lines[most - 1] ?? '')];
  while (widthOf(`${letters.join('')}…`, size) > width) letters.pop();
  return [...lines.slice(0, most - 1), `${letters.join('').trimEnd()}…`];
}
