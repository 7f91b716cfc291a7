/** From the page that thanks for answers, and from the first, to what one can sign up for: nothing goes along. */
import { expect, test } from 'vitest';
import { createApp, routesOf } from '../../src/app.ts';
import { publishVersion } from '../../src/fieldwork/store.ts';
import { addEvent, type Contacts, lettersTo, signUpsBeside } from '../support/contacts.ts';
import { sourceOf } from '../support/fieldwork.ts';
import { Respondent } from '../support/respondent.ts';
import { serve, testContext } from '../support/site.ts';

const LINK = 'See what you can take part in';

/** Somebody who has just sent their answers, on a site with the events that `arrange` makes. */
async function answer(arrange: (contacts: Contacts) => Promise<unknown>) {
  const context = await testContext();
  const signUps = await signUpsBeside(context);
  await arrange(signUps.contacts);
  await publishVersion(context.db, sourceOf('two-languages'), '2027-03-01');
  const url = await serve(createApp(context, routesOf(context, signUps)));
  const somebody = await new Respondent(url).open('/surveys/two-languages');
  for (const page of [{ A1: 'yes' }, { B1: ['work'] }, { B2: '4' }, { B3: ['dk'] }]) await somebody.answer(page);
  await somebody.press('Send your answers');
  expect(somebody.heading).toBe('Your answers have been sent');
  return { somebody, url, ...signUps };
}

test('the page that thanks leads there where an event is open, and says that it is apart', async () => {
  const { somebody } = await answer((contacts) => addEvent(contacts, [5]));
  expect(somebody.words).toContain('That is kept apart from your answers: nothing is carried over');
  expect(somebody.html).toContain(`<a class="govuk-link" href="/take-part" rel="noreferrer">${LINK}</a>`);
});

test('so does the first page of the site, in the same words', async () => {
  const { url } = await answer((contacts) => addEvent(contacts, [5]));
  const visitor = await new Respondent(url).open('/');
  expect(visitor.words).toContain('This is kept apart from answers to surveys. Nothing is carried over');
  await visitor.follow('Workshops, interviews and more');
  expect([visitor.address, visitor.cookies]).toEqual(['/take-part', '']);
});

test.each([
  ['there is none', async () => {}],
  [
    'none is open',
    async (contacts: Contacts) => {
      await addEvent(contacts, [5]);
      await contacts.updateTable('events').set({ status: 'closed' }).execute();
    },
  ],
  [
    'they cannot be read just now',
    async (contacts: Contacts) => {
      await addEvent(contacts, [5]);
      await contacts.destroy();
    },
  ],
])('they lead nowhere where %s, and stand all the same', async (_, arrange) => {
  const { somebody, url } = await answer(arrange);
  expect(somebody.links.map(({ href }) => href)).not.toContain('/take-part');
  const { status, links } = await new Respondent(url).open('/');
  expect([status, links.map(({ href }) => href)]).toEqual([200, expect.not.arrayContaining(['/take-part'])]);
});

test('who follows it and signs up is a stranger there: no cookie is set, and none is looked at', async () => {
  const { somebody, url, contacts } = await answer((store) => addEvent(store, [5]));
  const before = somebody.cookies;
  expect(before).toContain('answers-two-languages');
  await somebody.follow(LINK);
  expect(somebody.address).toBe('/take-part');
  const stranger = await new Respondent(url).open('/take-part');
  expect(somebody.html).toBe(stranger.html);
  await somebody.follow('AI for beginners (synthetic)');
  const event = await new Respondent(url).open('/take-part/made-up');
  expect(somebody.html).toBe(event.html);
  await somebody.answer({ name: 'Ada', organisation: 'Made Up', email: 'ada@example.org', agree: ['yes'] });
  expect(somebody.heading).toBe('The organisers will pass a link on to you');
  expect(somebody.headers).not.toHaveProperty('set-cookie');
  expect(somebody.cookies).toBe(before);
  expect(JSON.stringify(await lettersTo(contacts, 'ada@example.org'))).not.toContain('two-languages');
});
