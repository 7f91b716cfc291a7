/** What the network tier tells, in a terminal or for a script. */

import type { AboutFile } from '../../release/microdata/data-file.ts';
import type { NetworkTable, Wanted } from '../../release/network/ask.ts';
import type { NetworkOffer } from '../../release/network/describe.ts';
import type { Released } from '../../release/released.ts';
import type { Figure } from '../../release/tables/figures.ts';
import { counted, PROGRAM, print, printJson } from '../support.ts';

/** The newest release, and why it does not tell what an earlier one does. */
interface Instead {
  readonly release: number;
  readonly why: string;
}

interface Asking {
  readonly wanted: Wanted;
  readonly instead: Instead | undefined;
}

/** The table that was asked for. */
export function showTable(
  { content }: Released<NetworkTable>,
  about: AboutFile,
  { wanted: { where = {}, whereNot = {}, by }, instead }: Asking,
  json: true | undefined,
): void {
  if (json) {
    printJson({ ...aboutJson(about), insteadOf: instead ?? null, where, whereNot, by: by ?? null, ...content });
    return;
  }
  const { question, label, text = label, people, groups, collapsed } = content;
  print(titleOf(about));
  if (instead)
    print(`These are the figures of release ${about.release}. Of release ${instead.release}: ${instead.why}`);
  print(`${question}. ${text}`);
  const filters = [...wordsOf(where, 'is'), ...wordsOf(whereNot, 'is not')];
  if (filters.length > 0) print(`Where ${filters.join(', and ')}: ${counted(people, 'row')}`);
  if (people === 0) {
    print('Nobody is selected: no row of the file fits these filters, or those that do are in no group.');
    return;
  }
  for (const group of groups) {
    print();
    print(`${by === undefined ? 'Everybody selected' : group.label}: ${group.people.toLocaleString('en')}`);
    for (const line of group.people === 0 ? [] : groupLines(content, group)) print(line);
  }
  print();
  if (collapsed) print('Some answers are taken together, as the questionnaire says: it can be crossed further so.');
  print('Of those who answered, with the 95% likely range; nothing is weighted.');
}

function groupLines({ answers }: NetworkTable, { rows }: NetworkTable['groups'][number]): string[] {
  const ticked = rows.length > 1 && answers.map(({ code }) => code).join() === 'no,yes' ? 1 : undefined;
  const labels = ticked === undefined ? answers.map(({ label }) => label) : rows.map(({ label }) => label);
  const width = Math.min(60, Math.max(...labels.map(({ length }) => length)));
  const line = (label: string, figure: Figure | undefined) => `  ${label.padEnd(width)}  ${figure ? say(figure) : ''}`;
  const [first] = rows;
  // All columns of a question are asked together.
  if (first && rows.every(({ base }) => base === 0)) return [`  ${whyNone(first)}`];
  if (ticked !== undefined) {
    return rows.map((row) =>
      row.base === 0 ? `  ${row.label.padEnd(width)}  ${whyNone(row)}` : line(row.label, row.figures[ticked]),
    );
  }
  return rows.flatMap((row) => [
    ...(rows.length > 1 ? [`  ${row.label}`] : []),
    ...(row.base === 0
      ? [`  ${whyNone(row)}`]
      : row.figures.map((figure, place) => line(answers[place]?.label ?? '', figure))),
  ]);
}

/** Why there is no figure: who was not asked could not answer. */
function whyNone({ none }: Pick<NetworkTable['groups'][number]['rows'][number], 'none'>): string {
  return none === 'not asked' ? 'None of them was asked this.' : 'Asked, and the file has no answer of any of them.';
}

function say(figure: Figure): string {
  if (figure.state === 'hidden') return 'hidden';
  const { n, base, share } = figure;
  return `${n} of ${base}${share ? ` (${share.percent}%, ${share.low} to ${share.high})` : ''}`;
}

function wordsOf(filter: Readonly<Record<string, readonly string[]>>, is: string): string[] {
  return Object.entries(filter).map(([name, values]) => `${name} ${is} ${values.join(' or ')}`);
}

