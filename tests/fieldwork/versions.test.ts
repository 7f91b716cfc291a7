/** New versions on the site: what is wrong with a file, what it would change, publishing it. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { findDraftVersion, listDraftVersions } from '../../src/fieldwork/drafts/store.ts';
import { findLiveSurvey, publishVersion } from '../../src/fieldwork/store.ts';
import { changesBetween } from '../../src/fieldwork/versions/changes.ts';
import { isPublishable, lineAt, reviewFile } from '../../src/fieldwork/versions/review.ts';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { type SurveyJson, sourceOf } from '../support/fieldwork.ts';
import { addMadeUp } from '../support/made-up.ts';
import type { Respondent } from '../support/respondent.ts';
import { auditOf, openStaffSite, type StaffSite } from '../support/staff.ts';

const NEW = '/staff/surveys/two-languages/versions/new';

/** The next version, laid out over lines as an author writes it. */
function nextVersion(change: (file: SurveyJson) => void = () => {}, version = '1.1'): string {
  const source = sourceOf('two-languages', (file) => {
    file.version = version;
    change(file);
  });
  return `${JSON.stringify(JSON.parse(source), null, 2)}\n`;
}

const adminOf = async (site: StaffSite, name = 'Ada') => site.signIn(await site.add(name, { admin: true }));

async function check(browser: Respondent, source: string): Promise<Respondent> {
  await browser.open(NEW);
  return browser.press('Check and save as a draft', { source });
}

/** What the page of a draft would post to publish it. */
async function decisionIn({ db }: StaffSite, version: string): Promise<string> {
  const draft = await findDraftVersion(db, { survey: 'two-languages', version });
  const live = await findLiveSurvey(db, 'two-languages');
  return `draft=${draft?.hash}&live=${live?.hash}`;
}

const questionIn = (file: SurveyJson, code: string): Record<string, unknown> => {
  const all = file.sections.flatMap(({ pages }) => pages.flatMap(({ questions }) => questions));
  const found = all.find((question) => question.code === code);
  if (!found) throw new Error(`no question ${code}`);
  return found;
};

const addQuestion = (file: SurveyJson) =>
  void file.sections[1]?.pages.push({
    questions: [
      { type: 'text', code: 'X9', text: { en: 'Anything else?', cy: 'Rhywbeth arall?' }, role: 'text', limit: 200 },
    ],
  });

test('an admin saves a file, reads what changes, publishes it, and the audit says so', async () => {
  const site = await openStaffSite();
  await addMadeUp(site.db, 'two-languages', 12);
  const ada = await adminOf(site);
  await ada.open('/staff/surveys/two-languages');
  await ada.follow('Add a new version');
  const source = nextVersion(addQuestion);
  await ada.press('Check and save as a draft', { source });
  expect([ada.status, ada.heading]).toEqual([200, 'Draft of version 1.1']);
  expect(ada.words).toContain('Question X9: added Is: Anything else? Nobody who answered so far was shown it.');
  expect((await findLiveSurvey(site.db, 'two-languages'))?.survey.file.version).toBe('1.0');
  await ada.press('Publish version 1.1');
  expect([ada.address, ada.status]).toEqual(['/staff/surveys/two-languages', 200]);
  expect(ada.words).toMatch(/Version 1\.1 live/);
  expect(ada.words).not.toContain('draft Saved by');
  // To the byte, whatever the browser made of the ends of lines.
  const { source: kept } = await site.db
    .selectFrom('survey_versions')
    .select('source')
    .where('version', '=', '1.1')
    .executeTakeFirstOrThrow();
  expect(kept).toBe(source);
  expect((await auditOf(site.db)).slice(-2)).toEqual([
    'Ada: survey_draft_saved version 1.1 of two-languages',
    'Ada: survey_published version 1.1 of two-languages',
  ]);
  await ada.open('/staff/audit');
  expect(ada.words).toContain('Ada published version 1.1 of two-languages.');
});

