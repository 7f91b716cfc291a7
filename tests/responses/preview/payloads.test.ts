/** What an author writes and what is typed in a preview show as they are, on its pages and in the panel (S6). */
import { expect, test } from 'vitest';
import { publishVersion } from '../../../src/fieldwork/store.ts';
import { sourceOf } from '../../support/fieldwork.ts';
import { homeOf, openPreviewSite } from '../../support/preview.ts';

const MARK = '<script>alert(1)</script><img src=x onerror=alert(2)> "\' & #{1} <%= 1 %> $t(product) {{W1|**x**}}';

test('markup, templates and pipes in a questionnaire', async () => {
  const site = await openPreviewSite('two-languages');
  const { ada, db } = site;
  const written = MARK.replace(/ \{\{.*/, '');
  const source = sourceOf('two-languages', (file) => {
    file.version = '1.1';
    file.title = { en: `Buses ${written}`, cy: 'x' };
    for (const section of file.sections) {
      section.title = { en: `Section ${written}`, cy: 'x' };
      for (const question of section.pages.flatMap(({ questions }) => questions)) {
        question.text = { en: `${question.code} ${written}`, cy: 'x' };
        for (const option of Array.isArray(question.options) ? question.options : [])
          option.label = { en: `${option.code} ${written}`, cy: 'x' };
      }
    }
  });
  const { hash } = await publishVersion(db, source, '2027-03-01');
  await ada.open(`/staff/surveys/two-languages/versions/${hash}/preview`);
  const clean = (words: readonly string[]) => {
    expect(ada.status).toBeLessThan(500);
    expect(ada.html.match(/<(script|img)\b[^>]*>/g)).toEqual([expect.stringContaining('/assets/soundings.js')]);
    for (const each of words) expect(ada.html.replaceAll(/\s+/g, ' ')).toContain(escaped(`${each} ${written}`));
  };
  clean(['Buses']);
  await ada.press('Begin the preview');
  clean(['Buses', 'A1', 'yes', 'no', 'Section']);
  await ada.answer({ A1: 'yes' });
  clean(['B1', 'shop', 'B2', 'B3']);
  await ada.answer({ B1: ['shop'] });
  await ada.answer({ B2: '7' });
  await ada.answer({ B3: 'dk' });
  clean(['B1', 'shop']);
  await ada.press('Send your answers');
  clean(['B1', 'shop']);
});

test('what is typed, also into what no page of a preview sends', async () => {
  const { ada, entry, lines } = await openPreviewSite('every-type');
  await ada.open(entry);
  await ada.press('Begin the preview');
  await ada.answer({ A1: 'yes' });
  await ada.press('words');
  expect(ada.heading).toBe('In your own words');
  await ada.answer({ W3: MARK.slice(0, 60), W4: MARK });
  expect(ada.html.match(/<(script|img)\b[^>]*>/g)).toHaveLength(1);
  expect(ada.html).toContain(escaped(MARK.slice(0, 60)));
  await ada.press('together');
  expect(ada.html).toContain(escaped(MARK));
  const home = homeOf(ada);
  for (const path of ['/start', '/answer/words', '/submit', '/jump', '/again']) {
    for (const field of ['page', 'W3', 'A1', '__proto__', 'x'.repeat(200)]) {
      for (const value of [encodeURIComponent(MARK), '%ED%A0%80', '%00', `1&${field}=2`]) {
        await ada.post(home + path, `${field}=${value}`);
        expect([path, field, value, ada.status < 500]).toEqual([path, field, value, true]);
        expect(ada.html.match(/<(script|img)\b[^>]*>/g)).toHaveLength(1);
      }
    }
  }
  for (const address of [`${home}/done?end=%3Cscript%3E`, `${home}/answer/%3Cimg%3E`, `${home}/answer/%00`]) {
    await ada.open(address);
    expect(ada.status).toBeLessThan(500);
    expect(ada.html.match(/<(script|img)\b[^>]*>/g)).toHaveLength(1);
  }
  expect(JSON.stringify(lines)).not.toContain('alert');
});

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? '');
