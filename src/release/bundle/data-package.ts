/** `datapackage.json`: what `data.csv` holds, for programs (rule F4; Data Package 2.0, datapackage.org/standard). */
import type { DataFile, DataVariable } from '../microdata/data-file.ts';
import { MISSING_WORDS } from '../microdata/missing.ts';
import {
  bundleName,
  citationOf,
  conditionsOf,
  forWhom,
  nameOf,
  type StudyFacts,
  SYNTHETIC,
  withheldSentence,
} from './terms.ts';

const PROFILES = 'https://datapackage.org/profiles/2.0';

/** A file as it was written. */
export interface WrittenFile {
  /** Hex. */
  readonly sha256: string;
  readonly bytes: number;
}

/** The text of `datapackage.json`. @param data `data.csv` as it was written */
export function dataPackage(file: DataFile, study: StudyFacts, data: WrittenFile): string {
  const { about, variables } = file;
  const { survey, release, version, madeOn, synthetic } = about;
  const descriptor = {
    $schema: `${PROFILES}/datapackage.json`,
    name: bundleName(about),
    title: nameOf(about),
    description: [...(synthetic ? [SYNTHETIC] : []), study.summary, withheldSentence(about)].join('\n\n'),
    version: `${release}.0.0`,
    created: `${madeOn}T00:00:00Z`,
    licenses: [{ path: 'README.txt', title: [`${forWhom(about)}.`, ...conditionsOf(about)].join(' ') }],
    contributors: [
      { title: study.author, roles: ['dataCollection'] },
      ...(study.publisher === undefined ? [] : [{ title: study.publisher, roles: ['publisher'] }]),
    ],
    sources: [{ title: `${nameOf(about)}: questionnaire ${survey}, version ${version}`, path: 'questionnaire.json' }],
    citation: citationOf(about, study),
    synthetic,
    audience: about.audience,
    k: about.k,
    keys: variables.filter(({ role }) => role === 'key').map(({ name }) => name),
    notInTheFile: about.leftOut,
    resources: [
      {
        $schema: `${PROFILES}/dataresource.json`,
        name: 'data',
        type: 'table',
        path: 'data.csv',
        format: 'csv',
        mediatype: 'text/csv',
        encoding: 'utf-8',
        bytes: data.bytes,
        hash: `sha256:${data.sha256}`,
        dialect: {
          $schema: `${PROFILES}/tabledialect.json`,
          delimiter: ',',
          lineTerminator: '\r\n',
          quoteChar: '"',
          doubleQuote: true,
          header: true,
        },
        schema: tableSchema(file),
      },
    ],
  };
  return `${JSON.stringify(descriptor, null, 2)}\n`;
}

/** The columns as a Table Schema. */
export function tableSchema({ variables }: DataFile): object {
  return {
    $schema: `${PROFILES}/tableschema.json`,
    fields: variables.map(fieldOf),
    missingValues: MISSING_WORDS.map(({ value, label }) => ({ value: String(value), label })),
    primaryKey: variables.filter(({ kind }) => kind === 'name').map(({ name }) => name),
  };
}

function fieldOf({ name, label, kind, ordered, role, question, universe, ...variable }: DataVariable): object {
  const common = {
    name,
    title: label,
    ...(question && { description: `${question.code}: ${question.text}` }),
    role,
    ...(universe && { universe }),
    ...(variable.workedOutFrom && { workedOutFrom: variable.workedOutFrom }),
    withheldForSome: variable.withheldForSome,
  };
  switch (kind) {
    case 'name':
      return { ...common, type: 'string', missingValues: [], constraints: { required: true, unique: true } };
    case 'categories':
      return {
        ...common,
        type: 'integer',
        categories: withUniqueLabels(variable.categories),
        categoriesOrdered: ordered,
      };
    case 'count':
      return { ...common, type: 'integer', constraints: { minimum: 0 } };
    case 'weight':
      return { ...common, type: 'number' };
  }
}

/** The standard wants labels that differ: of equal ones each gets its value behind it. */
function withUniqueLabels(categories: DataVariable['categories']): DataVariable['categories'] {
  const labels = categories.map(({ label }) => label);
  return categories.map(({ value, label }) =>
    labels.indexOf(label) === labels.lastIndexOf(label) ? { value, label } : { value, label: `${label} (${value})` },
  );
}
