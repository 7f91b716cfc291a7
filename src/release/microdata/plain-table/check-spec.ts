/** What a spec says that cannot be so. */
import { findNearest } from '../../../questionnaire/checks/nearest.ts';
import { at, type Finding, type Source } from '../../../questionnaire/source.ts';
import type { ColumnSpec, TableSpec } from './spec.ts';

/** So many keys at most: with more, hardly anybody looks like anybody else. */
const MOST_KEYS = 8;
const STAYS: readonly ColumnSpec['role'][] = ['direct', 'technical', 'text', 'weight'];

/** Each finding with the line of what it is about. */
export function specFindings({ columns }: TableSpec, source: Source): Finding[] {
  const names = Object.keys(columns);
  const about = (check: string, path: readonly string[], message: string, mend: string): Finding =>
    at(check, ['columns', ...path], source.lineOf(['columns', ...path]), message, mend);
  const keys = names.filter((name) => columns[name]?.role === 'quasi');
  const found: Finding[] = [];
  const twice = names.find(
    (name, index) => names.findIndex((each) => each.toLowerCase() === name.toLowerCase()) < index,
  );
  if (twice !== undefined)
    found.push(about('same-name', [twice], `Two columns are called "${twice}" but for their case.`, 'Rename one.'));
  if (keys.length > MOST_KEYS)
    found.push(
      about(
        'too-many-keys',
        [keys[MOST_KEYS] ?? ''],
        `There are ${keys.length} quasi-identifiers; ${MOST_KEYS} at most can be protected together.`,
        'Leave the finest out: give them the role "direct".',
      ),
    );
  if (keys.length === 0)
    found.push(
      about(
        'no-keys',
        [],
        'No column has the role "quasi", so nobody would be hidden among others.',
        'Give it to whatever a neighbour, a register or a website could know.',
      ),
    );
  for (const [name, column] of Object.entries(columns)) {
    const forms = (['values', 'hierarchy', 'bands'] as const).filter((form) => column[form] !== undefined);
    if (forms.length > 1)
      found.push(
        about('forms', [name], `"${name}" has ${forms.map((form) => `"${form}"`).join(' and ')}.`, 'Keep one of them.'),
      );
    if (forms.length > 0 && STAYS.includes(column.role))
      found.push(
        about(
          'stays',
          [name],
          `"${name}" is "${column.role}" and never leaves, so its "${forms[0]}" say nothing.`,
          'Take them out, or give it another role.',
        ),
      );
    for (const told of column.tells) found.push(...tellsFindings(name, told, columns, about));
    found.push(...listFindings(name, column, about));
  }
  return found;
}

type About = (check: string, path: readonly string[], message: string, mend: string) => Finding;

function tellsFindings(name: string, told: string, columns: TableSpec['columns'], about: About): Finding[] {
  const target = columns[told];
  if (!target) {
    const nearest = findNearest(told, Object.keys(columns));
    const mend = nearest === undefined ? 'Name a column of this file.' : `Did you mean "${nearest}"?`;
    return [about('tells', [name, 'tells'], `"${name}" tells "${told}", and there is no such column.`, mend)];
  }
  if (columns[name]?.role !== 'quasi' || target.role !== 'sensitive') return [];
  return [
    about(
      'tells',
      [name, 'tells'],
      `"${name}" is known to others and tells "${told}", which is sensitive: they know that already.`,
      `Make "${name}" sensitive or direct, or "${told}" a quasi-identifier.`,
    ),
  ];
}

function listFindings(name: string, { values, hierarchy, bands }: ColumnSpec, about: About): Finding[] {
  const again = values?.find((value, index) => values.indexOf(value) < index);
  if (again !== undefined)
    return [about('same-value', [name, 'values'], `"${again}" stands twice in the values of "${name}".`, 'Keep one.')];
  const [unsorted] = (bands ?? []).flatMap((level) =>
    level.filter((from, index) => index > 0 && from <= (level[index - 1] ?? 0)),
  );
  if (unsorted !== undefined)
    return [
      about(
        'bands',
        [name, 'bands'],
        `The bands of "${name}" do not go up at ${unsorted}.`,
        'Write them from the lowest to the highest.',
      ),
    ];
  const [loose] = (bands ?? []).flatMap((level, index) =>
    level.filter((from) => index > 0 && !bands?.[index - 1]?.includes(from)),
  );
  if (loose !== undefined)
    return [
      about(
        'nesting',
        [name, 'bands'],
        `A coarser band of "${name}" begins at ${loose}, where no finer one does.`,
        'Begin a finer band there, or take it out.',
      ),
    ];
  return hierarchy ? treeFindings(name, hierarchy, about) : [];
}

function treeFindings(name: string, hierarchy: Readonly<Record<string, readonly string[]>>, about: About): Finding[] {
  const entries = Object.entries(hierarchy);
  const [[first = '', { length = 0 } = []] = []] = entries;
  if (entries.length === 0)
    return [
      about('tree', [name, 'hierarchy'], `The hierarchy of "${name}" is empty.`, 'List every value it can have.'),
    ];
  const uneven = entries.find(([, coarser]) => coarser.length !== length);
  if (uneven)
    return [
      about(
        'tree',
        [name, 'hierarchy', uneven[0]],
        `"${uneven[0]}" has ${uneven[1].length} coarser values and "${first}" has ${length}.`,
        'Give each the same number; on a level where nothing changes, say the same again.',
      ),
    ];
  for (let level = 0; level + 1 < length; level++) {
    const parents = new Map<string, string>();
    for (const [value, coarser] of entries) {
      const [own = '', parent = ''] = coarser.slice(level, level + 2);
      if ((parents.get(own) ?? parent) !== parent)
        return [
          about(
            'nesting',
            [name, 'hierarchy', value],
            `"${own}" is in "${parents.get(own)}" and in "${parent}".`,
            'A group belongs to one coarser group only.',
          ),
        ];
      parents.set(own, parent);
    }
  }
  return [];
}
