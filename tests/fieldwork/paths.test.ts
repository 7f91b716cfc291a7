/** Who is asked what in any version of a survey, as staff see it. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { publishVersion } from '../../src/fieldwork/store.ts';
import { workOnFile } from '../../src/fieldwork/versions/file-work.ts';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { pathsOf } from '../../src/questionnaire/paths.ts';
import { drawFlow } from '../../src/questionnaire/picture/draw.ts';
import type { Context } from '../../src/web/context.ts';
import { sourceOf } from '../support/fieldwork.ts';
import { openStaffSite } from '../support/staff.ts';

const FIRST = sourceOf('two-languages');
const NEXT = sourceOf('two-languages', (file) => {
  file.version = '1.1';
  file.sections[1]?.pages.pop();
});
const hashOf = (source: string) => createHash('sha256').update(source).digest('hex');
const pictureOf = (source: string) => {
  const survey = getSurvey(source);
  return drawFlow(survey, pathsOf(survey));
};

async function openBoth() {
  const site = await openStaffSite();
  await publishVersion(site.db, NEXT, '2027-03-02');
  return site.signIn(await site.add('Bo', { roles: [{ survey: 'two-languages', role: 'researcher' }] }));
}

test('the picture stands in the page beside the lists that say the same, and as a file', async () => {
  const bo = await openBoth();
  await bo.open('/staff/surveys/two-languages/paths');
  expect(bo.words).toContain('through version 1.1, which is live');
  expect(bo.html).toContain(pictureOf(NEXT).trim());
  expect(bo.words).toContain('flowchart TD');
  await bo.follow('Download the diagram');
  expect(bo.address).toBe(`/staff/surveys/two-languages/versions/${hashOf(NEXT)}/paths.svg`);
  expect(bo.headers['content-type']).toBe('image/svg+xml; charset=utf-8');
  expect(bo.headers['content-disposition']).toBe('attachment; filename=two-languages-1.1-paths.svg');
});

test('an earlier version has its own paths and picture', async () => {
  const bo = await openBoth();
  await bo.open(`/staff/surveys/two-languages/versions/${hashOf(FIRST)}/paths`);
  expect(bo.words).toContain('through version 1.0, which is not live any more');
  expect(bo.html).toContain(pictureOf(FIRST).trim());
  expect(pictureOf(FIRST)).not.toBe(pictureOf(NEXT));
});

test.each([
  'two-languages/versions/1.0/paths',
  `two-languages/versions/${hashOf('none')}/paths.svg`,
  'two-languages/versions/%00/paths',
  `none/versions/${hashOf(FIRST)}/paths`,
  `every-type/versions/${hashOf(FIRST)}/paths`,
])('%s is not found', async (address) => {
  const site = await openStaffSite();
  await publishVersion(site.db, sourceOf('every-type'), '2027-03-01');
  const ada = await site.signIn(await site.add('Ada', { admin: true }));
  await ada.open(`/staff/surveys/${address}`);
  expect(ada.status).toBe(404);
});

/** A version that no other test makes: what was followed once in a process is not followed again. */
async function openSlow(version: string, workOnFile: NonNullable<Context['workOnFile']>) {
  const site = await openStaffSite({}, [], { workOnFile });
  const { hash } = await publishVersion(
    site.db,
    sourceOf('two-languages', (file) => Object.assign(file, { version })),
    '2027-03-02',
  );
  const bo = await site.signIn(await site.add('Bo', { roles: [{ survey: 'two-languages', role: 'researcher' }] }));
  return { site, bo, address: `/staff/surveys/two-languages/versions/${hash}/paths` };
}

test('where following takes longer than a page can wait, the page says how far it is, and can be left', async () => {
  let goOn = () => {};
  const turn = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  const { bo, address } = await openSlow('1.2', async (task, told) => {
    told(40);
    await turn;
    return workOnFile(task, () => {});
  });
  await bo.open('/staff/surveys/two-languages/paths');
  expect(bo.status).toBe(200);
  expect(bo.words).toMatch(/The routes through version 1.2 are being followed 40% .* You can leave this page/);
  expect(bo.html).toContain('<noscript><meta http-equiv="refresh" content="3"></noscript>');
  await bo.open(address);
  expect(bo.words).toContain('40%');
  goOn();
  await bo.follow('Look how far it is by now');
  expect([bo.address, bo.words.includes('through version 1.2, which is live')]).toEqual([address, true]);
  expect(bo.html).not.toContain('http-equiv="refresh"');
});

test('where following comes to no end the page says so, and the picture leads to it', async () => {
  const { site, bo, address } = await openSlow('1.3', () => Promise.reject(new Error('a thread ended')));
  await bo.open(`${address}.svg`);
  expect([bo.address, bo.status]).toEqual([address, 200]);
  expect(bo.words).toContain('This could not be worked out: it asks for more time or memory than any should.');
  expect(bo.html).not.toContain('http-equiv="refresh"');
  expect(JSON.stringify(site.lines)).toContain('work in a thread failed');
});
