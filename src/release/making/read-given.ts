/** The form in which somebody says what a release is to hold. */
import type { Survey } from '../../questionnaire/survey.ts';
import { reasonSchema } from '../ledger/reason.ts';
import { checkAsked, LEAST_PUBLIC_ROWS, leastK } from '../microdata/rules.ts';
import { NotReleasable } from '../microdata/survey/columns.ts';
import { ABOUT, GATES, type Gate, type GateReason } from '../overrides.ts';
import type { Job, JobWishes, Kind } from './job.ts';
import { kSchema } from './wanted.ts';

/** What was chosen and typed, and why each gate is to open, to be shown again where something is wrong. */
export interface Given extends Readonly<Record<Gate, string>> {
  /** `tables`, `both`, `file`; empty where nothing was chosen. */
  readonly holds: string;
  readonly k: string;
  readonly keys: readonly string[];
  /** Whether the keys that stay exact are the usual ones, or those in `kept`. */
  readonly keep: string;
  readonly kept: readonly string[];
  /** Fields whose answers, as people typed them, are to go into its zip once a person has read them. */
  readonly texts: readonly string[];
}

/** Something to put right, at its box. */
interface GivenFault {
  readonly href: `#${keyof Given}`;
  readonly text: string;
}

const HOLDS = {
  tables: { audience: 'public', tables: true, data: false },
  both: { audience: 'public', tables: true, data: true },
  file: { audience: 'network', tables: false, data: true },
} as const;

const isChoice = (holds: string): holds is keyof typeof HOLDS => Object.hasOwn(HOLDS, holds);

/** The fields whose answers somebody has to read before the work begins: those that the survey's file lists. */
export function textsToRead({ texts }: Given, kind: Kind, { file }: Survey): string[] {
  return kind === 'make' ? file.disclosure.texts.filter((field) => texts.includes(field)) : [];
}

/** The form as it is first shown: everything as it usually is, and nothing said about what it is to hold. */
export function firstGiven({ file }: Survey): Given {
  return { holds: '', k: '', keys: file.disclosure.keys, keep: 'usual', kept: [], texts: [], ...reasonsOf([]) };
}

const reasonsOf = (overrides: readonly GateReason[]): Record<Gate, string> => {
  const why = (wanted: Gate) => overrides.find(({ gate }) => gate === wanted)?.reason ?? '';
  return { few: why('few'), beside: why('beside'), seen: why('seen') };
};

/** The form with what was wished for before, and with one of the settings that were compared then. */
export function givenOf(survey: Survey, { wishes, comparison }: Job, setting: number): Given {
  const { audience, data, overrides = [] } = wishes;
  const { k = wishes.k, keyNames, keep } = comparison?.[setting] ?? wishes;
  return {
    holds: audience === 'network' ? 'file' : data ? 'both' : 'tables',
    k: k === undefined ? '' : String(k),
    keys: keyNames ?? survey.file.disclosure.keys,
    keep: keep ? 'chosen' : 'usual',
    kept: keep ?? [],
    texts: [],
    ...reasonsOf(overrides),
  };
}

/**
 * What is wished for, or what is wrong with it.
 * @param responses how many there are: a reason may not say so, because whoever asks again and again would see each come
 */
