/**
 * Numbers of a report that its release does not tell. The report is read as a page, with nothing known of how it was
 * made, and each figure is looked for in `results.json`: that question, that group, those answers, to the digit.
 */
import { wordsIn } from '../../support/page-html.ts';

interface PublishedFigure {
  readonly question: string;
  readonly question_text?: string;
  readonly variable_text?: string;
  readonly option?: string;
  readonly option_text?: string;
  readonly measure?: string;
  readonly segment: string;
  readonly segment_text?: string;
  readonly asked?: number;
  readonly base?: number | null;
  readonly n?: number;
  readonly percent?: number;
  readonly low?: number;
  readonly high?: number;
  readonly mean?: number | null;
  readonly state: string;
}

export interface Published {
  /** What the survey’s file calls its questions: results.json has their wordings. */
  readonly labels: readonly string[];
  readonly responses: number;
  readonly madeOn: string;
  readonly wave: string;
  readonly policy: { readonly cell: number; readonly base: number };
  readonly release: { readonly number: number; readonly hash: string };
  readonly segments: readonly { readonly name: string }[];
  readonly figures: readonly PublishedFigure[];
  readonly differences: { readonly compared: readonly { readonly segment: string; readonly clear: boolean }[] };
}

const FIGURE =
  /(?:all (\d+)|none of (\d+)|(\d+) of (\d+)) \((?:(\d+)%(?:, 95% interval (\d+)% to (\d+)%)?|too few[^)]*)\)/;
const PAIR = /\((\d+) of (\d+), (\d+)%\)/g;

/** What the report says that is not published, in the words of the place where it says it; none where it tells the truth. */
export function findUntold(html: string, published: Published): string[] {
  const body = html.replace(/<style>[\s\S]*?<\/style>|<svg[\s\S]*?<\/svg>|<nav[\s\S]*?<\/nav>/g, '');
  const articles = [...body.matchAll(/<article id="([^"]+)">([\s\S]*?)<\/article>/g)];
  const about = (question: string) => published.figures.filter((each) => each.question.toLowerCase() === question);
  const readings = published.figures.filter(({ question }) => /^stage/.test(question));
  const rest = body.replace(/<article[\s\S]*?<\/article>/g, '');
  return [
    ...articles.flatMap(([, id = '', inside = '']) =>
      untoldIn(inside, about(id), published).map((each) => `${id}: ${each}`),
    ),
    ...untoldIn(rest, [...readings, ...published.figures], published, knownOutside(published)),
  ];
}

/** The numbers that stand outside the questions: of the release and its day, and how much was compared. */
function knownOutside({ responses, madeOn, wave, release, segments, differences }: Published): Set<string> {
  const compared = differences.compared.filter(({ segment }) => segment === segments[0]?.name);
  const clear = compared.filter((each) => each.clear);
  const numbers = [responses, release.number, ...madeOn.split('-').map(Number), compared.length, clear.length];
  return new Set([...numbers.map(String), ...(wave.match(/\d+/g) ?? [])]);
}

function untoldIn(
  html: string,
  figures: readonly PublishedFigure[],
  published: Published,
  known = new Set<string>(),
): string[] {
  const segment = published.segments[0]?.name;
  const groups = [
    ...new Set(figures.filter((each) => each.segment === segment).map((each) => each.segment_text ?? '')),
  ];
  return [
    ...[...html.matchAll(/<(p|li|h\d|figcaption)\b[^>]*>([\s\S]*?)<\/\1>/g)]
      .filter(([, , inside = '']) => !inside.includes('sn-chart'))
      .flatMap(([, , inside = '']) => untoldInSentence(wordsIn(inside), figures, groups, published, known)),
    ...untoldInChart(html, figures, groups),
  ];
}

/** What stands for a group of people in the published lines. */
const among = (figures: readonly PublishedFigure[], group: string | undefined) =>
  figures.filter((each) => (group === undefined ? each.segment === '' : each.segment_text === group));

