/** A preview's pages are those of respondents, to the letter: walked side by side, only the addresses differ. */
import { describe, expect, test } from 'vitest';
import { publishVersion } from '../../../src/fieldwork/store.ts';
import { PAGES } from '../../support/every-type.ts';
import { sourceOf } from '../../support/fieldwork.ts';
import { expectValidHtml } from '../../support/html.ts';
import { partOf } from '../../support/page-html.ts';
import { entryOf, homeOf, openPreviewSite } from '../../support/preview.ts';
import { answerPages, type Entries, Respondent } from '../../support/respondent.ts';

/** Keeps what the page shows whenever something is sent from it. */
class Watched extends Respondent {
  readonly seen: string[] = [];
  override async answer(entries?: Entries) {
    this.seen.push(this.main);
    return super.answer(entries);
  }
  /** The page's middle, and the way back above it, with every address as if its survey stood at HOME. */
  get main(): string {
    const home = /^.*\/preview\/[^/]+\/[^/?]+|^\/surveys\/[^/?]+/.exec(this.address)?.[0] ?? '';
    return partOf(this.html, /<nav aria-label="[^"]*">\s*<a[^>]*govuk-back-link|<main\b/, '</main>')
      .replaceAll(home, 'HOME')
      .replaceAll(/\b([0-9A-Z]{5}-){4}[0-9A-Z]{6}\b/g, 'CODE')
      .replaceAll(/\bcode=[0-9A-Z]{26}\b/g, 'code=CODE');
  }
}

describe('the AI adoption survey, from the start to the receipt', () => {
  test.each([
    { who: 'an adopter in England', given: { S1: 'agreed', O2b: 'no' } },
    {
      who: 'an adopter in health and care in Wales, with informal use',
      given: { A3: 'wales', S1: 'informal', S3: 'looking', O2: 'health' },
    },
    {
      who: 'a future adopter in Scotland, a charity',
      given: { A3: 'scotland', S1: 'no', S3: 'm12', O1: 'cio', O2b: 'no' },
    },
    { who: 'a non-adopter that stopped', given: { A3: 'ni', S1: 'stopped', S3: 'never', O2b: 'no' } },
    { who: 'somebody who does not know', given: { A3: 'wales', S1: 'dk', O2b: 'no' } },
  ])('$who', async ({ given }) => {
    const site = await openPreviewSite('ai-adoption');
    const bo = await site.add('Bo', { roles: [{ survey: 'ai-adoption', role: 'researcher' }] });
    const staff = new Watched(site.url);
    await site.signIn(bo, staff);
    await staff.open(site.entry);
    await staff.press('Begin the preview', { from: 'start' });
    const respondent = await new Watched(site.url).open('/surveys/ai-adoption');
    for (const each of [staff, respondent]) {
      each.seen.length = 0;
      await each.answer({ A1: 'yes' });
    }
    const met = await answerPages(staff, given);
    expect(met).toEqual(await answerPages(respondent, given));
    expect(met.length).toBeGreaterThan(20);
    expect(staff.main).toBe(respondent.main);
    expect(staff.heading).toBe('Check your answers before you send them');
    for (const each of [staff, respondent]) await each.press('Send your answers');
    expect(staff.main).toBe(respondent.main);
    expect(staff.heading).toBe('Your answers have been sent');
    expect(staff.seen).toEqual(respondent.seen);
    expect(staff.seen.length).toBeGreaterThan(met.length);
  });
});

