/** What the picture of a survey's flow shows: its sections with their pages, what decides who meets them, and the ends. */
import { type PagePlace, pagesIn } from '../checks/places.ts';
import type { Section } from '../definition.ts';
import { shortUniverse } from '../describe.ts';
import { conditionOf } from '../diagram.ts';
import type { StagePath } from '../paths.ts';
import type { Survey } from '../survey.ts';
import { forksIn } from './forks.ts';
import { asLine } from './words.ts';

interface FlowStage {
  readonly code: string;
  readonly name: string;
}

export interface FlowPage {
  /** The codes of its questions. */
  readonly name: string;
  readonly title: string;
  readonly questions: number;
  /** What decides about it or about some of its questions, each a line. */
  readonly notes: readonly string[];
  /** Some of those who reach its section pass it by. */
  readonly partly: boolean;
  /** The codes of the stages that can meet it, where not all that meet its section can. */
  readonly stages: readonly string[];
}

export type FlowNode =
  | { readonly kind: 'start' | 'finish' | 'end'; readonly id: string; readonly title: string }
  | { readonly kind: 'fork'; readonly id: string; readonly title: string; readonly note: string | undefined }
  | { readonly kind: 'stage'; readonly id: string; readonly title: string; readonly stages: readonly string[] }
  | {
      readonly kind: 'section';
      readonly id: string;
      readonly title: string;
      readonly pages: readonly FlowPage[];
      /** Some pass it by. */
      readonly aside: boolean;
      /** The codes of the stages that can meet any of it; empty where all can. */
      readonly stages: readonly string[];
    };

interface FlowEdge {
  readonly from: string;
  readonly to: string;
  readonly words: string | undefined;
}

export interface Flow {
  readonly nodes: readonly FlowNode[];
  readonly edges: readonly FlowEdge[];
  /** Those that somebody can have, in the order of the rule. */
  readonly stages: readonly FlowStage[];
}

/** An arrow that waits for where it leads. */
type Loose = Omit<FlowEdge, 'to'>;

/** The flow of a survey. Pure. @param paths the path of each stage through it */
export function flowOf(survey: Survey, paths: readonly StagePath[]): Flow {
  const stages = paths.flatMap(({ stage, label }) =>
    stage === undefined || label === undefined ? [] : [{ code: stage, name: asLine(survey, label) }],
  );
  const nodes: FlowNode[] = [{ kind: 'start', id: 'start', title: 'Start' }];
  const edges: FlowEdge[] = [];
  let loose: readonly Loose[] = [{ from: 'start', words: undefined }];
  const lead = (node: FlowNode) => {
    nodes.push(node);
    edges.push(...loose.map((each) => ({ ...each, to: node.id })));
    loose = [{ from: node.id, words: undefined }];
  };
  const rule = survey.file.stageRule;
  const decided = Math.max(-1, ...(rule?.from ?? []).map((code) => survey.questions.get(code)?.position ?? -1));
  const decidedIn = survey.pages[decided]?.section;
  for (const fork of forksIn(survey)) {
    if (fork.title !== undefined) lead({ kind: 'fork', id: `fork-${fork.id}`, title: fork.title, note: fork.note });
    const arriving = loose;
    const along = (words: string | undefined) =>
      words === undefined ? arriving : arriving.map(({ from }) => ({ from, words }));
    const past = fork.otherwise === undefined ? [] : along(fork.otherwise);
    const left = fork.branches.flatMap(({ section, words }) => {
      loose = along(words);
      lead(sectionNode(survey, section, paths));
      return loose;
    });
    loose = [...left, ...past];
    if (rule && fork.branches.some(({ section }) => section === decidedIn)) {
      const title = `The stage is worked out here, from ${rule.from.join(' and ')}`;
      lead({ kind: 'stage', id: 'stage', title, stages: stages.map(({ code }) => code) });
    }
  }
  lead({ kind: 'finish', id: 'finish', title: 'Check and send' });
  const ends = endsOf(survey);
  return { nodes: [...nodes, ...ends.nodes], edges: [...edges, ...ends.edges], stages };
}

function sectionNode(survey: Survey, section: Section, paths: readonly StagePath[]): FlowNode {
  const pages = pagesIn(survey).filter(({ page }) => page.section === section);
  const all = paths.flatMap(({ stage }) => stage ?? []);
  const meeting = (codes: readonly string[]) =>
    paths.flatMap(({ stage, sections }) => {
      const meets = sections.some((each) => each.pages.some(({ code }) => codes.includes(code)));
      return meets && stage !== undefined ? [stage] : [];
    });
  const codesOf = ({ copies }: PagePlace) => copies.map(({ code }) => code);
  const here = meeting(pages.flatMap(codesOf));
  return {
    kind: 'section',
    id: sectionId(section),
    title: asLine(survey, section.title),
    aside: section.when !== undefined,
    stages: here.length < all.length ? here : [],
    pages: pages.map((place) => {
      const met = meeting(codesOf(place));
      return { ...flowPage(survey, place), stages: met.length < here.length ? met : [] };
    }),
  };
}

/** A page that is asked once for each of several ticks is shown once. */
function flowPage(survey: Survey, { page, file, copies }: PagePlace): Omit<FlowPage, 'stages'> {
  const codes = file.questions.map(({ code }) => code);
  const [first] = file.questions;
  const words = file.title ?? first?.short ?? first?.text ?? '';
  const condition = conditionOf(page);
  const own = page.questions.flatMap(({ code, when }) =>
    when && page.questions.length > 1 ? [`${code} if ${shortUniverse([when])}`] : [],
  );
  return {
    name: codes.length > 3 ? `${codes[0]} … ${codes.at(-1)}` : codes.join(', '),
    title: asLine(survey, words),
    questions: codes.length,
    notes: [
      ...(file.repeat && copies.length > 1
        ? [`once for each ticked at ${file.repeat.for}`]
        : condition === undefined
          ? []
          : [`if ${condition}`]),
      ...own,
    ],
    partly: condition !== undefined,
  };
}

/** An arrow from each section to each end that an answer in it leads to; where several do, each has the end beside it. */
function endsOf(survey: Survey): { nodes: FlowNode[]; edges: FlowEdge[] } {
  const nodes: FlowNode[] = [];
  const edges: FlowEdge[] = [];
  for (const section of survey.file.sections) {
    const questions = survey.pages.filter((page) => page.section === section).flatMap((page) => page.questions);
    for (const [name, { title }] of Object.entries(survey.file.ends)) {
      const leading = questions.flatMap(({ code, choices }) => {
        const codes = choices.filter(({ end }) => end === name).map((option) => option.code);
        return codes.length > 0 ? [shortUniverse([{ question: code, isAnyOf: codes }])] : [];
      });
      if (leading.length === 0) continue;
      const id = `end-${section.code}-${name}`;
      nodes.push({ kind: 'end', id, title: `${asLine(survey, title)} (${name})` });
      edges.push({ from: sectionId(section), to: id, words: leading.join(' or ') });
    }
  }
  return { nodes, edges };
}

const sectionId = ({ code }: Section): string => `section-${code}`;
