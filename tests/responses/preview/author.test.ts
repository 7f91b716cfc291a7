/** What a preview tells its author: where to begin, the stage, codes and conditions, the path, what would be stored. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { journeyOf } from '../../../src/questionnaire/journey.ts';
import { getSurvey } from '../../../src/questionnaire/parse.ts';
import { pathsOf } from '../../../src/questionnaire/paths.ts';
import { answersToPage, answersToStage } from '../../../src/responses/preview/made-up.ts';
import { viewPanel } from '../../../src/responses/preview/panel-view.ts';
import { viewStored } from '../../../src/responses/preview/stored-view.ts';
import { sourceOf } from '../../support/fieldwork.ts';
import { partOf, wordsIn } from '../../support/page-html.ts';
import { homeOf, openPreviewSite } from '../../support/preview.ts';
import { answerPages, type Respondent } from '../../support/respondent.ts';

const survey = getSurvey(readFileSync(new URL('../../../surveys/ai-adoption/1.0.json', import.meta.url), 'utf8'));
const STAGES = ['adopter', 'future', 'non', 'unclassified'];

const panelOf = ({ html }: Respondent) => wordsIn(partOf(html, /<aside\b/, '</aside>'));

describe('as a stage', () => {
  const examples = new Map(pathsOf(survey).map(({ stage, example }) => [stage, example]));
  test.each(STAGES)('%s: made-up answers stand up to the page that decides it, and none after it', (stage) => {
    const answers = answersToStage(survey, examples.get(stage) ?? {});
    const journey = journeyOf(survey, answers);
    expect(journey.known.variable('stage')).toBe(stage);
    expect(Object.keys(answers).filter((field) => /^[^AS]/.test(field))).toEqual([]);
    const before = journey.pages.filter(({ page }) => page.position < (journey.next?.page.position ?? 0));
    expect(before.at(-1)?.asked.map(({ question }) => question.code)).toEqual([stage === 'adopter' ? 'S1' : 'S3']);
    // One answer less, and there is no stage yet.
    const { S1: _, S3: __, ...undecided } = answers;
    expect(journeyOf(survey, undecided).known.variable('stage')).toBeUndefined();
  });

  test.each(STAGES)('%s: walked from there to the end, page by page', async (stage) => {
    const { ada, entry } = await openPreviewSite('ai-adoption');
    await ada.open(entry);
    await ada.press('Begin the preview', { from: `as:${stage}` });
    expect(panelOf(ada)).toMatch(new RegExp(`Stage \\(stage\\): [^(]+ \\(${stage}\\)`));
    const met = await answerPages(ada);
    expect(met.length).toBeGreaterThan(15);
    expect(ada.heading).toBe('Check your answers before you send them');
    await ada.press('Send your answers');
    expect(ada.heading).toBe('Your answers have been sent');
    expect(panelOf(ada)).toContain('Nothing was stored. Had a respondent sent these answers');
    expect(panelOf(ada)).toMatch(
      new RegExp(
        `stage: Stage \\d ${{ adopter: 'Adopter', future: 'Future adopter', non: 'Non-adopter', unclassified: 'Unclassified' }[stage]}`,
      ),
    );
  });

  test('the made-up answers are seen under the page, and can be changed', async () => {
    const { ada, entry } = await openPreviewSite('ai-adoption');
    await ada.open(entry);
    await ada.press('Begin the preview', { from: 'as:adopter' });
    expect(panelOf(ada)).toMatch(/s1 Which of these best describes your organisation’s use of AI today\? We use AI/);
    await ada.follow('s1');
    await ada.answer({ S1: 'no' });
    expect(ada.address).toMatch(/\/answer\/s3$/);
    expect(panelOf(ada)).toContain('Stage (stage): not decided yet');
    await ada.press('Start again');
    expect(ada.address).toMatch(/\/answer\/s2$/);
    expect(panelOf(ada)).toContain('Stage (stage): Adopter (adopter)');
  });

  test.each([
    [{ from: 'as:nobody' }, 'Choose where to begin'],
    [{ from: '<script>' }, 'Choose where to begin'],
    [{ from: 'start', language: 'fr' }, 'Choose where to begin'],
  ])('%j is none that is offered', async (chosen, error) => {
    const { ada, entry, db } = await openPreviewSite('ai-adoption');
    await ada.post(entry, new URLSearchParams(chosen).toString());
    expect([ada.status, ada.errors]).toEqual([422, [{ href: '#from', text: error }]]);
    expect(await db.selectFrom('previews').select('id').execute()).toEqual([]);
  });
});

describe('going to a page', () => {
  const opening = { A1: 'yes', A2: 'yes', A3: 'wales' };
  test('keeps what was answered and makes up the rest, always the same, so that the page is reached', () => {
    const filled = answersToPage(survey, { ...opening, S1: 'agreed' }, 't5');
    expect(filled).toMatchObject({ ...opening, S1: 'agreed' });
    expect(filled).toEqual(answersToPage(survey, { ...opening, S1: 'agreed' }, 't5'));
    expect(filled).not.toHaveProperty('T5');
    expect(journeyOf(survey, filled ?? {}).next?.page.code).toBe('t5');
  });

  test('is not possible where the answers that stand rule the page out', () => {
    expect(answersToPage(survey, { ...opening, A4: 'lead', A5: 'lot', S1: 'agreed' }, 'n1')).toBeUndefined();
    expect(answersToPage(survey, { A1: 'no' }, 'a3')).toBeUndefined();
    expect(answersToPage(survey, opening, 'nowhere')).toBeUndefined();
  });

  test('is a button on the page, for pages that are not reached yet', async () => {
    const { ada, entry } = await openPreviewSite('ai-adoption');
    await ada.open(entry);
    await ada.press('Begin the preview', { from: 'as:non' });
    const home = homeOf(ada);
    await ada.press('n3');
    expect(ada.address).toBe(`${home}/answer/n3`);
    await ada.follow('n1');
    expect(Object.keys(ada.entered)).not.toEqual([]);
    expect((await ada.post(`${home}/jump`, 'page=t1')).status).toBe(404);
    expect((await ada.post(`${home}/jump`, 'page=..%2F..%2Fend')).status).toBe(404);
    expect((await ada.post(`${home}/jump`, '')).status).toBe(404);
  });
});

describe('about the page', () => {
  const panelAt = (answers: Record<string, string | null>, code: string) =>
    viewPanel({ survey, journey: journeyOf(survey, answers), home: '/x' }, code, undefined);
  const opening = { A1: 'yes', A2: 'yes', A3: 'wales', A4: null, A4_other: null, A5: 'lot' };

  test('its code, its questions, and why it is shown, in words', () => {
    expect(panelAt({}, 'a4').page).toEqual({
      code: 'a4',
      section: 'Taking part',
      when: undefined,
      questions: [
        { code: 'A4', type: 'single', asked: true, when: undefined },
        { code: 'A5', type: 'single', asked: true, when: undefined },
      ],
    });
    expect(panelAt({ ...opening, S1: 'no' }, 's3').page?.when).toMatch(
      /^the answer to “Use of AI today” is .*“We do not use AI.*” or /,
    );
  });

  test('a question that is asked where two options or more are left says so', () => {
    expect(panelAt({ ...opening, S1: 'agreed' }, 't3').page?.when).toContain('two or more are left of T2');
  });

  test('the stage is told with its other readings as soon as it is known', () => {
    expect(panelAt(opening, 's1').stage[0]).toEqual({ label: 'Stage (stage)', value: undefined });
    expect(panelAt({ ...opening, S1: 'trial' }, 's2').stage.map(({ value }) => value)).toEqual([
      'Adopter (adopter)',
      'Adopter: test or pilot (adopter_trial)',
      'Using AI now (adopter)',
      'Adopter (adopter)',
    ]);
  });
});

describe('what would be stored', () => {
  const two = getSurvey(sourceOf('two-languages'));
  test('each variable with its number and what it stands for', () => {
    const journey = journeyOf(two, { A1: 'yes', B1: ['shop'], B2: '7', B3: 'dk' });
    expect(viewStored(two, journey)?.values).toEqual([
      { variable: 'a1', label: 'Are you happy to take part?', value: '1', meaning: 'Yes' },
      { variable: 'b1_work', label: 'Work', value: '0', meaning: 'Not ticked' },
      { variable: 'b1_shop', label: 'Shopping', value: '1', meaning: 'Ticked' },
      { variable: 'b1_never', label: 'I never take it', value: '0', meaning: 'Not ticked' },
      { variable: 'b2', label: 'How many buses go in a day?', value: '7', meaning: '' },
      { variable: 'b3', label: 'When did you last take it?', value: '-8', meaning: 'Don’t know' },
    ]);
  });

  test('nothing before the end, and of an end only that it came', async () => {
    expect(viewStored(two, journeyOf(two, { A1: 'yes' }))).toBeUndefined();
    expect(viewStored(two, journeyOf(two, { A1: 'no' }))).toBeUndefined();
    const { ada, entry } = await openPreviewSite('two-languages');
    await (await ada.open(entry)).press('Begin the preview');
    await ada.answer({ A1: 'no' });
    expect(panelOf(ada)).toContain('Nothing was stored. Of a respondent only one more “declined” would be counted');
  });

  test('what a rule filled in is marked', () => {
    const path = pathsOf(survey).find(({ stage }) => stage === 'adopter');
    const journey = journeyOf(survey, { ...path?.example, T2: ['quality'] });
    expect(viewStored(survey, journey)?.values?.find(({ variable }) => variable === 't3')?.meaning).toMatch(
      / \(filled in by rule\)$/,
    );
  });
});
