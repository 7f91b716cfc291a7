/**
 * Groupings that files and results are made coarser by. Each must be a total tree (rule M4): every answer has one place
 * at every level, and what one level joins the next does not part again.
 */
import Big from 'big.js';
import type { Derived } from '../definition.ts';
import type { Finding, Path } from '../source.ts';
import type { Survey } from '../survey.ts';
import { codesOf } from './option-codes.ts';
import { type Check, error, listed, type Subject } from './subject.ts';

/** Groups, number bands, cases and hierarchies. */
export const checkTrees: Check = (subject) => [
  ...subject.survey.file.derived.flatMap((definition, index) => {
    const path = ['derived', index];
    if (definition.kind === 'groups') return groups(subject, definition, path);
    if (definition.kind === 'bands') return bands(subject, definition, path);
    return definition.kind === 'cases' ? cases(subject, definition, path) : [];
  }),
  ...Object.entries(subject.survey.file.disclosure.hierarchies).flatMap(([key, levels]) =>
    hierarchy(subject, key, levels, ['disclosure', 'hierarchies', key]),
  ),
];

type Kind<K extends Derived['kind']> = Extract<Derived, { kind: K }>;

function groups(subject: Subject, { code, of, groups: list }: Kind<'groups'>, path: Path): Finding[] {
  const placed = list.flatMap(({ options }, group) =>
    options.map((option, index) => ({ option, path: [...path, 'groups', group, 'options', index] })),
  );
  const twice = placed.filter(({ option }, index) => placed.findIndex((each) => each.option === option) < index);
  const missing = (codesOf(subject.survey, of) ?? []).filter(
    (option) => !placed.some((each) => each.option === option),
  );
  return [
    ...twice.map(({ option, path: place }) =>
      error(
        subject,
        'groups-not-total',
        place,
        `The option "${option}" of ${of} stands in "${code}" twice.`,
        'Leave it in one group.',
      ),
    ),
    ...(missing.length === 0
      ? []
      : [
          error(
            subject,
            'groups-not-total',
            [...path, 'groups'],
            `"${code}" has no place for ${listed(missing)} of ${of}.`,
            'Put every option into one group.',
          ),
        ]),
  ];
}

/** Bands from the lowest number that can be answered to the highest, each beginning where the last one ends. */
function bands(subject: Subject, { code, of, bands: list }: Kind<'bands'>, path: Path): Finding[] {
  const question = subject.survey.questions.get(of);
  if (question?.type !== 'number') return [];
  const sorted = list
    .map((band, index) => ({ ...band, path: [...path, 'bands', index] }))
    .sort((a, b) => (a.from === undefined ? -1 : b.from === undefined ? 1 : new Big(a.from).cmp(b.from)));
  const hole = (place: Path, what: string) =>
    error(
      subject,
      'number-bands',
      place,
      `"${code}" has no band for ${what}.`,
      'Let each band begin where the one before it ends.',
    );
  const found: Finding[] = [];
  const [first] = sorted;
  const last = sorted.at(-1);
  if (first?.from !== undefined && (question.atLeast === undefined || new Big(question.atLeast).lt(first.from)))
    found.push(hole(first.path, `numbers under ${first.from}`));
  for (const [index, band] of sorted.entries()) {
    const next = sorted[index + 1];
    if (band.from !== undefined && band.below !== undefined && new Big(band.from).gte(band.below))
      found.push(
        error(
          subject,
          'number-bands',
          band.path,
          `Nothing is ${band.from} or more and under ${band.below}.`,
          'Give it some room, or take it out.',
        ),
      );
    if (!next) continue;
    if (band.below === undefined || next.from === undefined || new Big(band.below).gt(next.from))
      found.push(
        error(
          subject,
          'number-bands',
          next.path,
          `The bands "${band.code}" and "${next.code}" overlap.`,
          'Let each band begin where the one before it ends.',
        ),
      );
    else if (new Big(band.below).lt(next.from))
      found.push(hole(next.path, `numbers from ${band.below} to under ${next.from}`));
  }
  if (last?.below !== undefined && (question.atMost === undefined || new Big(question.atMost).gte(last.below)))
    found.push(hole(last.path, `${last.below} and more`));
  return found;
}

