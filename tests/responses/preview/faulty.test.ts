/** A draft with errors is walked as far as they let one, and breaks nothing. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { saveDraftVersion } from '../../../src/fieldwork/drafts/store.ts';
import { fingerprintOf } from '../../../src/fieldwork/store.ts';
import { countErrors, reviewFile } from '../../../src/fieldwork/versions/review.ts';
import { answerPages, type Respondent } from '../../support/respondent.ts';
import { openStaffSite } from '../../support/staff.ts';

const FOLDER = join(import.meta.dirname, '../../surveys/wrong');

/** The wrong surveys, each wrong in one way, that can be read as surveys and have an error. */
const faulty = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) => {
    const source = readFileSync(join(FOLDER, name), 'utf8');
    const review = reviewFile(source, undefined, '2027-03-01');
    return review.survey && countErrors(review) > 0 ? [{ name, source, file: review.survey.file }] : [];
  });

/** From the first page to the receipt, or to where no page follows. */
async function walk(staff: Respondent): Promise<void> {
  await staff.press('Begin the preview');
  const consent = staff.forms
    .find(({ action }) => action.endsWith('/start'))
    ?.inputs.find(({ kind }) => kind === 'choice');
  if (consent) await staff.answer({ [consent.name]: consent.value });
  // What cannot be answered is where the walk ends.
  await answerPages(staff).catch(() => undefined);
  const send = staff.forms.find(({ action }) => action.endsWith('/submit'));
  if (send) await staff.press(send.buttons[0]?.text);
}

test('whatever the check finds in it', { timeout: 300_000 }, async () => {
  const site = await openStaffSite();
  const ada = await site.signIn(await site.add('Ada', { admin: true }));
  const by = { id: null, name: 'Ada' };
  const ends = new Map<string, string>();
  for (const { name, source, file } of faulty) {
    await site.db.deleteFrom('draft_versions').execute();
    const { survey, version } = file;
    await saveDraftVersion(site.db, { survey, version, source }, undefined, by, site.now());
    await ada.open(`/staff/surveys/${survey}/versions/${fingerprintOf(source)}/preview`);
    expect([name, ada.words.includes('The check finds errors in it.')]).toEqual([name, true]);
    await walk(ada);
    expect([name, ada.status < 500]).toEqual([name, true]);
    ends.set(name, ada.address.split('/').at(-1) ?? '');
    site.wait(0.1);
  }
  expect(site.lines.filter(({ msg }) => msg === 'unexpected')).toEqual([]);
  expect(faulty.length).toBeGreaterThan(100);
  // Most are wrong in what does not stand in a respondent's way.
  expect([...ends.values()].filter((end) => end === 'done').length).toBeGreaterThan(faulty.length / 2);
  expect(ends.get('unknown-reference.json')).toBe('done');
  expect(ends.get('duplicate-code-page.json')).toBe('d1');
});
