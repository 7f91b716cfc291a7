/** What no page of ours sends, in every field of the forms of a survey's life (S5, S6): a 4xx, nothing kept, no markup. */
import { expect, test } from 'vitest';
import { listDraftVersions, saveDraftVersion } from '../../src/fieldwork/drafts/store.ts';
import { findLiveSurvey } from '../../src/fieldwork/store.ts';
import { auditOf, openStaffSite } from '../support/staff.ts';

const MARK = 'kzjq';
const PAYLOADS = [
  encodeURIComponent(`<script>${MARK}</script>`),
  encodeURIComponent(`"><img src=x onerror=${MARK}></textarea>`),
  encodeURIComponent(`{"survey": "<img src=${MARK}>"}`),
  encodeURIComponent(`{"__proto__": {"${MARK}": 1}}`),
  encodeURIComponent(`\u202e${MARK}`),
  `${MARK}%00`,
  `%ED%A0%80${MARK}`,
  `%FF${MARK}`,
  '%5B'.repeat(200_000),
  MARK.repeat(200_000),
];
const FIELDS: readonly [path: string, field: string, rest: string][] = [
  ['/staff/new-survey', 'source', ''],
  ['/staff/new-survey', 'seen', '&source=%7B%7D'],
  ['/staff/surveys/two-languages/versions/new', 'source', ''],
  ['/staff/surveys/two-languages/versions/new', 'seen', '&source=%7B%7D'],
  ['/staff/surveys/two-languages/drafts/1.1/publish', 'draft', '&live='],
  ['/staff/surveys/two-languages/drafts/1.1/publish', 'live', '&draft='],
  ['/staff/surveys/two-languages/drafts/1.1/discard', 'draft', ''],
  ['/staff/surveys/two-languages/close', 'when', '&seen=x'],
  ['/staff/surveys/two-languages/close', 'day', '&when=day&seen=x'],
  ['/staff/surveys/two-languages/close', 'begin', '&when=begun&day=2027-03-05&seen=x'],
  ['/staff/surveys/two-languages/close', 'seen', '&when=now'],
  ['/staff/surveys/two-languages/reopen', 'seen', ''],
  ['/staff/surveys/two-languages/archive', 'seen', ''],
  ['/staff/surveys/two-languages/unarchive', 'seen', ''],
];

test.each(FIELDS)('%s, %s', async (path, field, rest) => {
  const site = await openStaffSite();
  const draft = { survey: 'two-languages', version: '1.1', source: '{}' };
  await saveDraftVersion(site.db, draft, undefined, { id: null, name: 'Somebody' }, site.now());
  const ada = await site.signIn(await site.add('Ada', { admin: true }));
  for (const payload of PAYLOADS) {
    for (const body of [`${field}=${payload}${rest}`, `${field}=${payload}&${field}=${payload}${rest}`]) {
      await ada.post(path, body);
      expect([body.slice(0, 60), ada.status >= 400 && ada.status < 500]).toEqual([body.slice(0, 60), true]);
      expect(ada.html).not.toMatch(/<img|<script>/);
    }
  }
  const live = await findLiveSurvey(site.db, 'two-languages');
  expect([live?.status, live?.lastDay, live?.survey.file.version]).toEqual(['open', null, '1.0']);
  expect((await listDraftVersions(site.db, 'two-languages')).map(({ source }) => source)).toEqual(['{}']);
  expect(await auditOf(site.db)).toEqual([
    'Somebody: survey_draft_saved version 1.1 of two-languages',
    'Ada: signed_in Ada',
  ]);
  expect(JSON.stringify(site.lines)).not.toContain(MARK);
});
