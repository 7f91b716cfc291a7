/**
 * The picture of a survey's flow, as SVG. How it looks stands in the elements themselves and in no style sheet, so that
 * the picture in a page, where the content policy lets no style in, and the file to keep are one and the same.
 */
import { listed } from '../checks/subject.ts';
import type { StagePath } from '../paths.ts';
import type { Survey } from '../survey.ts';
import { escapeXml } from './escape-xml.ts';
import { type Flow, flowOf } from './flow.ts';
import { FONTS, layOut, type PlacedEdge, type PlacedNode, type PlacedRow, roomFor, SIZES } from './layout.ts';
import { counted, inLines } from './words.ts';

const INK = '#16262e';
const QUIET = '#45565e';
const LINE = '#6b8086';
const MIST = '#e8f0ef';
const FONT = "'Atkinson Hyperlegible Next', 'Segoe UI', system-ui, sans-serif";

/** Each stage has a shape and a colour; never a colour alone. */
const MARKS: readonly { readonly colour: string; readonly tint: string; readonly shape: string }[] = [
  { colour: '#0b5563', tint: '#d5e8ec', shape: 'M-6 -6H6V6H-6Z' },
  { colour: '#8a4b00', tint: '#f7e6cf', shape: 'M0 -7L7 6H-7Z' },
  { colour: '#5a3d78', tint: '#e9e0f2', shape: 'M0 -7L7 0L0 7L-7 0Z' },
  { colour: '#8f2d20', tint: '#f8dfda', shape: 'M-6 -2H-2V-6H2V-2H6V2H2V6H-2V2H-6Z' },
  { colour: '#1c6b45', tint: '#d9eee2', shape: 'M-7 0L-3.5 -6H3.5L7 0L3.5 6H-3.5Z' },
  { colour: '#3c4a9a', tint: '#e0e4f6', shape: 'M0 7L7 -6H-7Z' },
];

/** The picture of who is asked what. Pure. @param paths the path of each stage, as `pathsOf` gives them */
export function drawFlow(survey: Survey, paths: readonly StagePath[]): string {
  const flow = flowOf(survey, paths);
  const placed = layOut(flow);
  const [width, height] = [Math.ceil(placed.width), Math.ceil(placed.height)];
  const { survey: code, version } = survey.file;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="flow-title flow-desc" font-family="${FONT}" font-size="${FONTS.text}" fill="${INK}">`,
    `<title id="flow-title">${escapeXml(`Who is asked what in ${code}, version ${version}`)}</title>`,
    `<desc id="flow-desc">${escapeXml(describe(flow))}</desc>`,
    `<defs><marker id="flow-arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0L10 5L0 10Z" fill="${LINE}"/></marker></defs>`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<g fill="none" stroke="${LINE}" stroke-width="1.5">${placed.edges.map(edgePath).join('')}</g>`,
    ...placed.nodes.map((node) => drawNode(node, flow)),
    `<g font-size="${FONTS.note}" text-anchor="middle">${placed.edges.map(edgeWords).join('')}</g>`,
    '</svg>',
    '',
  ].join('\n');
}

function describe({ nodes, stages }: Flow): string {
  const sections = nodes.flatMap((node) => (node.kind === 'section' ? [node] : []));
  const pages = sections.reduce((sum, section) => sum + section.pages.length, 0);
  const of = (kind: string) => nodes.filter((node) => node.kind === kind).length;
  const shown = [
    `${counted(sections.length, 'section')} with ${counted(pages, 'page')}`,
    `${counted(of('fork'), 'place')} where the ways part`,
    `${counted(of('end'), 'end')} before the last page`,
  ];
  const named = stages.length > 0 ? ` The stages: ${stages.map(({ name }) => name).join(', ')}.` : '';
  return `From top to bottom: ${listed(shown)}.${named} In a page’s circle stands how many questions it has; a broken circle: only some are shown it.`;
}

function drawNode(placed: PlacedNode, flow: Flow): string {
  const [left, top] = [round(placed.x - placed.width / 2), round(placed.y - placed.height / 2)];
  const inside = placed.node.kind === 'section' ? drawSection(placed, flow) : drawSmall(placed, flow);
  return `<g transform="translate(${left} ${top})">${inside}</g>`;
}

function drawSection({ node, title, notes, rows, width, height }: PlacedNode, flow: Flow): string {
  const { padding, heading, note } = SIZES;
  const stages = node.kind === 'section' ? node.stages : [];
  const top = padding + title.length * heading + (1 + stages.length) * note + 6;
  const { colour, tint } = markOf(flow, stages.length === 1 ? stages[0] : undefined);
  const line = `stroke="${colour}" stroke-width="${stages.length === 1 ? 2.5 : 1.5}"`;
  const drawn: string[] = [];
  let y = top + padding - 6;
  for (const row of rows) {
    drawn.push(drawRow(row, y, flow));
    y += row.height;
  }
  const first = top + padding - 6;
  const last = y - (rows.at(-1)?.height ?? 0);
  return [
    `<rect width="${width}" height="${height}" rx="8" fill="#fff" ${line}/>`,
    `<path d="M0 ${top}V8A8 8 0 0 1 8 0H${width - 8}A8 8 0 0 1 ${width} 8V${top}Z" fill="${tint}" ${line}/>`,
    texts(title, padding, padding + 14, heading, `font-size="${FONTS.heading}" font-weight="700"`),
    texts(notes, padding, padding + 12 + title.length * heading, note, `font-size="${FONTS.note}" fill="${QUIET}"`),
    ...stages.map((code, index) =>
      stageLine(flow, code, padding, padding + 12 + title.length * heading + (1 + index) * note),
    ),
    rows.length > 1 ? `<path d="M26 ${first + 9}V${last + 9}" stroke="${LINE}" stroke-width="1.5"/>` : '',
    ...drawn,
  ].join('');
}

