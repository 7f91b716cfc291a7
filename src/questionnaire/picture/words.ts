/** Words as a picture can show them: in one language, and in lines that fit. */
import { words } from '../checks/changed-wording.ts';
import type { Text } from '../definition.ts';
import type { Survey } from '../survey.ts';
import { PIPE } from '../text.ts';

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
 * A text in lines. What does not fit ends with “…”.
 * @param width the most characters in a line; a longer word is cut
 */
export function inLines(text: string, width: number, most: number): string[] {
  const lines: string[] = [''];
  for (const word of text.split(' ').flatMap((each) => cut(each, width))) {
    const last = lines.at(-1) ?? '';
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  if (lines.length <= most) return lines;
  const shown = lines.slice(0, most);
  return [
    ...shown.slice(0, -1),
    `${[...(shown.at(-1) ?? '')]
      .slice(0, width - 1)
      .join('')
      .trimEnd()}…`,
  ];
}

function cut(word: string, width: number): string[] {
  const letters = [...word];
  return letters.length <= width
    ? [word]
    : [letters.slice(0, width).join(''), ...cut(letters.slice(width).join(''), width)];
}
