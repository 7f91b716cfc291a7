/** Who is asked what in any version of a survey, as staff see it. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { publishVersion } from '../../src/fieldwork/store.ts';
import { getSurvey } from '../../src/questionnaire/parse.ts';
import { pathsOf } from '../../src/questionnaire/paths.ts';
import { drawFlow } from '../../src/questionnaire/picture/draw.ts';
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