function drawRow({ page, words, notes }: PlacedRow, y: number, flow: Flow): string {
  const { indent, text, note } = SIZES;
  const under = y + 14 + words.length * text;
  const [first = '', ...others] = words;
  const bold = first.startsWith(page.name) ? page.name : '';
  return [
    `<circle cx="26" cy="${y + 9}" r="10" fill="#fff" stroke="${INK}" stroke-width="1.5"${page.partly ? ' stroke-dasharray="4 3"' : ''}/>`,
    `<text x="26" y="${y + 13}" text-anchor="middle" font-size="12">${page.questions}</text>`,
    `<text x="${indent}" y="${y + 14}"><tspan font-weight="700">${escapeXml(bold)}</tspan>${escapeXml(first.slice(bold.length))}</text>`,
    texts(others, indent, y + 14 + text, text),
    texts(notes, indent, under - 2, note, `font-size="${FONTS.note}" fill="${QUIET}"`),
    ...page.stages.map((code, index) => stageLine(flow, code, indent, under + (notes.length + index) * note - 2)),
  ].join('');
}

/** A fork and the stage's decision have six corners, a start and an end are round. */
function drawSmall({ node, title, notes, width, height }: PlacedNode, flow: Flow): string {
  const { padding, heading, note, corner } = SIZES;
  const middle = width / 2;
  const pill = `<rect width="${width}" height="${height}" rx="${height / 2}"`;
  const corners = `<path d="M0 ${height / 2}L${corner} 0H${width - corner}L${width} ${height / 2}L${width - corner} ${height}H${corner}Z"`;
  const shape = {
    start: `${pill} fill="${INK}"/>`,
    finish: `${pill} fill="${INK}"/>`,
    end: `${pill} fill="#fff" stroke="${INK}" stroke-width="1.5"/><rect x="4" y="4" width="${width - 8}" height="${height - 8}" rx="${height / 2 - 4}" fill="none" stroke="${INK}"/>`,
    fork: `${corners} fill="#fdf0d0" stroke="${INK}" stroke-width="1.5"/>`,
    stage: `${corners} fill="#fff" stroke="${INK}" stroke-width="3"/>`,
    section: '',
  }[node.kind];
  const light = node.kind === 'start' || node.kind === 'finish' ? ' fill="#fff"' : '';
  const stages = node.kind === 'stage' ? node.stages : [];
  const below = padding + 12 + title.length * heading + (stages.length > 0 ? 4 : 0);
  return [
    shape,
    texts(title, middle, padding + 15, heading, `text-anchor="middle" font-weight="700"${light}`),
    texts(notes, middle, below, note, `text-anchor="middle" font-size="${FONTS.note}" fill="${QUIET}"`),
    ...stages.map((code, index) => stageLine(flow, code, corner + padding, below + index * note)),
  ].join('');
}

function stageLine(flow: Flow, code: string, x: number, y: number): string {
  const { colour, shape } = markOf(flow, code);
  const name = flow.stages.find((stage) => stage.code === code)?.name ?? code;
  const mark = `<path transform="translate(${x + 7} ${y - 5})" d="${shape}" fill="${colour}"/>`;
  return `${mark}${texts(inLines(name, FONTS.note, SIZES.card - SIZES.indent - SIZES.padding - 20, 1), x + 20, y, 0, `font-size="${FONTS.note}"`)}`;
}

function markOf({ stages }: Flow, code: string | undefined): (typeof MARKS)[number] {
  const index = stages.findIndex((stage) => stage.code === code);
  return MARKS[index % MARKS.length] ?? { colour: LINE, tint: MIST, shape: '' };
}

function edgePath({ falls }: PlacedEdge): string {
  const [first, ...others] = falls;
  if (!first) return '';
  let { x, bottom } = first;
  const drawn = others.map((fall) => {
    const middle = round((bottom + fall.top) / 2);
    const bend =
      fall.x === x ? '' : `C${round(x)} ${middle} ${round(fall.x)} ${middle} ${round(fall.x)} ${round(fall.top)}`;
    ({ x, bottom } = fall);
    return `${bend}V${round(bottom)}`;
  });
  return `<path d="M${round(first.x)} ${round(first.top)}V${round(first.bottom)}${drawn.join('')}" marker-end="url(#flow-arrow)"/>`;
}

function edgeWords({ words, at: { x, y } }: PlacedEdge): string {
  if (words.length === 0) return '';
  const [width, height] = [round(roomFor(words)), words.length * SIZES.note + 4];
  const top = y - height / 2;
  return `<rect x="${round(x - width / 2)}" y="${round(top)}" width="${width}" height="${height}" rx="4" fill="#fff"/>${texts(words, round(x), round(top + 14), SIZES.note)}`;
}

function texts(lines: readonly string[], x: number, y: number, step: number, more = ''): string {
  return lines
    .map(
      (line, index) =>
        `<text x="${x}" y="${round(y + index * step)}"${more === '' ? '' : ` ${more}`}>${escapeXml(line)}</text>`,
    )
    .join('');
}

const round = (n: number): number => Math.round(n * 10) / 10;
