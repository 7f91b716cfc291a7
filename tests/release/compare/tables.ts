/** Small made-up releases to compare. */
import type {
  ProtectedTable,
  ProtectedTables,
  RowFigures,
  ShownGroup,
} from '../../../src/release/tables/protected-tables.ts';

export const text = (words: unknown) => (typeof words === 'string' ? words : JSON.stringify(words));

export function groupOf(code: string, row: Partial<RowFigures>, labels = code === '' ? [] : [code]): ShownGroup {
  return { code, labels, asked: 60, rows: [{ base: 40, counts: [20, 20], nets: [30], ...row }] };
}

export function tableOf(more: Partial<ProtectedTable> = {}): ProtectedTable {
  return {
    name: 'V1',
    kind: 'choice',
    section: 'views',
    label: 'Worth it',
    wordings: ['Is it worth it?'],
    rows: [{ variable: 'v1', label: 'Worth it' }],
    options: ['Yes', 'No'].map((label) => ({ code: label.toLowerCase(), label })),
    nets: [{ code: 'any', label: 'Any', dontKnow: false }],
    overall: groupOf('', {}),
    views: [],
    ...more,
  };
}

export function releaseOf(tables: readonly ProtectedTable[], more: Partial<ProtectedTables> = {}): ProtectedTables {
  return {
    survey: 'choirs',
    version: '1.0',
    title: 'Choirs',
    wave: 'Spring 2027',
    languages: ['en'],
    madeOn: '2027-05-01',
    responses: 60,
    synthetic: true,
    policy: { cell: 5, base: 10 },
    segments: [{ name: 'stage', label: 'Stage' }],
    sections: [{ code: 'views', title: 'Views' }],
    readings: [],
    tables: [...tables],
    ...more,
  };
}