export function readGiven(
  given: Given,
  kind: Kind,
  survey: Survey,
  responses: number,
): { readonly wishes: JobWishes } | { readonly faults: readonly GivenFault[] } {
  const { holds } = given;
  if (!isChoice(holds)) return { faults: [{ href: '#holds', text: 'Choose what the release is to hold' }] };
  const choice = HOLDS[holds];
  if (!choice.data && kind === 'compare') {
    const text = 'There is nothing to compare for tables: settings are those of a data file';
    return { faults: [{ href: '#holds', text }] };
  }
  const { base } = survey.file.disclosure;
  if (choice.tables && responses < base) {
    return {
      faults: [{ href: '#holds', text: `Results are published from ${base} responses on, and there are fewer` }],
    };
  }
  const { said, faults } = readReasons(given);
  if (!choice.data && textsToRead(given, kind, survey).length > 0) {
    faults.push({
      href: '#texts',
      text: 'What people typed goes into the zip of a data file: choose one, or leave it out',
    });
  }
  if (!choice.data) return faults.length > 0 ? { faults } : { wishes: { ...choice, ...said } };
  const { settings, faults: more } = readSettings(given, choice.audience, survey);
  faults.push(...more);
  const k = settings.k ?? leastK([survey], choice.audience);
  if (more.length === 0 && responses < k) {
    faults.push({ href: '#k', text: `Nobody can be hidden among ${k}: there are fewer responses` });
  }
  if (choice.audience === 'public' && responses < LEAST_PUBLIC_ROWS && !isTyped(given.few)) {
    const text = `A data file for everybody needs ${LEAST_PUBLIC_ROWS} responses, and there are fewer: choose the research network, or say why it may be made all the same`;
    faults.push({ href: '#few', text });
  }
  return faults.length > 0 ? { faults } : { wishes: { ...choice, ...said, ...settings } };
}

const isTyped = (words: string): boolean => words.trim() !== '';

function readReasons(given: Given): { readonly said: Pick<JobWishes, 'overrides'>; readonly faults: GivenFault[] } {
  const overrides: GateReason[] = [];
  const faults: GivenFault[] = [];
  for (const gate of GATES.filter((each) => isTyped(given[each]))) {
    const reason = reasonSchema.safeParse(given[gate]);
    if (reason.success) overrides.push({ gate, reason: reason.data });
    else faults.push({ href: `#${gate}`, text: `Enter ${reason.error.issues[0]?.message}, for ${ABOUT[gate]}` });
  }
  return { said: overrides.length > 0 ? { overrides } : {}, faults };
}

function readSettings(
  given: Given,
  audience: JobWishes['audience'],
  survey: Survey,
): { readonly settings: Pick<JobWishes, 'k' | 'keyNames' | 'keep'>; readonly faults: readonly GivenFault[] } {
  const declared = survey.file.disclosure.keys;
  const keys = declared.filter((name) => given.keys.includes(name));
  const kept = declared.filter((name) => given.kept.includes(name));
  const faults: GivenFault[] = [];
  const k = given.k.trim() === '' ? undefined : kSchema.safeParse(given.k.trim());
  if (k?.success === false) faults.push({ href: '#k', text: `Enter ${k.error.issues[0]?.message}` });
  else {
    const problem = whyNotAsked(survey, { audience, k: k?.data });
    if (problem !== undefined) faults.push({ href: '#k', text: problem });
  }
  const isChosen = given.keep === 'chosen';
  for (const [href, keyNames] of [
    ['#keys', given.keys],
    ['#kept', isChosen ? given.kept : []],
  ] as const) {
    const problem = whyNotAsked(survey, { audience, keyNames });
    if (problem !== undefined) faults.push({ href, text: problem });
  }
  const apart = isChosen ? kept.find((name) => !keys.includes(name)) : undefined;
  if (apart !== undefined) {
    faults.push({ href: '#kept', text: `${apart} cannot stay exact where the file does not have it` });
  }
  const settings = {
    ...(k?.success && { k: k.data }),
    ...(keys.length < declared.length && { keyNames: keys }),
    ...(isChosen && { keep: kept }),
  };
  return { settings, faults };
}

function whyNotAsked(
  survey: Survey,
  {
    audience,
    k = leastK([survey], audience),
    keyNames = [],
  }: Pick<JobWishes, 'audience'> & { readonly k?: number | undefined; readonly keyNames?: readonly string[] },
): string | undefined {
  try {
    checkAsked(survey, { audience, k, keyNames });
    return undefined;
  } catch (error) {
    if (error instanceof NotReleasable) return error.message;
    throw error;
  }
}
