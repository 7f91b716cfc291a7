import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { buildAssets } from '../../src/web/build-assets.ts';
import { PATHS } from '../../src/web/paths.ts';
import { renderPage } from '../../src/web/render.ts';

buildAssets();
const built = (name: string): Buffer => readFileSync(join(PATHS.builtAssets, name));
const zipped = (content: Buffer | string): number => gzipSync(content, { level: 6 }).length;

test('a page with every kind of question, its styles and its script weigh less than 30 KB on the way', () => {
  const page = renderPage(join(PATHS.root, 'tests/web/gallery.ejs'), { title: 'Every component', state: 'blank' });
  expect(zipped(page) + zipped(built('soundings.css')) + zipped(built('soundings.js'))).toBeLessThan(30_000);
});

test('the font weighs at most 35 KB, and nobody waits for it', () => {
  expect(built('atkinson-hyperlegible-next.woff2').length).toBeLessThanOrEqual(35_000);
  expect(built('soundings.css').toString()).toContain('font-display:swap');
});

test('nothing in the styles is GOV.UK’s own: no typeface, no crown, no black header, no address elsewhere', () => {
  const styles = built('soundings.css').toString();
  expect(styles.match(/GDS Transport|crown|crest|govuk-header|@import/gi)).toBeNull();
  expect(styles.match(/url\([^)]*\)/g)).toEqual(['url("atkinson-hyperlegible-next.woff2")']);
});