interface Offer {
  readonly about: AboutFile;
  readonly offer: Released<NetworkOffer>;
}

/** What can be asked, and how the groups came about. @param older files whose figures the newest does not tell all anew */
export function showOffer(
  { about, offer: { content } }: Offer,
  older: readonly Offer[],
  instead: Instead | undefined,
  json: true | undefined,
): void {
  const earlier = older.map((each) => ({ about: each.about, ...leftOver(each.offer.content, content) }));
  if (json) {
    printJson({
      ...aboutJson(about),
      insteadOf: instead ?? null,
      ...content,
      earlier: earlier.map(({ about, ...left }) => ({ ...aboutJson(about), ...left })),
    });
    return;
  }
  const { respondents, groups, rest, policy, dimensions, without, questions, refused, kept } = content;
  print(titleOf(about));
  if (instead) print(`Of release ${instead.release}: ${instead.why}`);
  print(
    `${counted(respondents, 'row')} in ${counted(groups, 'group')} of at least ${policy.base}. Filters take whole groups, so whatever is selected is nobody or at least ${policy.base} people, and each figure 0 or at least ${policy.cell}.`,
  );
  if (rest > 0) {
    const share = Math.round((100 * rest) / respondents);
    print(
      `${rest} of the rows (${share}%) are in no group, because too few were like them or one of their keys is not known. No figure counts them.`,
    );
  }
  print();
  print(dimensions.length === 0 ? 'There is nothing to filter or cross by.' : 'Filter with --where, cross with --by');
  for (const { name, label, values } of dimensions) {
    print(`  ${name}: ${label}`);
    print(`    ${values.map(({ code, label: each }) => (code === each ? code : `${code} (${each})`)).join(', ')}`);
  }
  if (without.length > 0)
    print(`Not by ${without.join(', ')}: groups would be too small, or it is not known of too many.`);
  print();
  print('Questions, and by what each can be filtered and crossed');
  for (const { name, label, by, collapsed } of questions) {
    print(`  ${name}: ${label}${collapsed ? ' (some answers taken together)' : ''}`);
    print(`    ${by.length === 0 ? 'everybody together only' : by.join(', ')}`);
  }
  if (refused.length > 0) {
    print();
    print(`Not shown, because some figures would be of too few: ${refused.map(({ name }) => name).join(', ')}.`);
  }
  if (kept.length > 0) {
    print();
    print(
      `Not told anew, because less what was told of an earlier release some figures would be of too few: ${kept.map(({ name }) => name).join(', ')}.`,
    );
  }
  for (const { about, dimensions, questions } of earlier) {
    if (questions.length === 0) continue;
    print();
    print(`Release ${about.release} of ${about.madeOn} is still asked where this one does not tell it`);
    for (const { name, by } of questions) print(`  ${name}: ${by.join(', ') || 'everybody together only'}`);
    const more = dimensions.filter(({ name }) => !content.dimensions.some((each) => each.name === name));
    for (const { name, values } of more) print(`  ${name} is ${values.map(({ code }) => code).join(', ')}`);
  }
  const [first] = questions;
  if (!first) return;
  const [way] = first.by;
  print();
  print(`Ask:  ${PROGRAM} results ${about.survey} --network --question ${first.name}${way ? ` --by ${way}` : ''}`);
}

/** What of an earlier offer the newest does not have: a question, or something to cross it by. */
function leftOver({ dimensions, questions }: NetworkOffer, newest: NetworkOffer) {
  const left = questions.filter(({ name, by }) => {
    const anew = newest.questions.find((each) => each.name === name);
    return !anew || by.some((each) => !anew.by.includes(each));
  });
  return { dimensions, questions: left };
}

function titleOf({ title, release, madeOn, synthetic }: AboutFile): string {
  return `${title}: network release ${release} of ${madeOn}${synthetic ? ' (synthetic data)' : ''}`;
}

function aboutJson({ survey, release, madeOn, synthetic }: AboutFile) {
  return { survey, release, madeOn, synthetic };
}