test('errors, questions asked back, changes from the check, saving and both ends are the same too', async () => {
  const site = await openPreviewSite('every-type');
  const staff = new Watched(site.url);
  await site.signIn(await site.add('Bo', { roles: [{ survey: 'every-type', role: 'researcher' }] }), staff);
  await staff.open(site.entry);
  await staff.press('Begin the preview');
  const respondent = await new Watched(site.url).open('/surveys/every-type');
  const both = async (act: (each: Watched) => Promise<unknown>, heading: string) => {
    for (const each of [staff, respondent]) await act(each);
    expect(staff.heading).toBe(heading);
    expect([staff.status, staff.main]).toEqual([respondent.status, respondent.main]);
  };
  const openIn = (page: string) => (each: Watched) =>
    each.open((each === staff ? homeOf(each) : '/surveys/every-type') + page);

  await both((each) => each.answer({}), 'Every type of question');
  expect(staff.errors.length).toBe(1);
  await both((each) => each.answer({ A1: 'no' }), 'Thank you');
  await both((each) => each.follow('Back to the start'), 'Every type of question');
  await both((each) => each.answer({ A1: 'yes' }), 'Is this survey for you?');
  await both((each) => each.answer({ A2: 'no' }), 'This survey is for other people');
  await both((each) => each.follow('Go back and change your answer'), 'Is this survey for you?');
  await both((each) => each.answer({ A2: 'yes' }), 'Which thing do you use most?');
  await both((each) => each.answer({}), 'Which thing do you use most?');
  expect(staff.errors.length).toBe(1);
  await both((each) => each.press('Save and come back later', { B1: 'red' }), 'Come back later');
  await both(openIn('/answer/many'), 'Which things have you tried?');
  await both((each) => each.answer({ B2: ['red', 'blue', 'green', 'pink'] }), 'Which things have you tried?');
  await both(openIn(''), 'Every type of question');
  expect(staff.words).toContain('Carry on');
  await both((each) => each.press('Start again with new answers'), 'Every type of question');
  expect([staff.status, staff.words.includes('Carry on')]).toEqual([422, true]);
  await both(openIn('/answer/nowhere'), 'Page not found');
  await both(openIn('/answer/one?from=check'), 'Which thing do you use most?');
  await both(openIn('/answer/one'), 'Which thing do you use most?');
  await expectValidHtml(staff.html);
});

test('each page is there in each language of the survey, and a tab keeps its own', async () => {
  const site = await openPreviewSite('two-languages');
  const { ada, entry } = site;
  await ada.open(entry);
  await ada.press('Begin the preview', { language: 'cy' });
  expect(ada.heading).toBe('Y bws yn eich pentref');
  await ada.answer({ A1: 'yes' });
  expect(ada.heading).toBe('Pam ydych chi’n mynd ar y bws?');
  const inWelsh = ada.address;
  await ada.follow('English');
  expect([ada.heading, ada.address]).toEqual(['Why do you take the bus?', inWelsh.replace('/cy/', '/en/')]);
  await ada.answer({ B1: ['work'] });
  expect(ada.heading).toBe('How many buses go in a day?');
  // The other tab.
  await ada.open(inWelsh);
  expect(ada.heading).toBe('Pam ydych chi’n mynd ar y bws?');
  await ada.answer();
  expect(ada.heading).toBe('Faint o fysiau sy’n mynd mewn diwrnod?');
  // Respondents' own choice of language in this browser is another matter.
  await ada.open('/surveys/two-languages');
  expect(ada.heading).toBe('The bus in your village');
  await ada.open(`${homeOf({ address: inWelsh })}/answer/b2`.replace('/cy/', '/de/'));
  expect(ada.status).toBe(404);
});

test('no link and no form of a preview leads to where real answers are given', async () => {
  const { ada, entry } = await openPreviewSite('every-type');
  await ada.open(entry);
  await ada.press('Begin the preview');
  const home = homeOf(ada);
  const check = () => {
    const leads = [...ada.links.map(({ href }) => href), ...ada.forms.map(({ action }) => action)];
    const away = leads.filter((href) => !href.startsWith(home) && !href.startsWith('#'));
    expect(away.filter((href) => !['/', '/privacy', '/accessibility'].includes(href))).toEqual([]);
    expect(ada.html).toContain('Preview: nothing you type here is stored with answers.');
  };
  check();
  await ada.answer({ A1: 'yes' });
  check();
  for (const page of ['/save', '/resume', '/withdraw', '/answer/nowhere', '']) {
    await ada.open(home + page);
    check();
  }
  await ada.open(`${home}/answer/a2`);
  for (const { answer } of PAGES) await ada.answer(answer);
  expect(ada.address).toBe(`${home}/check`);
  check();
  await ada.press('Send your answers');
  check();
});

test('a version that is not live any more is previewed as it was', async () => {
  const site = await openPreviewSite('two-languages');
  const { ada, entry } = site;
  const next = sourceOf('two-languages', (file) => {
    file.version = '1.1';
  }).replace('Why do you take the bus?', 'Why do you take buses?');
  await publishVersion(site.db, next, '2027-03-01');
  expect(await entryOf(site, 'two-languages')).not.toBe(entry);
  for (const [address, live, question] of [
    [entry, 'It is not the one that is live.', 'Why do you take the bus?'],
    [await entryOf(site, 'two-languages'), 'It is the one that is live.', 'Why do you take buses?'],
  ] as const) {
    await ada.open(address);
    expect(ada.words).toContain(live);
    await ada.press('Begin the preview');
    await ada.answer({ A1: 'yes' });
    expect(ada.heading).toBe(question);
  }
});
