/** Work on a release as staff see it: how far it is, and what came of a comparison. */
import { type ShownMoment, showMoment } from '../../accounts/times.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { callerFor } from '../called.ts';
import type { Compared } from './comparison.ts';
import { inFormWords } from './form-words.ts';
import { addressOf, type Job, titleOf } from './job.ts';

/** What the parts of the work are called on a page. */
const STEPS: Readonly<Record<string, string>> = {
  'Answers read': 'Reading the answers',
  'Tables protected and audited': 'Protecting the tables, and checking that nothing hidden can be worked out',
  'Data file': 'Making the data file',
  'Other keys tried': 'Looking for keys with which it would pass',
  'Files written': 'Writing the files',
  'Settings tried': 'Trying one setting after the other',
};

/** What it is to hold, in words. */
export function sayHolds({ wishes: { audience, tables, data } }: Pick<Job, 'wishes'>): string {
  const parts = [...(tables ? ['tables'] : []), ...(data ? ['a data file'] : [])];
  return `${parts.join(' and ')} for ${audience === 'public' ? 'the public' : 'the network'}`;
}

export interface JobView {
  readonly title: string;
  readonly holds: string;
  readonly person: string;
  readonly asked: ShownMoment;
  /** What is done now. */
  readonly step: string;
  /** Of that step; undefined while it is not known. */
  readonly percent: number | undefined;
  readonly href: string;
}

/** @param home the address of the survey for staff */
export function viewJob(job: Job, home: string): JobView {
  const { id, state, progress, person, askedAt } = job;
  const begun = progress ? (STEPS[progress.what] ?? progress.what) : 'It has begun';
  return {
    title: titleOf(job),
    holds: sayHolds(job),
    person: person.name,
    asked: showMoment(askedAt),
    step: state === 'queued' ? 'It waits until the work on another survey is done' : begun,
    percent: progress?.percent,
    href: addressOf(home, id),
  };
}

/** A comparison as a table, as `results/figures` reads it, and what is not possible with the reason. */
export function viewComparison(compared: readonly Compared[], use: (place: number) => string, survey: Survey) {
  const call = callerFor(survey);
  const reasons = compared.flatMap(({ label, found }) =>
    'reason' in found ? [{ label: sayLabel(label, call), reason: inFormWords(found.reason, call) }] : [],
  );
  const [first] = reasons;
  // What no setting can change is said once.
  const same = first && reasons.length === compared.length && reasons.every(({ reason }) => reason === first.reason);
  return {
    head: HEAD,
    rows: compared.flatMap(({ label, found }, place) =>
      'reason' in found
        ? []
        : [{ label: sayLabel(label, call), href: use(place), cells: cellsOf(found, survey, call) }],
    ),
    reasons: same ? [] : reasons,
    never: same ? first.reason : undefined,
  };
}

const HEAD = [
  'Setting',
  'Keys in the file',
  'Lost of what these keys tell',
  'Cells withheld',
  'Columns left out',
  'Chance of guessing whose row it is, on average',
  'Questions with figures for the network',
  'With filters, and side by side',
];

/** "k 10, without size" in words for who has not read about k. */
const sayLabel = (label: string, call: (name: string) => string): string =>
  label
    .replace(/^k (\d+)/, 'At least $1 alike')
    .replace(/, without (\S+)$/, (_, name: string) => `, without ${call(name)}`);

function cellsOf(
  found: Exclude<Compared['found'], { reason: string }>,
  survey: Survey,
  call: (name: string) => string,
): string[] {
  const { keys, same, lost, withheld, columns, leftOut, risk, told, reach } = found;
  const list = (names: readonly string[]) => names.map(call).join(', ');
  const coarser = keys.filter((name) => survey.derived.has(name) && !survey.file.disclosure.keys.includes(name));
  const notes = [
    ...(coarser.length > 0 ? [`coarser: ${list(coarser)}`] : []),
    ...(same.length > 0 ? [`the same for all: ${list(same)}`] : []),
    ...(told.length > 0 ? [`published tables tell ${list(told)}, which needs a reason`] : []),
  ];
  return [
    `${keys.length} of ${keys.length + same.length}${notes.map((note) => `; ${note}`).join('')}`,
    `${lost}%`,
    sayShare(withheld),
    `${leftOut} of ${columns + leftOut}`,
    sayShare(risk),
    ...(reach
      ? [
          `${reach.told} of ${reach.questions}`,
          reach.filtered === 0 ? 'none' : `${reach.filtered}, by ${list(reach.filters)}`,
        ]
      : ['not known', 'not known']),
  ];
}

const sayShare = (percent: number): string => (percent === 0 ? 'under 1%' : `${percent}%`);