test('the ends of lines that a browser sends do not change the file', async () => {
  const site = await openStaffSite();
  const ada = await adminOf(site);
  const source = nextVersion(addQuestion);
  await ada.postMultipart(NEW, [['source', source.replaceAll('\n', '\r\n')]]);
  await ada.press('Publish version 1.1');
  const live = await findLiveSurvey(site.db, 'two-languages');
  await publishVersion(site.db, source, '2027-03-01');
  expect((await findLiveSurvey(site.db, 'two-languages'))?.hash).toBe(live?.hash);
});

test('what is wrong is listed as `check` lists it, errors first, each with its line', async () => {
  const site = await openStaffSite();
  const ada = await adminOf(site);
  const source = nextVersion((file) => {
    questionIn(file, 'B1').code = 'A1';
  });
  await check(ada, source);
  expect(ada.address).toBe('/staff/surveys/two-languages/drafts/1.1');
  const { findings } = reviewFile(source, sourceOf('two-languages'), '2027-03-01');
  expect(findings.some(({ severity }) => severity === 'error')).toBe(true);
  for (const finding of findings) {
    expect(ada.words).toContain(`Line ${finding.line}. ${finding.message}`);
    expect(ada.words).toContain(lineAt(source, finding.line).replaceAll(/\s+/g, ' '));
  }
  expect(ada.forms.flatMap(({ buttons }) => buttons).some(({ text }) => text.startsWith('Publish'))).toBe(false);
});

describe('what answers to earlier versions do not bear is refused', () => {
  test.each<[string, (file: SurveyJson) => void, string, string?]>([
    [
      'a type that changed',
      (file) => Object.assign(questionIn(file, 'B1'), { type: 'single' }),
      'B1 was of type "multiple" in version 1.0 and is now "single".',
    ],
    [
      'an option that is gone and not retired',
      (file) => {
        const question = questionIn(file, 'B1');
        question.options = Array.isArray(question.options) ? question.options.slice(1) : [];
      },
      'B1 no longer has "work".',
    ],
    ['a version that does not come after', () => {}, 'does not come after 1.0', '0.9'],
  ])('%s', async (_, change, message, version = '1.1') => {
    const site = await openStaffSite();
    const ada = await adminOf(site);
    await check(ada, nextVersion(change, version));
    expect(ada.words).toContain(message);
    expect(ada.forms.flatMap(({ buttons }) => buttons).some(({ text }) => text.startsWith('Publish'))).toBe(false);
    await ada.post(`${ada.address}/publish`, await decisionIn(site, version));
    expect(ada.status).toBe(422);
    expect(ada.errors[0]?.text).toContain('There are errors in it');
  });

  test('an option code that was retired', async () => {
    const site = await openStaffSite();
    const retire = (file: SurveyJson) => {
      const question = questionIn(file, 'B1');
      question.options = Array.isArray(question.options) ? question.options.slice(1) : [];
      question.retired = ['work'];
    };
    const retired = nextVersion(retire);
    await publishVersion(site.db, retired, '2027-03-02');
    const ada = await adminOf(site);
    await check(
      ada,
      nextVersion(() => {}, '1.2'),
    );
    expect(ada.words).toContain('"work" of B1 was retired before version 1.2 and is used again.');
  });
});

test.each<[string, string, string]>([
  ['nothing', '', 'Choose the survey’s file, or paste it'],
  ['what is no JSON', '{"survey": ', 'Not saved: there is an error in the file'],
  ['JSON that goes down for ever', '['.repeat(100_000), 'Not saved: there is an error in the file'],
  ['a key of JavaScript', '{"__proto__": {}}', 'Not saved: there is an error in the file'],
  ['what says no version', '{"survey": "two-languages"}', 'it cannot be told which version it is'],
  ['another survey', sourceOf('every-type'), 'This file is of the survey “every-type”'],
  ['the file that is live', sourceOf('two-languages'), 'This is the file that is live already'],
])('%s is refused in a sentence, and stays in the box', async (_, source, message) => {
  const site = await openStaffSite();
  const ada = await adminOf(site);
  await check(ada, source);
  expect(ada.status).toBe(422);
  expect(ada.errors[0]?.text).toContain(message);
  expect(ada.entered).toEqual(source === '' ? {} : { source });
  expect(await listDraftVersions(site.db, 'two-languages')).toEqual([]);
});

