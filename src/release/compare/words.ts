/** What is said of two releases side by side, in sentences. */
import type { Speaker } from '../page/words.ts';
import { sayShare } from '../report/shares.ts';
import type { Break } from './breaks.ts';
import type { LineChange, Stated, Unstated } from './compare.ts';
import type { People } from './people.ts';

/** A release as sentences name it. */
export interface Named {
  readonly number: number;
  /** The round of fieldwork, in the survey's first language. */
  readonly wave: string;
}

/** Whether the same people stand in both, and what follows for what is stated. */
export function sayPeople(people: People, before: Named, after: Named): string {
  switch (people) {
    case 'same':
      return `Both are of the same round of fieldwork, “${after.wave}”, so nearly everybody in release ${before.number} is in release ${after.number} too. A test of two separate groups would be wrong here, so none is made: the figures only stand side by side.`;
    case 'apart':
      return `They are of different rounds of fieldwork, “${before.wave}” and “${after.wave}”, with separate answers. Each change is tested by Fisher’s exact test (Pearson’s for large groups), corrected for how many are tested (Holm): if nothing had changed at all, the chance that anything here is called clear would be at most 5%. Who answered in both rounds is not known: the test takes them for different people.`;
  }
}

/** A figure then or now. */
export function sayValue(value: LineChange['before'], speaker: Speaker): string {
  if (value === undefined) return 'not there';
  return typeof value === 'number' ? String(value) : sayShare(value, speaker);
}

const UNSTATED: Readonly<Record<Unstated, string>> = {
  break: 'not stated: the question changed',
  kept: 'not stated: figures of an earlier release',
  hidden: 'not told: a figure is hidden',
  few: 'not told: too few answered',
  absent: 'only in one of them',
};

/** "+12.5 points (95% interval 2.1 to 22.4), clearly up"; or why nothing is stated. */
export function sayChange({ measure, change }: Pick<LineChange, 'measure' | 'change'>): string {
  if (typeof change === 'string') return UNSTATED[change];
  const { points, interval, test } = change;
  const unit = measure === 'mean' ? '' : Math.abs(points) === 1 ? ' point' : ' points';
  const amount = points === 0 ? 'no change' : `${signed(points)}${unit}`;
  const sure = interval ? ` (95% interval ${signed(interval.low)} to ${signed(interval.high)})` : '';
  return `${amount}${sure}${test ? `, ${verdictOf(change)}` : ''}`;
}

/** What the test says of a change. */
export function verdictOf({ points, test }: Stated): 'clearly up' | 'clearly down' | 'no clear change' {
  if (!test?.clear || points === 0) return 'no clear change';
  return points > 0 ? 'clearly up' : 'clearly down';
}

/** With a true minus. */
function signed(value: number): string {
  if (value === 0) return '0';
  return value > 0 ? `+${value}` : `−${-value}`;
}

/** "“Cost – Big”, Adopters: 45 of 54 (83%, …), and 20 of 40 (50%, …) before: +33.3 points (…), clearly up." */
export function sayFinding(label: string, group: string, line: LineChange, speaker: Speaker): string {
  const [then, now] = [sayValue(line.before, speaker), sayValue(line.after, speaker)];
  return `“${label}”, ${group}: ${now}, and ${then} before: ${sayChange(line)}.`;
}

const BREAKS: Readonly<Record<Break['kind'], string>> = {
  type: 'Another kind of question',
  wording: 'The wording changed',
  options: 'The answers changed',
  rows: 'The rows changed',
  universe: 'Others were asked',
  meaning: 'It is worked out otherwise',
  weighting: 'The weighting changed',
};

/** What broke the series: its name, and both wordings. */
export function viewBreak({ kind, was, is }: Break): {
  readonly what: string;
  readonly was: string;
  readonly is: string;
} {
  const nothing = kind === 'universe' ? 'everyone' : 'nothing';
  return { what: BREAKS[kind], was: was === '' ? nothing : was, is: is === '' ? nothing : is };
}
