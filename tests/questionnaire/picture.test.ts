import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { pathsOf } from '../../src/questionnaire/paths.ts';
import { drawFlow } from '../../src/questionnaire/picture/draw.ts';
import { type FlowNode, flowOf } from '../../src/questionnaire/picture/flow.ts';
import { layOut, type PlacedFlow } from '../../src/questionnaire/picture/layout.ts';
import { inLines } from '../../src/questionnaire/picture/words.ts';
import { arbitrarySurvey } from '../support/arbitrary-survey.ts';
import { aiAdoption } from '../surveys/walks.ts';

const drinks = getSurvey(readFileSync(join(import.meta.dirname, '../surveys/right.json'), 'utf8'));
const flow = flowOf(drinks, pathsOf(drinks));
const flagship = flowOf(aiAdoption, pathsOf(aiAdoption));

const arrows = ({ edges }: typeof flow) =>
  edges.map(({ from, to, words }) => `${from} -> ${to}${words === undefined ? '' : `: ${words}`}`);
const pagesOf = (node: FlowNode | undefined) =>
  node?.kind === 'section' ? node.pages.map(({ name, notes }) => [name, ...notes].join(' | ')) : [];

describe('the flow', () => {
  test('leads from section to section, by what decides, and to the ends', () => {
    expect(arrows(flow)).toEqual([
      'start -> section-start',
      'section-start -> section-drinks',
      'section-drinks -> stage',
      'stage -> fork-tea',
      'fork-tea -> section-tea: Drinks tea',
      'section-tea -> section-you',
      'fork-tea -> section-you: otherwise',
      'section-you -> finish',
      'section-start -> end-start-declined: A1 is no',
    ]);
  });

  test('parts into the sections that exclude each other, and leaves nobody over where they are all there are', () => {
    expect(arrows(flagship).filter((arrow) => /fork|-> section-worries/.test(arrow))).toEqual([
      'section-organisation -> fork-health-and-care',
      'fork-health-and-care -> section-health-and-care: Yes',
      'section-health-and-care -> fork-using-ai-now',
      'fork-health-and-care -> fork-using-ai-now: otherwise',
      'fork-using-ai-now -> section-using-ai-now: Using AI now',
      'fork-using-ai-now -> section-thinking-about-ai: Thinking about AI',
      'fork-using-ai-now -> section-not-using-ai: Not using AI',
      'section-using-ai-now -> section-worries',
      'section-thinking-about-ai -> section-worries',
      'section-not-using-ai -> section-worries',
    ]);
  });

  test('names pages by their questions, and what decides about each; a repeated page stands once', () => {
    expect(pagesOf(flow.nodes.find(({ id }) => id === 'section-drinks'))).toEqual([
      'D1, D2',
      'D3, D4 | if the number ticked at D2, without none, is 1 or more',
      'D5 | once for each ticked at D2',
    ]);
  });

  test('marks what only some stages meet', () => {
    const stagesOf = (id: string) =>
      flagship.nodes.flatMap((node) => (node.id === id && 'stages' in node ? node.stages : []));
    expect(flagship.stages.map(({ name }) => name)).toEqual([
      'Adopter',
      'Future adopter',
      'Non-adopter',
      'Unclassified',
    ]);
    expect(stagesOf('section-using-ai-now')).toEqual(['adopter']);
    expect(stagesOf('section-worries')).toEqual([]);
    const care = flagship.nodes.find(({ id }) => id === 'section-health-and-care');
    const pages = care?.kind === 'section' ? care.pages : [];
    expect(pages.map(({ name, stages }) => [name, ...stages].join(' '))).toEqual([
      'H1',
      'H2',
      'H3',
      'H4',
      'H5',
      'H6 adopter',
      'H7 adopter',
    ]);
  });
});

const edgesOf = ({ nodes }: PlacedFlow) =>
  nodes.map(({ x, y, width, height }) => ({
    left: x - width / 2,
    right: x + width / 2,
    top: y - height / 2,
    bottom: y + height / 2,
  }));

describe('the layout', () => {
  const check = (placed: PlacedFlow) => {
    const boxes = edgesOf(placed);
    const faults: string[] = [];
    boxes.forEach((box, index) => {
      const name = placed.nodes[index]?.node.id;
      if (box.left < 0 || box.top < 0 || box.right > placed.width + 0.5 || box.bottom > placed.height + 0.5)
        faults.push(`${name} sticks out`);
      boxes.slice(index + 1).forEach((other, later) => {
        const apart =
          box.right <= other.left || other.right <= box.left || box.bottom <= other.top || other.bottom <= box.top;
        if (!apart) faults.push(`${name} lies on ${placed.nodes[index + 1 + later]?.node.id}`);
      });
      for (const { falls } of placed.edges)
        for (const { x, top, bottom } of falls)
          if (x > box.left && x < box.right && bottom > box.top + 0.5 && top < box.bottom - 0.5)
            faults.push(`an arrow crosses ${name}`);
    });
    for (const { falls } of placed.edges)
      falls.slice(1).forEach((fall, index) => {
        if (fall.top < (falls[index]?.bottom ?? 0) - 0.5) faults.push('an arrow goes up');
      });
    return faults;
  };

  test.each([
    ['drinks', flow],
    ['the flagship', flagship],
  ])('of %s has no node on another, no arrow across a node, and all arrows downwards', (_, each) => {
    expect(check(layOut(each))).toEqual([]);
  });

  test('keeps that for any survey', () => {
    fc.assert(
      fc.property(arbitrarySurvey, (survey) => {
        expect(check(layOut(flowOf(survey, [])))).toEqual([]);
      }),
      { seed: 20270301, numRuns: 60 },
    );
  });

  test('is as wide as the widest page of the site, so that nothing is cut off at a desk', () => {
    expect(layOut(flagship).width).toBeLessThanOrEqual(960);
  });
});

describe('the picture', () => {
  test('is the same each time, says what it is, and has no style, script or address in it', () => {
    const picture = drawFlow(aiAdoption, pathsOf(aiAdoption));
    expect(picture).toBe(drawFlow(aiAdoption, pathsOf(aiAdoption)));
    expect(picture).toContain('<title id="flow-title">Who is asked what in ai-adoption, version 1.0</title>');
    expect(picture).toMatch(/<desc id="flow-desc">From top to bottom: 11 sections with 57 pages,/);
    expect(picture.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/style|<script|https?:|\bon\w+=/);
  });

  test('shows what an author writes literally, and marks what XML does not know', () => {
    const file = JSON.parse(readFileSync(join(import.meta.dirname, '../surveys/right.json'), 'utf8'));
    file.sections[0].title = '<b>&"\u0007 x';
    expect(drawFlow(getSurvey(JSON.stringify(file)), [])).toContain('>&lt;b&gt;&amp;&quot;\uFFFD x</text>');
  });
});

test.each([
  ['one two three', 60, 3, ['one two', 'three']],
  ['one two three', 60, 1, ['one tw…']],
  ['one two three', 60, 2, ['one two', 'three']],
  ['incomprehensibilities', 60, 2, ['incompr', 'ehensi…']],
  ['', 60, 2, []],
])('“%s” in lines of %i pixels', (text, width, most, lines) => {
  expect(inLines(text, 14, width, most)).toEqual(lines);
});
