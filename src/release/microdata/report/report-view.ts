/** A disclosure report as a page shows it: what it comes to first, then the tables behind that. */
import { type ShownMoment, showDate } from '../../../accounts/times.ts';
import { sayReason } from '../../overrides.ts';
import { ABOUT_TEXTS } from '../../texts/entries.ts';
import { type ReadRisk, type ReportText, reportTextSchema } from './report-text.ts';

interface ReportTable {
  readonly id: string;
  readonly title: string;
  /** What the table is for, and how to read it. */
  readonly note: string;
  readonly header: readonly string[];
  readonly rows: readonly ReportRow[];
  /** The line that a long table stands behind. */
  readonly fold?: string;
}

interface ReportRow {
  readonly name: string;
  /** In the survey's own words and language. */
  readonly label?: string;
  readonly cells: readonly string[];
}

export interface ReportView {
  readonly survey: string;
  readonly version: string;
  readonly title: string;
  readonly language: string;
  readonly release: number;
  readonly madeOn: ShownMoment;
  readonly synthetic: boolean;
  /** In full, with what never leaves. */
  readonly forStaff: boolean;
  readonly answer: readonly string[];
  readonly tables: readonly ReportTable[];
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  readonly safes: readonly Line[];
  readonly settings: readonly Line[];
}

interface Line {
  readonly name: string;
  readonly words: string;
}

/** @param report in full or the public one, as it was made or read back @throws when it is neither */
export function reportView(report: object): ReportView {
  const read = reportTextSchema.parse(report);
  const { survey, version, title, language, release, madeOn, synthetic, leftOut, before } = read;
  const forStaff = before.uniques !== undefined;
  const tables = [
    riskTable(read),
    sizeTable(read),
    keyTable(read),
    ...(read.sensitive.length > 0 ? [sensitiveTable(read)] : []),
    ...costTables(read),
  ];
  return {
    ...{ survey, version, title, language, release, synthetic, forStaff, leftOut, tables },
    madeOn: showDate(madeOn),
    answer: answerOf(read),
    safes: safesOf(read),
    settings: settingsOf(read),
  };
}

const number = (n: number) => n.toLocaleString('en');
const percent = (share: number) => `${(share * 100).toFixed(1)}%`;
const counted = (n: number | string) => (typeof n === 'number' ? number(n) : n);
const decimals = (n: number | undefined) => (n === undefined ? '–' : n.toFixed(2));
const plural = (n: number, one: string) => `${number(n)} ${n === 1 ? one : `${one}s`}`;

function answerOf({
  look,
  toldByTables,
  settings,
  responses,
  keys,
  score,
  columns,
  population,
  withheldRows,
  after,
}: ReportText): string[] {
  const shown = keys.filter(({ published }) => published !== undefined);
  const whole = columns.filter(({ withheld }) => withheld === 0).length;
  const kept = percent(1 - score);
  return [
    `Whoever knows every key of a respondent (what others could know) finds at least ${fewestIn(look)} rows that fit, and ${look.smallestClass} or more rows look alike everywhere. ${settings.k} was asked for.`,
    ...(toldByTables.length > 0
      ? [
          `That is so for the file by itself. Tables by ${toldByTables.join(', ')} are published, and whoever lays them on the file can work out for nearly every row what those count by. It was made all the same, on a named person's word.`,
        ]
      : []),
    `${number(responses)} responses, and all of them are rows of the file${population ? `: ${percent(population.fraction)} of the ${number(population.size)} that there are` : ''}. ${
      shown.length === 0
        ? 'No key is in the file.'
        : `Of ${plural(keys.length, 'key')} ${shown.length} are in the file, with ${kept} of what all of them tell.`
    }`,
    `${whole === columns.length ? `All ${columns.length} columns are whole.` : `${whole} of ${columns.length} columns are whole; in the others some cells are withheld.`} ${
      withheldRows === 0
        ? 'No row has lost all of its keys.'
        : `Rows that have lost all of their keys: ${counted(withheldRows)}.`
    } The mean risk is ${percent(after.meanRisk ?? 0)}.`,
  ];
}