function untoldInSentence(
  sentence: string,
  figures: readonly PublishedFigure[],
  groups: readonly string[],
  published: Published,
  known: ReadonlySet<string>,
): string[] {
  const group = groups.find((each) => sentence.startsWith(`${each}: `));
  const own = among(figures, group);
  const faults: string[] = [];
  const { policy } = published;
  const withheld = published.figures.filter(({ state }) => state === 'withheld');
  const plain = sentence
    .replace(published.release.hash, '')
    .replace('SHA-256', '')
    .replaceAll(/“[^”]+”: hidden\./g, '');
  let left = plain;
  for (let found = FIGURE.exec(left); found; found = FIGURE.exec(left)) {
    const [whole] = found;
    const labels = [...left.slice(0, found.index).matchAll(/“([^”]+)”/g)].map(([, label = '']) => label);
    const ofReading =
      labels[0] !== undefined && own.some(({ question_text }) => question_text === labels[0])
        ? labels.slice(1)
        : labels;
    for (const label of ofReading) {
      if (!own.some((each) => isLabelled(each, label) && isFigure(each, found))) faults.push(`${label}: ${whole}`);
    }
    if (labels.length === 0) faults.push(`of nothing: ${whole}`);
    left = left.slice(found.index + whole.length);
    // What is left begins after the figure, and so do the labels of the next one.
  }
  const rest = withoutTexts(plain, published)
    .replaceAll(new RegExp(FIGURE, 'g'), '')
    .replaceAll(PAIR, (pair, n, base, percent) => {
      if (
        !figures.some((each) => each.n === Number(n) && each.base === Number(base) && each.percent === Number(percent))
      )
        faults.push(pair);
      return '';
    })
    .replaceAll(/average ([\d.]+) of (\d+)\.|average ([\d.]+\d)\.?/gi, (said, mean, most, alone) => {
      const isKnown = own.some((each) => each.mean === Number(mean ?? alone));
      if (!isKnown || (most !== undefined && !sizesOf(published).has(Number(most)))) faults.push(said);
      return '';
    })
    .replaceAll(/Hidden: (\d+) of (\d+)(?: answers)?\.?/g, (said, hidden, of) => {
      const isSo = ['option', 'net'].some((measure) => {
        const lines = own.filter((each) => each.measure === measure);
        return lines.length === Number(of) && lines.filter(({ state }) => state === 'hidden').length === Number(hidden);
      });
      if (!isSo) faults.push(said);
      return '';
    })
    .replaceAll(
      /(?:([^.:]+): )?(?:Known for )?(\d+) of (?:the )?(\d+)(?: who were asked answered| have an answer)?\./g,
      (said, name, base, asked) => {
        const people = among(figures, name === undefined ? undefined : name.trim());
        if (!people.some((each) => each.base === Number(base) && each.asked === Number(asked))) faults.push(said);
        return '';
      },
    )
    .replaceAll(/number from 1 to (\d+) is hidden|fewer than (\d+)\.$/g, (said, most, base) =>
      Number(most ?? -1) === policy.cell - 1 || Number(base) === policy.base ? '' : said,
    )
    .replaceAll(/nobody answered (\d+) of its questions/g, (said, n) => (Number(n) <= withheld.length ? '' : said))
    .replaceAll(/fewer than 30 answers|95% interval|at most 5%/g, '');
  const numbers = rest.match(/\d+(?:\.\d+)?/g) ?? [];
  return [...faults, ...numbers.filter((number) => !known.has(number)).map((number) => `${number} in: ${sentence}`)];
}

function untoldInChart(html: string, figures: readonly PublishedFigure[], groups: readonly string[]): string[] {
  const parts = html.matchAll(
    /sn-chart__heading[^>]*>([^<]*)<|sn-chart__label">([^<]*)<\/span>\s*<span class="[^"]*">([^<]*)<|<figcaption>()/g,
  );
  let heading = '';
  return [...parts].flatMap(([, head, label, value]) => {
    if (label === undefined) {
      heading = head === undefined ? '' : wordsIn(head);
      return [];
    }
    const name = wordsIn(label);
    const group = heading !== '' && groups.includes(name) ? name : undefined;
    const own = among(figures, group).filter((each) => isLabelled(each, (heading || name).replace(/^Together: /, '')));
    const [, n, base, percent] = /^(\d+) of (\d+)(?: \((\d+)%\))?$/.exec(wordsIn(value ?? '')) ?? [];
    const isSo =
      n === undefined
        ? own.some(({ state }) => state === 'hidden') && value === 'hidden'
        : own.some(
            (each) =>
              each.n === Number(n) && each.base === Number(base) && String(each.percent ?? '') === (percent ?? ''),
          );
    return isSo ? [] : [`chart, ${heading || name}, ${name}: ${value}`];
  });
}

const isLabelled = ({ option_text, variable_text }: PublishedFigure, label: string): boolean =>
  option_text === label || variable_text === label;

function isFigure(each: PublishedFigure, [, all, none, some, of, percent, low, high]: RegExpExecArray): boolean {
  const [n, base] = all !== undefined ? [all, all] : none !== undefined ? ['0', none] : [some, of];
  const rounded = (share: number | undefined) => (share === undefined ? undefined : String(Math.round(share)));
  return (
    String(each.n) === n &&
    String(each.base) === base &&
    rounded(each.percent) === percent &&
    (low === undefined || (rounded(each.low) === low && rounded(each.high) === high))
  );
}

/** How many rows or options each question has: a count goes no higher. */
function sizesOf({ figures }: Published): Set<number> {
  const questions = [...new Set(figures.map(({ question }) => question))];
  const variables = (name: string) =>
    figures.flatMap((each) => (each.question === name ? (each.variable_text ?? []) : []));
  return new Set(questions.map((name) => new Set(variables(name)).size));
}

const textsOf = new WeakMap<Published, readonly string[]>();

/** The words of a survey have numbers of their own. The longest first: one label may stand in another. */
function withoutTexts(sentence: string, published: Published): string {
  const texts = textsOf.get(published) ?? listTexts(published);
  textsOf.set(published, texts);
  return texts.reduce((left, text) => left.replaceAll(text, ''), sentence);
}

function listTexts({ figures, labels }: Published): string[] {
  const texts = figures.flatMap((each) => [
    each.option_text,
    each.variable_text,
    each.question_text,
    each.segment_text,
  ]);
  const withNumbers = [...new Set([...texts, ...labels])].filter(
    (text): text is string => text !== undefined && /\d/.test(text),
  );
  return withNumbers.sort((one, other) => other.length - one.length);
}
