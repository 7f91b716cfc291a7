/**
 * What of a question changed between two releases, so that its figures say different things: then no change of a figure
 * is stated. It is looked for in what was released, which has each question as it was put when the release was made.
 */
import { plainWords } from '../../questionnaire/checks/changed-wording.ts';
import type { Text } from '../../questionnaire/definition.ts';
import type { ProtectedTable } from '../tables/protected-tables.ts';

export interface Break {
  readonly kind: 'type' | 'wording' | 'options' | 'rows' | 'universe' | 'meaning' | 'weighting';
  /** As it was and as it is, in words; empty for nothing. */
  readonly was: string;
  readonly is: string;
}

type Say = (text: Text) => string;

const KINDS: Readonly<Record<ProtectedTable['kind'], string>> = {
  choice: 'one answer of a list',
  list: 'any answers of a list',
  grid: 'one answer for each row',
  ranking: 'answers put in order',
  number: 'a number',
  date: 'a date',
  scale: 'a point on a scale',
};

/** Letter case, spaces and punctuation make no difference. @param text in one language */
export function breaksBetween(before: ProtectedTable, after: ProtectedTable, text: Say): Break[] {
  const listed = (texts: readonly Text[]) => texts.map(text).join(' / ');
  const meaning = ({ description, workedOutFrom = [] }: ProtectedTable) =>
    [...(description ? [description] : []), ...workedOutFrom].map(text).join(' / ');
  return [
    ...changed('type', KINDS[before.kind], KINDS[after.kind]),
    ...changed('wording', listed(before.wordings), listed(after.wordings)),
    ...changed('universe', universeOf(before, text), universeOf(after, text)),
    ...changed('meaning', meaning(before), meaning(after)),
    ...relisted('rows', rowsOf(before), rowsOf(after), text),
    ...relisted('options', before.options, after.options, text),
    ...relisted('options', ...common(before.nets, after.nets), text),
  ];
}

function changed(kind: Break['kind'], was: string, is: string): Break[] {
  return plainWords(was) === plainWords(is) ? [] : [{ kind, was, is }];
}

const universeOf = ({ universe }: ProtectedTable, text: Say) => (universe ? text(universe) : '');

interface Labelled {
  readonly code: string;
  readonly label: Text;
  readonly description?: Text | undefined;
}

/** A table with one row is about the question itself, whose name says nothing of its answers. */
function rowsOf({ rows }: ProtectedTable): Labelled[] {
  return rows.length === 1 ? [] : rows.map(({ variable, label }) => ({ code: variable, label }));
}

/** NETs can come and go without a change of the answers; one that stays must stay what it is. */
function common(before: readonly Labelled[], after: readonly Labelled[]): [Labelled[], Labelled[]] {
  const inBoth = (all: readonly Labelled[], others: readonly Labelled[]) =>
    all.filter(({ code }) => others.some((each) => each.code === code));
  return [inBoth(before, after), inBoth(after, before)];
}

/** Those that are not in both lists in the same words. */
function relisted(kind: Break['kind'], before: readonly Labelled[], after: readonly Labelled[], text: Say): Break[] {
  const said = ({ label, description }: Labelled) => text(label) + (description ? ` (${text(description)})` : '');
  const isIn = (each: Labelled, others: readonly Labelled[]) =>
    others.some((other) => other.code === each.code && plainWords(said(other)) === plainWords(said(each)));
  const was = before.filter((each) => !isIn(each, after)).map(said);
  const is = after.filter((each) => !isIn(each, before)).map(said);
  return was.length + is.length === 0 ? [] : [{ kind, was: was.join(' / '), is: is.join(' / ') }];
}