const RISKS: readonly (readonly [name: string, words: (risk: ReadRisk) => string | undefined])[] = [
  ['Rows', ({ rows }) => number(rows)],
  ['Rows that nobody else looks like', ({ uniques }) => uniques?.toLocaleString('en')],
  ['Rows in classes under 3', ({ under3 }) => under3?.toLocaleString('en')],
  ['Rows in classes under 5', ({ under5 }) => under5?.toLocaleString('en')],
  ['Rows in classes under 10', ({ under10 }) => under10?.toLocaleString('en')],
  ['Highest risk', ({ highestRisk }) => (highestRisk === undefined ? undefined : percent(highestRisk))],
  ['Mean risk', ({ meanRisk }) => (meanRisk === undefined ? undefined : percent(meanRisk))],
  ['Rows with a risk over 20%', ({ shareAbove }) => (shareAbove === undefined ? undefined : percent(shareAbove))],
];

function riskTable({ before, after }: ReportText): ReportTable {
  return {
    id: 'risk',
    title: 'How easily somebody is found',
    note: 'A class is the rows that look alike on all keys. The risk of a row is 1 in the size of its class.',
    header: ['', 'Before', 'In the file'],
    rows: RISKS.map(([name, words]) => ({ name, cells: [before, after].map((risk) => words(risk) ?? 'not told') })),
  };
}

const SIZES = [1, 2, 3, 5, 10, 20, 50, 100];

/** Classes by size; where those before are not told, only those of the file. */
function sizeTable({ before, after }: ReportText): ReportTable {
  const sides = [before, after].flatMap(({ histogram }) => (histogram ? [histogram] : []));
  const rows = SIZES.map((from, place) => {
    const next = SIZES[place + 1];
    const name = next === undefined ? `${from} or more` : next === from + 1 ? String(from) : `${from} to ${next - 1}`;
    const cells = sides.map((histogram) =>
      histogram
        .filter(({ size }) => size >= from && (next === undefined || size < next))
        .reduce((sum, { classes }) => sum + classes, 0),
    );
    return { name, cells };
  });
  return {
    id: 'sizes',
    title: 'How many look alike',
    note: 'Classes by how many rows they have.',
    header: ['Rows in a class', ...(sides.length > 1 ? ['Classes before'] : []), 'Classes in the file'],
    rows: rows
      .filter(({ cells }) => cells.some((n) => n > 0))
      .map(({ name, cells }) => ({ name, cells: cells.map(number) })),
  };
}

function keyTable({ keys, score }: ReportText): ReportTable {
  return {
    id: 'keys',
    title: 'Keys: what others could know',
    note: `Level 0 is every answer as it was given; on the last all are the same. Lost of all keys together: ${percent(score)}.`,
    header: ['Key', 'Published as', 'Level', 'Lost', 'Cells withheld'],
    rows: keys.map(({ name, label, published, level, levels, loss, withheld, unanswered }) => ({
      name,
      ...(label !== name && { label }),
      cells: [
        published ?? 'not published',
        `${level} of ${levels - 1}`,
        unanswered ? 'nobody answered' : percent(loss),
        counted(withheld),
      ],
    })),
  };
}

function sensitiveTable({ sensitive }: ReportText): ReportTable {
  const full = sensitive.some(({ before }) => before !== undefined);
  return {
    id: 'sensitive',
    title: 'Sensitive answers',
    note: `The fewest different answers in a class. Where all gave one answer, or all but one, they are withheld, and for cover in other classes.${full ? ' Entropy-l and t are reported and not enforced: t is how far a class’s answers are from all answers, by kind and in their order.' : ''}`,
    header: full
      ? [
          'Column',
          'Cells withheld',
          'Answers before',
          'Answers',
          'Entropy-l before',
          'Entropy-l',
          't, by kind',
          't, ordered',
        ]
      : ['Column', 'Cells withheld', 'Answers'],
    rows: sensitive.map(({ name, label, withheld, before, after }) => ({
      name,
      label,
      cells: [
        counted(withheld),
        ...(full ? [String(before?.distinct ?? '–')] : []),
        String(after?.distinct ?? '–'),
        ...(full ? [before?.entropy, after?.entropy, after?.equal, after?.ordered].map(decimals) : []),
      ],
    })),
  };
}

/** A table of more rows than this stands behind a line. */
const LONG = 15;