test('a researcher may save a draft, and neither finds a way to publish it nor has one', async () => {
  const site = await openStaffSite();
  const bo = await site.signIn(await site.add('Bo', { roles: [{ survey: 'two-languages', role: 'researcher' }] }));
  await check(bo, nextVersion(addQuestion));
  expect(bo.words).toContain('An admin of your team can publish it: pass the address of this page on to them.');
  expect(bo.forms.flatMap(({ buttons }) => buttons).some(({ text }) => text.startsWith('Publish'))).toBe(false);
  await bo.post(`${bo.address}/publish`, await decisionIn(site, '1.1'));
  expect(bo.status).toBe(404);
  expect((await findLiveSurvey(site.db, 'two-languages'))?.survey.file.version).toBe('1.0');
});

test('of two admins at once the second is told, and decides anew on what their draft would change now', async () => {
  const site = await openStaffSite();
  const [ada, bo] = [await adminOf(site), await adminOf(site, 'Bo')];
  await check(ada, nextVersion(addQuestion, '1.1'));
  await check(
    bo,
    nextVersion(() => {}, '1.2'),
  );
  await ada.press('Publish version 1.1');
  await bo.press('Publish version 1.2');
  expect(bo.status).toBe(422);
  expect(bo.errors[0]?.text).toContain('another version went live since this page was made');
  expect(bo.words).toContain('Question X9: removed');
  expect((await findLiveSurvey(site.db, 'two-languages'))?.survey.file.version).toBe('1.1');
  await bo.press('Publish version 1.2');
  expect((await findLiveSurvey(site.db, 'two-languages'))?.survey.file.version).toBe('1.2');
});

test('a button that is pressed twice publishes once', async () => {
  const site = await openStaffSite();
  const ada = await adminOf(site);
  await check(ada, nextVersion(addQuestion));
  const { action, body } = ada.filledIn({}, 'Publish version 1.1');
  await ada.post(action, body);
  await ada.post(action, body);
  expect(ada.address).toBe('/staff/surveys/two-languages');
  expect((await auditOf(site.db)).filter((line) => line.includes('survey_published'))).toHaveLength(1);
});

test.each(['pasted', 'sent as a file'])(
  'where the store cannot be written the same form is offered once more: %s',
  async (how) => {
    const site = await openStaffSite();
    const ada = await adminOf(site);
    await ada.open(NEW);
    await sql`PRAGMA query_only = ON`.execute(site.db);
    const source = nextVersion(addQuestion);
    if (how === 'pasted') await ada.press('Check and save as a draft', { source });
    else await ada.press('Check and save as a draft', {}, { name: 'next.json', content: source });
    expect([ada.status, ada.heading]).toEqual([503, 'Not saved']);
    await sql`PRAGMA query_only = OFF`.execute(site.db);
    await ada.press('Try again');
    expect(ada.address).toBe('/staff/surveys/two-languages/drafts/1.1');
    await sql`PRAGMA query_only = ON`.execute(site.db);
    await ada.press('Publish version 1.1');
    expect([ada.status, ada.heading]).toEqual([503, 'Not saved']);
    await sql`PRAGMA query_only = OFF`.execute(site.db);
    await ada.press('Try again');
    expect([ada.status, ada.address]).toEqual([200, '/staff/surveys/two-languages']);
    expect((await findLiveSurvey(site.db, 'two-languages'))?.survey.file.version).toBe('1.1');
  },
);

test('whoever lost their rights after the look publishes nothing', async () => {
  const site = await openStaffSite();
  const ada = await adminOf(site);
  await check(ada, nextVersion(addQuestion));
  await site.db.updateTable('accounts').set({ admin: 0 }).execute();
  await ada.press('Publish version 1.1');
  expect(ada.status).toBe(404);
  expect((await findLiveSurvey(site.db, 'two-languages'))?.survey.file.version).toBe('1.0');
});

