/** An anonymised table in words and columns, for the person who decides about it. */
import type { Risk } from '../../release/microdata/generalise/risk.ts';
import type { PublishedTable } from '../../release/microdata/plain-table/publish-table.ts';
import type { Table } from '../../release/microdata/plain-table/read-table.ts';
import type { TableSpec } from '../../release/microdata/plain-table/spec.ts';
import type { LastLook } from '../../release/microdata/plain-table/table-file.ts';
import { type TableReport, withheldIn } from '../../release/microdata/plain-table/table-report.ts';
import { counted, print, printJson } from '../support.ts';

type Cells = readonly [what: string, ...cells: readonly string[]];

/** Risk and loss for several k side by side. */
export function showTrials(
  file: string,
  table: Table,
  spec: TableSpec,
  trials: ReadonlyMap<number, PublishedTable | undefined>,
  json: true | undefined,
): void {
  if (json) {
    printJson({
      rows: table.rows,
      synthetic: spec.synthetic,
      trials: [...trials].map(([k, trial]) => trialJson(k, trial)),
    });
    return;
  }
  const done = [...trials].flatMap(([, trial]) => (trial ? [trial] : []));
  const [first] = done;
  print(
    `${file}${spec.synthetic ? ' (synthetic data)' : ''}: ${counted(table.rows, 'row')}. This is a dry run: nothing is written.`,
  );
  const missed = [...trials].flatMap(([k, trial]) => (trial ? [] : [`k ${k}`]));
  if (missed.length > 0) print(`Too few rows for ${missed.join(', ')}.`);
  if (!first) return;
  print();
  showColumns(['', 'before', ...done.map(({ k }) => `k ${k}`)], first.before, done);
  for (const line of leftOutLines(done)) print(line);
}

/** A column that tells a key stays where the key is made coarser, and that can differ with k. */
function leftOutLines(done: readonly PublishedTable[]): string[] {
  const where = new Map<string, number[]>();
  for (const { k, leftOut } of done)
    for (const { name, reason } of leftOut) {
      const line = `Not in the file: ${name} ${reason}`;
      where.set(line, [...(where.get(line) ?? []), k]);
    }
  return [...where].map(([line, ks]) => (ks.length === done.length ? `${line}.` : `${line} (k ${ks.join(', ')}).`));
}

function trialJson(k: number, trial: PublishedTable | undefined) {
  if (!trial) return { k, possible: false };
  const { before, after, score, search, withheldRows, columns, leftOut } = trial;
  const keys = columns.flatMap((each) =>
    each.key ? [{ name: each.column.name, ...each.key, withheld: withheldIn(each) }] : [],
  );
  return { k, possible: true, before, after, keys, score, search, withheldRows, leftOut };
}

/** What was written, before and after side by side. */
export function showFile(out: string, published: PublishedTable, look: LastLook, report: TableReport): void {
  const { k, columns, leftOut, before, search } = published;
  print(
    `${counted(before.rows, 'row')} and ${counted(columns.length + 1, 'column')} in ${out}${report.synthetic ? ', of made-up answers' : ''}`,
  );
  print();
  showColumns(['', 'before', `k ${k}`], before, [published]);
  print();
  print(
    `Found by counting ${search.counted.toLocaleString('en')} of ${counted(search.choices, 'choice')} of levels; ${counted(search.leftOver, 'row')} left over for single keys to be withheld.`,
  );
  print(`Somebody who knows every key of a respondent finds at least ${look.fewestCompatible} rows that fit.`);
  for (const { name, reason } of leftOut) print(`Not in the file: ${name} ${reason}.`);
  print(`For ${report.audience}. report.json is for you: keep it.`);
}

function showColumns(header: Cells, before: Risk, after: readonly PublishedTable[]): void {
  const risks = [before, ...after.map((each) => each.after)];
  const keys = after[0]?.columns.filter(({ key }) => key) ?? [];
  const each = (what: string, words: (published: PublishedTable) => string): Cells => [what, '', ...after.map(words)];
  const lines: Cells[] = [
    header,
    ...RISKS.map(([what, words]): Cells => [what, ...risks.map(words)]),
    ...keys.map(({ column: { name } }) => each(`level of ${name}`, (one) => levelIn(one, name))),
    each('cells withheld', ({ columns }) => number(columns.reduce((sum, column) => sum + withheldIn(column), 0))),
    each('rows without any key', ({ withheldRows }) => number(withheldRows)),
    each('lost of the keys', ({ score }) => percent(score)),
  ];
  const widths = header.map((_, place) => Math.max(...lines.map((line) => (line[place] ?? '').length)));
  for (const line of lines) {
    const cells = line.map((cell, place) =>
      place === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[place] ?? 0),
    );
    print(cells.join('  ').trimEnd());
  }
  print('Level 0 is the values as they are; on the last all are the same.');
}

const number = (n: number) => n.toLocaleString('en');
const percent = (share: number) => `${(share * 100).toFixed(1)}%`;

const RISKS: readonly (readonly [what: string, words: (risk: Risk) => string])[] = [
  ['rows nobody looks like', ({ uniques }) => number(uniques)],
  ['in classes under 3', ({ under3 }) => number(under3)],
  ['in classes under 5', ({ under5 }) => number(under5)],
  ['in classes under 10', ({ under10 }) => number(under10)],
  ['highest risk', ({ highestRisk }) => percent(highestRisk)],
  ['mean risk', ({ meanRisk }) => percent(meanRisk)],
  ['rows with risk over 20%', ({ shareAbove }) => percent(shareAbove)],
];

/** "1 of 3": the level, 0 being the values themselves, and the top, on which all are the same. */
function levelIn({ columns }: PublishedTable, name: string): string {
  const found = columns.find(({ column }) => column.name === name);
  if (!found?.key) return '';
  const { level, levels } = found.key;
  return `${level} of ${levels - 1}`;
}