/** Columns that have lost cells; the others are named by their number. */
function costTables({ columns, largestChange: change }: ReportText): ReportTable[] {
  const touched = columns.filter(({ withheld }) => withheld !== 0);
  const full = columns.some(({ distance }) => distance !== undefined);
  const untouched = columns.length - touched.length;
  const changed =
    change === undefined
      ? ''
      : 'atMost' in change
        ? ` Whatever stands in the withheld cells, they change no answer’s share by more than ${percent(Number(change.atMost))}.`
        : change.before === change.after
          ? ' No answer’s share has changed.'
          : ` The share that changed most: “${change.answer}” of ${change.name}, ${percent(Number(change.before))} before and ${percent(Number(change.after))} in the file.`;
  const note = `${untouched} of ${columns.length} columns have every cell.${changed}${full ? ' The distance is the share of answers that would have to be others for the file to look like all answers (total variation).' : ''}`;
  return [
    {
      id: 'cost',
      title: 'What it cost',
      note,
      header: ['Column', 'Cells withheld', ...(full ? ['Distance'] : [])],
      ...(touched.length > LONG && { fold: `See the ${touched.length} columns that have lost cells` }),
      rows: touched.map(({ name, label, withheld, distance }) => ({
        name,
        label,
        cells: [counted(withheld), ...(full ? [distance === undefined ? '–' : distance.toFixed(3)] : [])],
      })),
    },
  ];
}

/** Whoever is looked for is in one of the classes, so that at least as many fit as the smallest has. */
const fewestIn = ({ fewestCompatible, smallestClass }: ReportText['look']) => fewestCompatible ?? smallestClass;

/** The Five Safes (Desai, Ritchie and Welpton, 2016), one line each. */
function safesOf({ settings: { audience, k, tables }, look, texts }: ReportText): Line[] {
  const open = audience === 'public';
  const typed =
    texts.length === 0
      ? 'no free text'
      : `no free text in the rows (what people typed at ${texts.map(({ question }) => question).join(', ')} stands apart)`;
  return [
    {
      name: 'Projects',
      words: open ? 'Any: nobody is asked what the file is for.' : 'Research that the network has agreed to.',
    },
    {
      name: 'People',
      words: open
        ? 'Anybody, so k is 10 or more.'
        : 'Members of the research network who agreed not to look for respondents.',
    },
    {
      name: 'Settings',
      words: 'A download: nobody watches where it is used, so the file itself has to protect people.',
    },
    {
      name: 'Data',
      words: `No name, ${typed}, no time but the wave; ${fewestIn(look)} rows or more fit whoever is looked for, and ${k} were asked for.`,
    },
    {
      name: 'Outputs',
      words: `Figures from the file tell no more than the file. ${tables === 0 ? 'No published tables were there to lay beside it.' : `It was laid beside ${plural(tables, 'release')} of tables.`}`,
    },
  ];
}

const MADE_ON = 'Made on the word of';

function settingsOf({ settings, search, sha256, survey, version, responses, texts }: ReportText): Line[] {
  const { audience, k, budget, keys, kept, rowNames, overrides, override, weights } = settings;
  const left =
    search.leftOver === undefined
      ? ''
      : ` ${plural(search.leftOver, 'row')} of at most ${search.budgetRows} were left over for single cells.`;
  return [
    { name: 'Survey', words: `${survey}, version ${version}, ${plural(responses, 'response')}` },
    { name: 'For', words: audience === 'public' ? 'the public' : 'the research network, under agreement' },
    { name: 'k', words: String(k) },
    { name: 'Budget', words: `${percent(budget)} of the rows may be left over for single cells` },
    { name: 'Keys', words: keys.length === 0 ? 'none' : keys.join(', ') },
    { name: 'Held on their finest level', words: kept.length === 0 ? 'none' : kept.join('; ') },
    {
      name: 'Search',
      words: `${search.counted === undefined ? '' : `${number(search.counted)} of `}${plural(search.choices, 'choice')} of levels${search.counted === undefined ? '' : ' counted'}; the best was found exactly.${left}`,
    },
    { name: 'Names of rows', words: rowNames },
    ...(weights === undefined ? [] : [{ name: 'Weights', words: weights }]),
    ...texts.map(({ question, items, reviewedBy }) => ({
      name: `What people typed at ${question}`,
      words: `${plural(items, 'item')}${reviewedBy === undefined ? '' : `, read by ${reviewedBy}`}. ${ABOUT_TEXTS}`,
    })),
    ...overrides.map(({ by, ...word }) => ({ name: MADE_ON, words: `${by}: ${sayReason(word)}` })),
    ...(override
      ? [{ name: MADE_ON, words: `${override.by}: ${override.reason} (one reason for all that would be refused)` }]
      : []),
    ...Object.entries(sha256).map(([name, sum]) => ({ name: `SHA-256 of the ${name}`, words: sum })),
  ];
}
