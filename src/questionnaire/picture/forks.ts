/** Where the ways through a survey part: sections that follow each other and look at different answers of one thing. */
import { leavesOf } from '../checks/places.ts';
import type { Condition, Section } from '../definition.ts';
import { shortUniverse } from '../describe.ts';
import { questionOfField } from '../journey.ts';
import { offeredLabel, type Survey } from '../survey.ts';
import { asLine } from './words.ts';

export interface Fork {
  readonly id: string;
  /** What decides, in words; undefined where everybody goes on to the one section. */
  readonly title: string | undefined;
  /** What decides, by its code, where the title does not have it. */
  readonly note: string | undefined;
  readonly branches: readonly { readonly section: Section; readonly words: string | undefined }[];
  /** The words at the arrow of those who take no branch; undefined where there is nobody left. */
  readonly otherwise: string | undefined;
}

/** A section's condition that asks one thing which of some values it has. */
interface Choice {
  readonly subject: string;
  readonly codes: readonly string[];
}

/** The sections in order, those that exclude each other by the same thing together. */
export function forksIn(survey: Survey): Fork[] {
  const groups: Section[][] = [];
  for (const section of survey.file.sections) {
    const last = groups.at(-1);
    if (last && belongs(section, last)) last.push(section);
    else groups.push([section]);
  }
  return groups.map((group) => forkOf(survey, group));
}

function belongs(section: Section, group: readonly Section[]): boolean {
  const choice = findChoice(section.when);
  return group.every(({ when }) => {
    const other = findChoice(when);
    return choice?.subject === other?.subject && choice?.codes.every((code) => !other?.codes.includes(code)) === true;
  });
}

function findChoice(condition: Condition | undefined): Choice | undefined {
  if (!condition || condition.ifBlank) return undefined;
  const [{ leaf } = { leaf: condition }, ...others] = leavesOf(condition, []);
  const subject = leaf.question ?? leaf.variable;
  const codes = leaf.is === undefined ? leaf.isAnyOf : [leaf.is];
  return others.length > 0 || condition.not || subject === undefined || !codes ? undefined : { subject, codes };
}

function forkOf(survey: Survey, group: readonly Section[]): Fork {
  const [first] = group;
  const id = first?.code ?? '';
  if (!first?.when)
    return {
      id,
      title: undefined,
      note: undefined,
      branches: group.map((section) => ({ section, words: undefined })),
      otherwise: undefined,
    };
  const choice = findChoice(first.when);
  if (!choice) {
    const branches = [{ section: first, words: 'yes' }];
    return { id, title: `${shortUniverse([first.when])}?`, note: undefined, branches, otherwise: 'no' };
  }
  const branches = group.map((section) => ({
    section,
    words: (findChoice(section.when)?.codes ?? []).map((code) => valueName(survey, choice.subject, code)).join(' or '),
  }));
  const taken = group.flatMap(({ when }) => findChoice(when)?.codes ?? []);
  const otherwise = isAllOf(survey, choice.subject, taken) ? undefined : 'otherwise';
  const title = subjectName(survey, choice.subject);
  const note = title.toLowerCase() === choice.subject.toLowerCase() ? undefined : choice.subject;
  return { id, title, note, branches, otherwise };
}

function subjectName(survey: Survey, subject: string): string {
  const question = questionOfField(survey, subject);
  const words = question ? (question.short ?? question.text) : survey.derived.get(subject)?.label;
  return words === undefined ? subject : asLine(survey, words);
}

function valueName(survey: Survey, subject: string, code: string): string {
  const question = questionOfField(survey, subject);
  const label = question
    ? offeredLabel(survey, question, code)
    : survey.derived.get(subject)?.categories?.find((category) => category.code === code)?.label;
  return label === undefined ? code : asLine(survey, label);
}

/** Everybody has a value of the stage rule's variables; anything else may be blank. */
function isAllOf(survey: Survey, subject: string, codes: readonly string[]): boolean {
  const given = survey.file.stageRule?.gives.find(({ code }) => code === subject);
  return given?.values.every(({ code }) => codes.includes(code)) === true;
}