test('a number that was published with other content is not taken again', async () => {
  const site = await openStaffSite();
  await publishVersion(site.db, nextVersion(addQuestion), '2027-03-02');
  await site.db
    .updateTable('surveys')
    .set((set) => ({
      live_hash: set
        .selectFrom('survey_versions')
        .select('hash')
        .where('version', '=', '1.0')
        .limit(1)
        .$castTo<string>(),
    }))
    .execute();
  const ada = await adminOf(site);
  await check(ada, nextVersion());
  await ada.press('Publish version 1.1');
  expect(ada.status).toBe(422);
  expect(ada.errors[0]?.text).toContain('was published before with other content');
});

test.each([
  ['wrong, as markup is', '<img src=x onerror=alert(1)></textarea><script>"\'&amp;', false],
  ['right', '1 < 2 & "quoted" *bold* ❤', true],
])('what an author writes shows literally: %s', async (_, payload, right) => {
  const site = await openStaffSite();
  const ada = await adminOf(site);
  const change = (file: SurveyJson) => {
    questionIn(file, 'B1').text = { en: payload, cy: payload };
    file.title = { en: payload, cy: payload };
  };
  await check(ada, nextVersion(change));
  for (const address of [
    ada.address,
    `${ada.address}/replace`,
    `${ada.address}/discard`,
    '/staff/surveys/two-languages',
  ]) {
    await ada.open(address);
    expect([address, ada.status]).toEqual([address, 200]);
    expect(ada.html).not.toMatch(/<img|<script>"/);
  }
  await ada.open('/staff/surveys/two-languages/drafts/1.1');
  expect(ada.words).toContain(right ? payload : JSON.stringify(payload));
});

describe('the changes between two versions', () => {
  const before = getSurvey(sourceOf('two-languages'));
  const told = (change: (file: SurveyJson) => void) =>
    changesBetween(before, getSurvey(nextVersion(change))).map(({ kind, what, was, is }) => [kind, what, was, is]);

  test('nothing, where only the number differs', () => {
    expect(told(() => {})).toEqual([]);
  });

  test('an option that is added, one that is retired, and one that is reworded', () => {
    const change = (file: SurveyJson) => {
      questionIn(file, 'B1').options = [
        { code: 'shop', label: 'Errands' },
        { code: 'never', label: { en: 'I never take it', cy: 'Nid wyf byth yn mynd arno' }, end: 'not-eligible' },
        { code: 'fun', label: 'For fun' },
      ];
      questionIn(file, 'B1').retired = ['work'];
    };
    expect(told(change)).toEqual([
      ['added', 'Option “fun” of B1', undefined, 'For fun'],
      ['removed', 'Option “work” of B1', 'Work', undefined],
      ['changed', 'The words of “shop” of B1', 'Shopping', 'Errands'],
    ]);
  });

  test('a question with its page, words, who is asked, a date', () => {
    expect(told(addQuestion).slice(0, 2)).toEqual([
      ['added', 'Page x9', undefined, undefined],
      ['added', 'Question X9', undefined, 'Anything else?'],
    ]);
    const change = (file: SurveyJson) => {
      questionIn(file, 'B1').text = 'Why the bus?';
      questionIn(file, 'B1').when = { question: 'A1', is: 'yes' };
      file.dates.closes = '2027-07-15';
    };
    expect(told(change)).toEqual([
      ['changed', 'The date “closes”', '2027-06-30', '2027-07-15'],
      ['changed', 'The words of B1', 'Why do you take the bus?', 'Why the bus?'],
      ['changed', 'Who is asked B1', 'everybody', 'A1 is yes'],
    ]);
  });
});

test('a file that only says it is UTF-8 is not published', () => {
  expect(isPublishable(reviewFile(nextVersion().replace('bus', 'b\uFFFDs'), undefined, '2027-03-01'))).toBe(false);
});

test.each([
  ['a\n  b  \nc', 2, 'b'],
  ['a', 9, ''],
  [`{${'x'.repeat(300)}`, 1, `{${'x'.repeat(199)}…`],
])('a line is shown as it can be read', (text, line, words) => {
  expect(lineAt(text, line)).toBe(words);
});
