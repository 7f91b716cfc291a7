/** The first thing to read of a release: what it is, for whom, and what is not in it. */
import type { Codebook } from './codebook.ts';

/** The text of `README.txt`. @param data the name of the data file beside it */
export function readmeOf(codebook: Codebook, data: string): string {
  const { title, wave, version, release, madeOn, k, keys, rows, leftOut, synthetic, survey } = codebook;
  const name = `${title}, ${wave}`;
  const some = codebook.variables.filter(({ withheldForSome }) => withheldForSome).map((variable) => variable.name);
  const cite = `${name}. Anonymised responses, release ${release}, made on ${madeOn}. Survey ${survey}, version ${version}.`;
  const paragraphs = [
    ...(synthetic
      ? ['SYNTHETIC DATA. Every answer in this release is made up. Nothing can be concluded from it.']
      : []),
    `${name}\nAnonymised responses, release ${release}, made on ${madeOn}.`,
    `For ${codebook.audience}. Do not pass it on, do not publish it, and do not try to find out who answered.`,
    [
      'Files',
      `  ${data}: the data. ${rows.toLocaleString('en')} rows, one for each respondent, ${codebook.variables.length} columns.`,
      '    UTF-8, commas, CRLF, the first line the names. Whole numbers only; what they mean stands in the codebook.',
      '  codebook.html: what each column holds, to read. codebook.json: the same, for programs.',
      '  SHA256SUMS: to check that the files are as they were made.',
    ].join('\n'),
    [
      'Numbers under 0 say why there is no answer. No cell is empty.',
      ...codebook.missing.map(({ value, label }) => `  ${value}: ${label}.`),
    ].join('\n'),
    keys.length === 0
      ? `The file holds nothing that others could know about a respondent: ${leftOut.length === 0 ? 'there is no' : 'it has no'} key.`
      : `At least ${k} rows look alike on all of the keys: ${keys.join(', ')}.\nKeys are what others could know about a respondent.`,
    [
      'Not in this file',
      `  Rows: ${codebook.withheldRows === 'none' ? 'none were withheld.' : `${codebook.withheldRows} were withheld, because too few respondents look like them. So the rows are not a sample of all respondents: the unusual are missing.`}`,
      ...(some.length > 0
        ? [`  Answers of some rows (${-6}), because all who look alike there answered the same: ${some.join(', ')}.`]
        : []),
      ...leftOut.map((each) => `  ${each.name}: ${each.reason}.`),
      '  What people typed, when they answered, and everything that the survey’s file does not list.',
    ].join('\n'),
    `To cite: ${synthetic ? `${cite} Synthetic data.` : cite}`,
  ];
  return `${paragraphs.join('\n\n')}\n`;
}
