/** Fieldwork as tables, for the page and for a file. Every number is one that was shown, or worked out from such. */
import { stringify } from 'csv-stringify/sync';
import { inSteps } from '../../fieldwork/steps.ts';
import { words } from '../../questionnaire/checks/changed-wording.ts';
import { showDay } from '../../questionnaire/days.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import { lastDayOfWeek } from '../week.ts';
import { FLOWS, type Flow, NOTHING, REST, type Shown, shareBetween } from './counts.ts';
import { CHECK } from './stage.ts';

/** What was shown of a flow from the end of a week on. */
export interface Counted {
  readonly flow: Flow;
  readonly week: string;
  readonly shown: Shown;
}

const FLOW_WORDS: Readonly<Record<Flow, string>> = {
  begun: 'Begun',
  sent: 'Sent',
  left: 'Left',
  withdrawn: 'Withdrawn',
};

interface Table {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly string[] }[];
}

/** What was known of a flow at the end of a week. */
export function knownAt(counts: readonly Counted[], flow: Flow, week: string): Shown {
  return counts.findLast((each) => each.flow === flow && each.week <= week)?.shown ?? NOTHING;
}

const latestOf = (counts: readonly Counted[], flow: Flow) => counts.findLast((each) => each.flow === flow)?.shown;

const weeksIn = (counts: readonly Counted[]) => [...new Set(counts.map(({ week }) => week))];

/** The day that ends a week, as people write it. */
export const endOf = (week: string): string => showDay(lastDayOfWeek(week));

/** How many by the end of each week in which something was counted anew. */
export function weeksTable(counts: readonly Counted[]): Table {
  return {
    caption: 'How many by the end of each week',
    head: ['By the end of', ...FLOWS.map((flow) => FLOW_WORDS[flow])],
    rows: weeksIn(counts).map((week) => ({
      label: endOf(week),
      cells: FLOWS.map((flow) => inSteps(knownAt(counts, flow, week).total)),
    })),
  };
}

const BY_STAGE = ['begun', 'sent', 'left'] as const satisfies readonly Flow[];

/** Each stage as it was counted last; undefined for a survey without stages, and before the first count. */
export function stagesTable(live: Survey, counts: readonly Counted[]): Table | undefined {
  const stages = stagesOf(live);
  if (stages.length === 0 || counts.length === 0) return undefined;
  const cell = (flow: Flow, stage: string) => {
    const shown = latestOf(counts, flow);
    return stage === REST && flow === 'begun' ? '–' : inSteps(shown?.parts[stage] ?? 0);
  };
  return {
    caption: 'By stage, as counted last',
    head: ['Stage', ...BY_STAGE.map((flow) => FLOW_WORDS[flow])],
    rows: stages.map(({ code, label }) => ({ label, cells: BY_STAGE.map((flow) => cell(flow, code)) })),
  };
}

/** Each stage by the end of each week, a table for each flow that was counted more than once. */
export function stageWeeks(live: Survey, counts: readonly Counted[]): Table[] {
  const stages = stagesOf(live);
  return BY_STAGE.flatMap((flow) => {
    const own = counts.filter((each) => each.flow === flow);
    const shown = stages.filter(({ code }) => code !== REST || flow !== 'begun');
    if (stages.length === 0 || own.length < 2) return [];
    return {
      caption: `${FLOW_WORDS[flow]}, by stage and week`,
      head: ['By the end of', ...shown.map(({ label }) => label)],
      rows: own.map(({ week, shown: { parts } }) => ({
        label: endOf(week),
        cells: shown.map(({ code }) => inSteps(parts[code] ?? 0)),
      })),
    };
  });
}

function stagesOf(live: Survey): { code: string; label: string }[] {
  const values = live.file.stageRule?.gives[0]?.values ?? [];
  if (values.length === 0) return [];
  return [
    ...values.map(({ code, label }) => ({ code, label: words(live, label) })),
    { code: REST, label: 'Not known' },
  ];
}

/** Where those who left stopped; undefined before enough have left. @param versions all of the survey, the live one first */
export function pagesTable(versions: readonly Survey[], counts: readonly Counted[]): Table | undefined {
  const { pages, saw = {} }: Shown = latestOf(counts, 'left') ?? NOTHING;
  if (!pages) return undefined;
  const named = Object.keys(pages.parts).filter((page) => page !== REST);
  const place = (code: string) =>
    code === CHECK ? Number.POSITIVE_INFINITY : (findPage(versions, code)?.position ?? -1);
  named.sort((one, other) => place(one) - place(other));
  return {
    caption: 'The last page that was reached',
    head: ['Page', 'Left there', 'Came to it', 'Share that left there'],
    rows: [
      ...named.map((page) => {
        const [left, all] = [pages.parts[page] ?? 0, saw[page] ?? 0];
        const { low, high } = shareBetween(left, all);
        const share = all === 0 ? '–' : `between ${low}% and ${high}%`;
        return { label: pageWords(versions, page), cells: [inSteps(left), inSteps(all), share] };
      }),
      { label: 'Other pages', cells: [inSteps(pages.parts[REST] ?? 0), '–', '–'] },
    ],
  };
}

interface FoundPage {
  readonly survey: Survey;
  readonly position: number;
  readonly text: string;
}

function findPage(versions: readonly Survey[], code: string): FoundPage | undefined {
  for (const survey of versions) {
    const page = survey.pages.find((each) => each.code === code);
    if (!page) continue;
    const title = page.title ?? page.questions[0]?.short ?? page.questions[0]?.text;
    return { survey, position: page.position, text: title ? words(survey, title) : code };
  }
  return undefined;
}

function pageWords(versions: readonly Survey[], code: string): string {
  if (code === CHECK) return 'All answered, not sent';
  const found = findPage(versions, code);
  return found ? `${code}: ${found.text}` : code;
}

/**
 * Everything that was ever shown, one figure to a line; nought is fewer than ten. Lines only ever come to it, and it holds
 * codes alone, which no spreadsheet takes for a formula.
 */
export function countsCsv(survey: string, counts: readonly Counted[]): string {
  const rows = counts.flatMap(({ flow, week, shown }) => {
    const start = [survey, week, lastDayOfWeek(week), flow];
    const parts = Object.entries(shown.parts).map(([stage, n]) => [...start, stage === REST ? 'not known' : stage, n]);
    return [[...start, 'all', shown.total], ...parts];
  });
  return stringify([['survey', 'week', 'week_ends', 'figure', 'stage', 'at_least'], ...rows], {
    record_delimiter: '\r\n',
  });
}
