/** Where everything of a flow's picture stands, in pixels. */
import { type EdgeLabel, Graph, type GraphLabel, layout, type NodeLabel } from '@dagrejs/dagre';
import type { Flow, FlowNode, FlowPage } from './flow.ts';
import { counted, inLines } from './words.ts';
import { widthOf } from './wrap.ts';

/** Sizes that the drawing needs too, in pixels. */
export const SIZES = {
  card: 276,
  node: 216,
  padding: 14,
  /** Where the words of a page begin, right of its mark. */
  indent: 48,
  /** Heights of a line: a heading's, a text's, a note's. */
  heading: 21,
  text: 18,
  note: 16,
  gap: 12,
  /** Left and right of a node with corners. */
  corner: 18,
} as const;

/** Sizes of fonts. */
export const FONTS = { heading: 16, text: 14, note: 13 } as const;

/** Bold letters are a little wider. */
const BOLD = 1.14;

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** A node with its words in lines, and its box: its middle and its size. */
export type PlacedNode = Box & {
  readonly node: FlowNode;
  readonly title: readonly string[];
  readonly notes: readonly string[];
  readonly rows: readonly PlacedRow[];
};

export interface PlacedRow {
  readonly page: FlowPage;
  readonly words: readonly string[];
  readonly notes: readonly string[];
  readonly height: number;
}

