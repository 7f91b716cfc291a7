/** The columns of a data file as DDI Codebook 2.5 describes them, with how often each answer stands in the file. */

import { MISSING } from '../../questionnaire/variables.ts';
import type { DataVariable } from '../microdata/data-file.ts';
import { type Counted, countColumn } from './frequencies.ts';
import { isOurs } from './terms.ts';
import { element, textElement, type Xml } from './xml.ts';

/** How columns point at their file. */
export const FILE_ID = 'F1';

const NATURES = { name: 'nominal', categories: 'nominal', count: 'ratio', weight: 'ratio' } as const;

/** @param language of the survey's own words */
export function describeVariable(variable: DataVariable, language: string): Xml {
  const { name, label, kind, ordered, role, question, universe, workedOutFrom, categories } = variable;
  const own = { 'xml:lang': language };
  const counted = countColumn(variable);
  const discrete = kind === 'name' || kind === 'categories';
  return element(
    'var',
    {
      ID: `V_${name}`,
      name,
      files: FILE_ID,
      wgt: kind === 'weight' ? 'wgt' : undefined,
      intrvl: discrete ? 'discrete' : 'contin',
      nature: kind === 'categories' && ordered ? 'ordinal' : NATURES[kind],
      catQnty: categories.length > 0 ? categories.length : undefined,
    },
    textElement('labl', label, isOurs(variable) ? {} : own),
    question && element('qstn', { seqNo: question.code }, textElement('qstnLit', question.text, own)),
    kind === 'name' ? undefined : invalidRange(),
    universe === undefined ? undefined : textElement('universe', universe, own),
    ...(counted ? [summary('vald', counted.answered), summary('invd', counted.unanswered)] : []),
    ...(counted?.categories.map((category) => describeCategory(category, own)) ?? []),
    ...(counted?.missing.map((category) => describeMissing(category)) ?? []),
    workedOutFrom && element('derivation', {}, textElement('drvdesc', `Worked out from ${workedOutFrom.join(', ')}.`)),
    element('varFormat', { type: kind === 'name' ? 'character' : 'numeric' }),
    textElement('notes', role, { subject: 'role' }),
    variable.withheldForSome
      ? textElement('notes', 'Withheld for some rows, to protect people.', { subject: 'withheld' })
      : undefined,
  );
}

function invalidRange(): Xml {
  const codes = Object.values(MISSING);
  return element('invalrng', {}, element('range', { UNITS: 'INT', min: Math.min(...codes), max: Math.max(...codes) }));
}

function summary(type: 'vald' | 'invd', n: number): Xml {
  return textElement('sumStat', n, { type });
}

function describeCategory({ value, label, n }: Counted, own: Readonly<Record<string, string>>): Xml {
  return element(
    'catgry',
    {},
    textElement('catValu', value),
    textElement('labl', label, own),
    textElement('catStat', n, { type: 'freq' }),
  );
}

function describeMissing({ value, label, n }: Counted): Xml {
  return element(
    'catgry',
    { missing: 'Y', missType: label },
    textElement('catValu', value),
    textElement('labl', label),
    textElement('catStat', n, { type: 'freq' }),
  );
}
