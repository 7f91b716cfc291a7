/** A data file as it would be, for the person who makes it. */
import { inLanguage } from '../questionnaire/text.ts';
import type { TooManyWithheld } from '../release/microdata/columns.ts';
import type { KeyTrial } from '../release/microdata/compare-keys.ts';
import type { Preview } from '../release/microdata/preview.ts';
import { chosenLines, type Request } from './release-make.ts';
import { counted, print, printJson } from './support.ts';

/** Shows what the file would hold and lose. */
export function showPreview(request: Request, preview: Preview, json: true | undefined): void {
  const { code, versions, number, synthetic } = request;
  if (json) {
    const { columns } = withRowName(preview);
    const [without, best] = [preview.without.map(withRowName), preview.best.map(withRowName)];
    const version = versions[0].file.version;
    printJson({ survey: code, version, release: number, synthetic, ...preview, columns, without, best });
    return;
  }
  for (const line of previewLines(request, preview)) print(line);
}

function previewLines(request: Request, preview: Preview): string[] {
  const { code, versions, synthetic } = request;
  const [{ file }] = versions;
  const { k, responses, rows, withheld, leftOut } = preview;
  const { columns } = withRowName(preview);
  const [language = 'en'] = file.languages;
  const names = Math.max(...preview.keys.map(({ name }) => name.length), 0);
  return [
    `${code} ${file.version}${synthetic ? ' (synthetic data)' : ''}: ${counted(responses, 'response')}. This is a preview: nothing is written.`,
    `In the file: ${counted(rows, 'row')}, ${counted(columns, 'column')}. Withheld: ${counted(withheld, 'row')}, so that at least ${k} look alike.`,
    ...chosenLines(request),
    '',
    preview.keys.length === 0 ? 'No keys.' : 'Keys',
    ...preview.keys.map(
      ({ name, label, values }) =>
        `  ${name.padEnd(names)}  ${inLanguage(label, language, language)}, ${values === 1 ? 'the same for everybody' : `${values} values`}`,
    ),
    '',
    'Classes: rows that look alike on the keys, before any is withheld',
    ...preview.sizes.map(
      (size) =>
        `  ${sizeOf(size).padEnd(10)}${String(size.classes).padStart(8)} ${size.classes === 1 ? 'class  ' : 'classes'}${String(size.rows).padStart(10)} ${size.rows === 1 ? 'row' : 'rows'}`,
    ),
    ...(leftOut.length === 0
      ? []
      : ['', 'Not in the file', ...leftOut.map(({ name, reason }) => `  ${name} ${reason}`)]),
    ...(preview.without.length === 0
      ? []
      : ['', 'With one key left out', ...preview.without.map((trial) => `${trialLine(trial)}  without ${trial.key}`)]),
    ...bestLines(preview.best),
  ];
}

function sizeOf({ from, to }: Preview['sizes'][number]): string {
  if (to === undefined) return `${from} or more`;
  return from === to ? String(from) : `${from} to ${to}`;
}

/** A trial counts variables; the file has `row_id` before them. */
function withRowName<T extends { readonly columns: number }>(trial: T): T {
  return { ...trial, columns: trial.columns + 1 };
}

function trialLine(trial: KeyTrial): string {
  const { rows, columns } = withRowName(trial);
  return `${String(rows).padStart(8)} rows${String(columns).padStart(6)} columns`;
}

function bestLines(best: readonly KeyTrial[]): string[] {
  return [
    '',
    'What keeps most, by how many keys',
    ...best.map((trial) => `${trialLine(trial)}  --keys ${trial.keyNames.join() || 'none'}`),
  ];
}

/** What to do where too few rows could stay. */
export function adviceLines(error: TooManyWithheld, { without, best, rows, responses }: Preview): string[] {
  const [worst] = [...without].sort((one, other) => other.rows - one.rows);
  const enough = best.filter((trial) => 2 * trial.rows >= responses && trial.rows > 0);
  return [
    error.message,
    ...(worst && worst.rows > rows
      ? [`The key that costs most is ${worst.key}: without it ${counted(worst.rows, 'row')} would stay.`]
      : []),
    enough.length === 0
      ? 'No choice of keys would do. Wait for more responses, or make the groups of the keys wider in the survey’s file.'
      : 'Choose fewer or coarser keys, or make their groups wider in the survey’s file.',
    ...(enough.length === 0 ? [] : bestLines(enough)),
  ];
}
