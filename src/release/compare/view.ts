/** The pages of a comparison: an overview of what changed, what broke and what is new, and a page for each section. */
import { showDay } from '../../questionnaire/days.ts';
import type { FigureTable } from '../page/tables.ts';
import type { Speaker } from '../page/words.ts';
import type { ProtectedTable, ProtectedTables } from '../tables/protected-tables.ts';
import type { Comparison, GroupChange, LineChange, QuestionChange } from './compare.ts';
import { sayChange, sayFinding, sayValue, verdictOf, viewBreak } from './words.ts';

/** The two releases as columns name them. */
export interface Side {
  readonly number: number;
  readonly madeOn: string;
}

const EVERYONE = 'everyone';

/** What the overview shows. @param hrefOf the page of a section */
export function viewOverview(
  { people, questions, added, gone, tested }: Comparison,
  { sections }: ProtectedTables,
  hrefOf: (section: string) => string,
  speaker: Speaker,
) {
  const name = ({ label }: ProtectedTable) => speaker.text(label);
  const findings = questions
    .flatMap((question) => findingsIn(question))
    .sort((one, other) => Math.abs(other.points) - Math.abs(one.points));
  const placeOf = ({ section, name: code }: ProtectedTable) => `${hrefOf(section)}#${code.toLowerCase()}`;
  return {
    isTested: people === 'apart',
    tested,
    findings: findings.map(({ table, group, line }) => ({
      title: name(table),
      href: placeOf(table),
      text: sayFinding(labelOf(line, table, speaker), groupName(group, speaker), line, speaker),
    })),
    breaks: questions
      .filter(({ breaks }) => breaks.length > 0)
      .map(({ table, breaks }) => ({ title: name(table), href: placeOf(table), breaks: breaks.map(viewBreak) })),
    kept: questions.filter(({ kept }) => kept).map(({ table }) => name(table)),
    added: added.map(name),
    gone: gone.map(name),
    sections: sections
      .map(({ code, title }) => ({ code, title, own: questions.filter(({ table }) => table.section === code) }))
      .filter(({ own }) => own.length > 0)
      .map(({ code, title, own }) => ({ href: hrefOf(code), text: speaker.text(title), questions: own.length })),
  };
}

/** What changed clearly. */
function findingsIn({ table, groups }: QuestionChange) {
  return groups.flatMap((group) =>
    group.lines.flatMap((line) =>
      typeof line.change === 'object' && line.change.test && verdictOf(line.change) !== 'no clear change'
        ? [{ table, group, line, points: line.change.points }]
        : [],
    ),
  );
}

/** The page of a section; undefined where there is none such. */
export function findSection(
  { questions }: Comparison,
  { sections }: ProtectedTables,
  code: string,
  [before, after]: readonly [Side, Side],
  speaker: Speaker,
) {
  const section = sections.find((each) => each.code === code);
  const own = questions.filter(({ table }) => table.section === code);
  if (!section || own.length === 0) return undefined;
  return {
    title: speaker.text(section.title),
    questions: own.map((question) => viewQuestion(question, [headOf(before), headOf(after)], speaker)),
  };
}

const headOf = ({ number, madeOn }: Side): string => `Release ${number}, ${showDay(madeOn)}`;

function viewQuestion(
  { table, breaks, kept, groups }: QuestionChange,
  heads: readonly [string, string],
  speaker: Speaker,
) {
  const { text } = speaker;
  const isOfAll = ({ segment }: GroupChange) => segment === '';
  const draw = (group: GroupChange) => tablesOf(table, group, heads, speaker);
  return {
    id: table.name.toLowerCase(),
    title: text(table.label),
    wording: table.wordings[0] === undefined ? undefined : text(table.wordings[0]),
    breaks: breaks.map(viewBreak),
    kept,
    none: groups.length === 0,
    tables: groups.filter(isOfAll).flatMap(draw),
    byGroup: groups.filter((group) => !isOfAll(group)).flatMap(draw),
  };
}

/** A table for each row of a grid. */
function tablesOf(
  table: ProtectedTable,
  group: GroupChange,
  heads: readonly [string, string],
  speaker: Speaker,
): FigureTable[] {
  const who = groupName(group, speaker);
  const variables = [...new Set(group.lines.map(({ variable }) => variable))];
  return variables.map((variable) => {
    const lines = group.lines.filter((line) => line.variable === variable);
    const about = table.rows.length > 1 ? speaker.text(lines[0]?.rowLabel ?? '') : speaker.text(table.label);
    return {
      caption: `${about} – ${who}`,
      head: ['Answer', ...heads, 'Change'],
      rows: lines.map((line) => ({
        label: line.measure === 'mean' ? 'Average' : speaker.text(line.label),
        cells: [sayValue(line.before, speaker), sayValue(line.after, speaker), sayChange(line)],
        net: line.measure === 'net',
      })),
    };
  });
}

function groupName({ group }: GroupChange, speaker: Speaker): string {
  return group.code === '' ? EVERYONE : speaker.group({ ...group, asked: 0, rows: [], labels: [...group.labels] });
}

function labelOf({ measure, label, rowLabel }: LineChange, { rows }: ProtectedTable, { text }: Speaker): string {
  const own = measure === 'mean' ? 'Average' : text(label);
  return rows.length > 1 ? `${text(rowLabel)} – ${own}` : own;
}