/** Values that no case gives, and values taken over from another variable that this one does not have. */
function cases(subject: Subject, definition: Kind<'cases'>, path: Path): Finding[] {
  const { code, values, otherwise } = definition;
  const taken = otherwise && 'sameAs' in otherwise ? (codesOf(subject.survey, otherwise.sameAs) ?? []) : [];
  const own = otherwise && 'is' in otherwise ? [otherwise.is] : taken;
  const given = new Set([...definition.cases.map(({ is }) => is), ...own]);
  const unknown = otherwise && 'sameAs' in otherwise && !subject.survey.derived.has(otherwise.sameAs);
  const strange = taken.filter((each) => !values.some((value) => value.code === each));
  return [
    ...values.flatMap((value, index) =>
      unknown || given.has(value.code)
        ? []
        : [
            error(
              subject,
              'unreachable-value',
              [...path, 'values', index],
              `No case gives "${code}" the value "${value.code}".`,
              'Take the value out, or add a case.',
            ),
          ],
    ),
    ...(strange.length === 0
      ? []
      : [
          error(
            subject,
            'unknown-option',
            [...path, 'otherwise', 'sameAs'],
            `"${code}" does not have ${listed(strange)}, which it would take over.`,
            'Add these to its values.',
          ),
        ]),
  ];
}

function hierarchy(subject: Subject, key: string, levels: readonly string[], path: Path): Finding[] {
  const { survey } = subject;
  const leaves = codesOf(survey, key) ?? [];
  const found: Finding[] = [];
  let finer: ReadonlyMap<string, string> | undefined;
  for (const [index, name] of levels.entries()) {
    const place = [...path, index];
    const level = levelOf(survey, key, name, leaves);
    if (!level) {
      if (survey.derived.has(name))
        found.push(
          error(
            subject,
            'hierarchy',
            place,
            `"${name}" does not group ${key}.`,
            `Name a variable of kind "groups" whose "of" leads to ${key}.`,
          ),
        );
      continue;
    }
    const parted = finer && partedBy(finer, level);
    if (parted)
      found.push(
        error(
          subject,
          'hierarchy',
          place,
          `"${name}" parts what the level before it joined: ${listed(parted)}.`,
          'Build each level out of the groups of the one before it.',
        ),
      );
    finer = level;
  }
  return found;
}

/** Where each option ends up at a level; undefined when the variable does not group this question. */
function levelOf(
  survey: Survey,
  key: string,
  name: string,
  leaves: readonly string[],
  depth = 0,
): Map<string, string> | undefined {
  const definition = survey.file.derived.find((each) => each.code === name);
  if (definition?.kind !== 'groups' || depth > survey.file.derived.length) return undefined;
  const below =
    definition.of === key
      ? new Map(leaves.map((leaf) => [leaf, leaf]))
      : levelOf(survey, key, definition.of, leaves, depth + 1);
  if (!below) return undefined;
  const groupOf = (code: string) => definition.groups.find(({ options }) => options.includes(code))?.code ?? '';
  return new Map([...below].map(([leaf, value]) => [leaf, groupOf(value)]));
}

/** Two options that the finer level joins and the coarser one parts. */
function partedBy(
  finer: ReadonlyMap<string, string>,
  coarser: ReadonlyMap<string, string>,
): [string, string] | undefined {
  const seen = new Map<string, string>();
  for (const [leaf, group] of finer) {
    const first = seen.get(group);
    if (first === undefined) seen.set(group, leaf);
    else if (coarser.get(first) !== coarser.get(leaf)) return [first, leaf];
  }
  return undefined;
}
