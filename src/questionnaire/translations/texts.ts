/** Every text of a survey with its translation, and where it stands: by codes, so that it is found again in another version. */
import { type PlacedText, textsIn, wordingsOf } from '../checks/texts-in.ts';
import type { Path } from '../source.ts';
import { rememberedFor, type Survey } from '../survey.ts';

export interface TranslatedText {
  /** Where it stands, by codes: `A1/options/yes/label`. The same text has it in every version. */
  readonly key: string;
  readonly path: Path;
  /** The codes of what it stands in; undefined outside of it. */
  readonly section: string | undefined;
  readonly page: string | undefined;
  readonly question: string | undefined;
  /** What it is there, in words: “answer yes, hint”. */
  readonly what: string;
  /** Empty where the text lacks the language that is translated from. */
  readonly original: string;
  readonly translation: string | undefined;
}

/**
 * The texts in the order of the file. Pure.
 * @param to the language of the translations
 * @param from the language that is translated from; left out, the survey's first
 */
export function translatedTexts(survey: Survey, to: string, from = survey.file.languages[0] ?? 'en'): TranslatedText[] {
  return placesOf(survey).map(({ place, wordings }) => {
    const inLanguage = (wanted: string) => wordings.find(({ language }) => language === wanted)?.words;
    return { ...place, original: inLanguage(from) ?? '', translation: inLanguage(to) };
  });
}

/** A version is looked at again whenever a later one is. */
const placesOf = rememberedFor((survey: Survey) =>
  textsIn(survey).map((text) => ({ place: placeOf(survey, text), wordings: wordingsOf(survey, text) })),
);

type Place = Omit<TranslatedText, 'original' | 'translation'>;

/** Sections, pages and questions keep their codes wherever they go, so what stands in one is named from there. */
function placeOf(survey: Survey, { path }: PlacedText): Place {
  const found: Record<string, string> = {};
  let steps: string[] = [];
  let inside: string[] = [];
  let node: unknown = survey.file;
  for (const [depth, step] of path.entries()) {
    const list = Array.isArray(node) ? String(path[depth - 1]) : undefined;
    node = stepInto(node, step);
    const name = list === undefined ? String(step) : nameOf(list, node, Number(step));
    if (list !== undefined && HOLDERS.has(list)) {
      found[list] = name;
      steps = list === 'questions' ? [name] : [list, name];
      inside = [];
    } else {
      steps.push(name);
      inside.push(name);
    }
  }
  return {
    key: steps.join('/'),
    path,
    section: found.sections,
    page: found.pages,
    question: found.questions,
    what: inWords(inside),
  };
}

/** Lists whose parts are places of their own. */
const HOLDERS = new Set(['sections', 'pages', 'questions']);

function stepInto(node: unknown, step: string | number): unknown {
  if (node === null || typeof node !== 'object') return undefined;
  return Object.getOwnPropertyDescriptor(node, step)?.value;
}

/** By its code; a page without one by that of its first question; what has none at all by its number, from 1. */
function nameOf(list: string, node: unknown, index: number): string {
  const code = stepInto(node, 'code');
  if (typeof code === 'string') return code;
  if (list !== 'pages') return String(index + 1);
  const first = stepInto(stepInto(stepInto(node, 'questions'), 0), 'code');
  return typeof first === 'string' ? first.toLowerCase() : String(index + 1);
}

/** What the lists of the language are called by one of their parts. */
const PARTS: Readonly<Record<string, string>> = {
  options: 'answer',
  labels: 'answer',
  rows: 'row',
  variants: 'wording',
  confirm: 'question back',
  rules: 'rule',
  collapse: 'group',
  groups: 'group',
  values: 'value',
  bands: 'band',
  gives: 'variable',
  derived: 'variable',
  definitions: 'definition',
  ends: 'end',
};

/** The label is what everybody means by an answer, so it goes without saying. */
function inWords(steps: readonly string[]): string {
  const said: string[] = [];
  for (let index = 0; index < steps.length; index++) {
    const step = steps[index] ?? '';
    const part = PARTS[step];
    const next = steps[index + 1];
    if (part !== undefined && next !== undefined) {
      said.push(`${part} ${next}`);
      index++;
    } else if (step !== 'label' || said.length === 0) said.push(step === 'stageRule' ? 'stage rule' : step);
  }
  return said.join(', ');
}