/** A straight piece of an arrow, from top to bottom. Between two of them it bends, and meets no node there. */
interface Fall {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

export interface PlacedEdge {
  readonly falls: readonly Fall[];
  readonly words: readonly string[];
  /** The middle of its words. */
  readonly at: Point;
}

export interface PlacedFlow {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}

const MARGIN = 12;

/**
 * What everybody passes stands alone in its row but for ends, and those stand right of it: so it can be drawn to the
 * left, where a narrow screen begins.
 */
function isAside(node: FlowNode): boolean {
  return node.kind === 'end' || (node.kind === 'section' && node.aside);
}

/** Lays a flow out from top to bottom, by the layered method of dagre. Pure: the same flow stands the same way. */
export function layOut(flow: Flow): PlacedFlow {
  const graph = new Graph<GraphLabel, NodeLabel, EdgeLabel>()
    .setGraph({
      rankalign: 'top',
      align: 'UL',
      nodesep: 28,
      ranksep: 44,
      edgesep: 18,
      marginx: MARGIN,
      marginy: MARGIN,
    })
    .setDefaultEdgeLabel(() => ({}));
  const sized = flow.nodes.map(sizeOf);
  for (const { node, width, height } of sized) graph.setNode(node.id, { width, height });
  const edges = flow.edges.map((edge) => ({
    edge,
    words: edge.words === undefined ? [] : inLines(edge.words, FONTS.note, 160, 3),
  }));
  for (const { edge, words } of edges)
    graph.setEdge(edge.from, edge.to, { width: roomFor(words), height: words.length * SIZES.note, labelpos: 'c' });
  layout(graph, { constraints: besides(flow) });
  const nodes = sized.map((each) => {
    const { x = 0, y = 0 } = graph.node(each.node.id);
    return { ...each, x: isAside(each.node) ? x : MARGIN + SIZES.card / 2, y };
  });
  const bands = bandsOf(nodes, (id) => graph.node(id).rank ?? 0);
  const { width = 0, height = 0 } = graph.graph();
  return {
    width,
    height,
    nodes,
    edges: edges.map(({ edge, words }) => {
      const { points = [], x = 0, y = 0 } = graph.edge(edge.from, edge.to);
      const [from, to] = [edge.from, edge.to].map((id) => nodes.find(({ node }) => node.id === id));
      const room = words.length * SIZES.note;
      // Between two rows dagre puts a point into every arrow; only words need one.
      const between = points.slice(1, -1).flatMap((point: Point): Fall[] => {
        const band = bandAt(bands, point.y);
        if (band) return [{ x: point.x, ...band }];
        return words.length > 0 && point.y === y ? [{ x, top: y - room / 2 - 2, bottom: y + room / 2 }] : [];
      });
      return { words, at: { x, y }, falls: from && to ? fallsOf(from, to, between, bands) : [] };
    }),
  };
}

/** What stands left of what: branches in the order of the file, and the ends, which few reach, right of the way on. */
function besides({ nodes, edges }: Flow): { left: string; right: string }[] {
  const isEnd = (id: string) => nodes.some((node) => node.id === id && node.kind === 'end');
  return nodes.flatMap(({ id }) => {
    const next = edges.filter(({ from }) => from === id).map(({ to }) => to);
    const inOrder = [...next.filter((to) => !isEnd(to)), ...next.filter(isEnd)];
    return inOrder.slice(1).map((right, index) => ({ left: inOrder[index] ?? right, right }));
  });
}

/** From where to where a row of nodes reaches. */
interface Band {
  readonly top: number;
  readonly bottom: number;
}

const bandAt = (bands: readonly Band[], y: number): Band | undefined =>
  bands.find(({ top, bottom }) => top <= y && y <= bottom);

function bandsOf(nodes: readonly PlacedNode[], rankOf: (id: string) => number): Band[] {
  return [...new Set(nodes.map(({ node }) => rankOf(node.id)))].map((rank) => {
    const row = nodes.filter(({ node }) => rankOf(node.id) === rank);
    const tops = row.map(({ y, height }) => y - height / 2);
    const bottoms = row.map(({ y, height }) => y + height / 2);
    return { top: Math.min(...tops), bottom: Math.max(...bottoms) };
  });
}

/** An arrow falls straight past every row and its own words, and bends between them only: so it crosses no node. */
function fallsOf(from: Box, to: Box, between: readonly Fall[], bands: readonly Band[]): Fall[] {
  const start = from.y + from.height / 2;
  const end = to.y - to.height / 2;
  const past = between.filter(
    ({ top, bottom }, index, all) => top > start && bottom < end && all[index - 1]?.top !== top,
  );
  return [
    { x: from.x, top: start, bottom: bandAt(bands, from.y)?.bottom ?? start },
    ...past,
    { x: to.x, top: end - ARROW, bottom: end },
  ];
}

/** How long an arrow's head is: it points straight down. */
const ARROW = 8;

/** How wide an arrow's words are, with some room around them. */
export function roomFor(words: readonly string[]): number {
  return words.length === 0 ? 0 : Math.max(...words.map((line) => widthOf(line, FONTS.note))) + 10;
}

function sizeOf(node: FlowNode): Omit<PlacedNode, 'x' | 'y'> {
  const { card, node: small, padding, heading, note, corner } = SIZES;
  if (node.kind === 'section') {
    const title = inLines(node.title, FONTS.heading * BOLD, card - padding * 2, 3);
    const rows = node.pages.map(rowOf);
    const notes = [countOf(node.pages)];
    const top = title.length * heading + (1 + node.stages.length) * note + padding * 2;
    return { node, title, notes, rows, width: card, height: top + rows.reduce((sum, row) => sum + row.height, 0) + 6 };
  }
  const width = node.kind === 'stage' ? card : small;
  const title = inLines(node.title, FONTS.text * BOLD, width - corner * 2, 4);
  const notes = node.kind === 'fork' && node.note !== undefined ? [node.note] : [];
  const stages = node.kind === 'stage' ? node.stages.length : 0;
  const height = title.length * heading + (notes.length + stages) * note + (stages > 0 ? 4 : 0) + padding * 2;
  return { node, title, notes, rows: [], width, height };
}

function rowOf(page: FlowPage): PlacedRow {
  const width = SIZES.card - SIZES.indent - SIZES.padding;
  const words = inLines(`${page.name} ${page.title}`, FONTS.text * BOLD, width, 3);
  const notes = page.notes.flatMap((each) => inLines(each, FONTS.note, width, 3));
  const height = words.length * SIZES.text + (notes.length + page.stages.length) * SIZES.note + SIZES.gap;
  return { page, words, notes, height };
}

function countOf(pages: readonly FlowPage[]): string {
  const questions = pages.reduce((sum, page) => sum + page.questions, 0);
  return `${counted(pages.length, 'page')}, ${counted(questions, 'question')}`;
}
