/**
 * `ddi-codebook.xml`: study, file and columns for archives and their catalogues (rule F5).
 * The order of elements is that of DDI Codebook 2.5's schema of 2012-01-17 (ddialliance.org, codebook.xsd).
 */
import type { DataFile } from '../microdata/data-file.ts';
import { MISSING_WORDS } from '../microdata/missing.ts';
import { describeVariable, FILE_ID } from './ddi-variables.ts';
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
import { documentOf, element, textElement, type Xml } from './xml.ts';

const NAMESPACE = 'ddi:codebook:2_5';
const SCHEMA = 'https://ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd';

/** The text of `ddi-codebook.xml`. */
export function ddiCodebook(file: DataFile, study: StudyFacts): string {
  const root = {
    xmlns: NAMESPACE,
    'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance',
    'xsi:schemaLocation': `${NAMESPACE} ${SCHEMA}`,
    version: '2.5',
    'xml:lang': 'en',
  };
  return documentOf(
    element(
      'codeBook',
      root,
      element('docDscr', {}, citation(file, study, 'Codebook of ')),
      describeStudy(file, study),
      describeFile(file),
      element('dataDscr', {}, ...file.variables.map((variable) => describeVariable(variable, file.about.language))),
    ),
  );
}

/** @param before what stands before the study's name in the title */
function citation({ about }: DataFile, study: StudyFacts, before: string): Xml {
  const { release, version, madeOn, language, synthetic } = about;
  return element(
    'citation',
    {},
    element(
      'titlStmt',
      {},
      textElement('titl', `${synthetic ? 'SYNTHETIC DATA: ' : ''}${before}${about.title}`, { 'xml:lang': language }),
      textElement('subTitl', about.wave, { 'xml:lang': language }),
      textElement('IDNo', bundleName(about)),
    ),
    element('rspStmt', {}, textElement('AuthEnty', study.author, { 'xml:lang': language })),
    element(
      'prodStmt',
      {},
      textElement('producer', study.publisher ?? study.author, { 'xml:lang': language }),
      textElement('prodDate', madeOn, { date: madeOn }),
      textElement('software', 'Soundings'),
    ),
    element('distStmt', {}, textElement('contact', study.contact, { 'xml:lang': language })),
    element(
      'verStmt',
      {},
      textElement('version', `Release ${release}, of version ${version} of the questionnaire`, {
        date: madeOn,
        type: 'release',
      }),
    ),
    textElement('biblCit', citationOf(about, study)),
  );
}

function describeStudy(file: DataFile, study: StudyFacts): Xml {
  const { about } = file;
  const { language, leftOut, synthetic } = about;
  return element(
    'stdyDscr',
    {},
    citation(file, study, ''),
    element(
      'stdyInfo',
      {},
      textElement('abstract', study.summary, { 'xml:lang': language }),
      element(
        'sumDscr',
        {},
        textElement('timePrd', about.wave, { 'xml:lang': language }),
        textElement('dataKind', synthetic ? 'synthetic data: every answer is made up' : 'survey data'),
      ),
    ),
    element(
      'dataAccs',
      {},
      element(
        'useStmt',
        {},
        textElement('restrctn', `${forWhom(about)}.`),
        textElement('citReq', `Cite as: ${citationOf(about, study)}`),
        textElement('conditions', conditionsOf(about).join(' ')),
        textElement('disclaimer', synthetic ? SYNTHETIC : withheldSentence(about)),
      ),
    ),
    ...leftOut.map(({ name, reason }) => textElement('notes', `Not in the file: ${name}, which ${reason}.`)),
  );
}

function describeFile({ about, rows, variables }: DataFile): Xml {
  const keys = variables.filter(({ role }) => role === 'key').map(({ name }) => name);
  const missing = MISSING_WORDS.map(({ value, label }) => `${value}: ${label}.`).join(' ');
  return element(
    'fileDscr',
    { ID: FILE_ID, URI: 'data.csv' },
    element(
      'fileTxt',
      {},
      textElement('fileName', 'data.csv'),
      textElement('fileCont', `${nameOf(about)}: one row for each respondent in the file.`, {
        'xml:lang': about.language,
      }),
      element('fileStrc', { type: 'rectangular' }),
      element('dimensns', {}, textElement('caseQnty', rows), textElement('varQnty', variables.length)),
      textElement('fileType', 'Comma-separated values with a header', { charset: 'UTF-8' }),
      textElement('format', 'comma-delimited'),
      textElement('dataMsng', `Numbers under 0 say why there is no answer. ${missing}`),
    ),
    textElement(
      'notes',
      keys.length === 0
        ? 'There is no key: nothing in the file could be known from elsewhere.'
        : `At least ${about.k} rows look alike on all keys: ${keys.join(', ')}.`,
    ),
    textElement('notes', withheldSentence(about)),
  );
}
