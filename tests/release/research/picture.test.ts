/** Charts as pictures: drawn in a thread, with the program's own font and no other. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { pictureDrawer } from '../../../src/commands/threads/drawer.ts';
import { charactersIn } from '../../../src/commands/threads/font.ts';
import { madeUp } from '../network/made-up-farms.ts';
import { HOME, openFarms } from './farms-site.ts';

const fontFile = (part: string) =>
  readFileSync(
    createRequire(import.meta.url).resolve(
      `@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-${part}-wght-normal.woff2`,
    ),
  );

/** Width and height of a PNG, from its header. */
const sizeOf = (png: Uint8Array) => {
  const bytes = Buffer.from(png);
  expect(bytes.toString('latin1', 1, 4)).toBe('PNG');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
};

const words = (text: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="50"><rect width="300" height="50" fill="#fff"/><text x="5" y="30" font-family="Atkinson Hyperlegible Next" font-size="20">${text}</text></svg>`;

describe('the font', () => {
  test('has what English and Welsh are written with, in its two files', () => {
    const [latin, extended] = ['latin', 'latin-ext'].map((part) => charactersIn(fontFile(part)));
    for (const character of 'Az09 %–’“”…éôâîû&')
      expect(latin?.has(character.codePointAt(0) ?? 0), character).toBe(true);
    for (const character of 'ŵŷŴŶ') expect(extended?.has(character.codePointAt(0) ?? 0), character).toBe(true);
    expect(latin?.has(0x4e2d)).toBe(false);
  });

  test('is refused where it is none', () => {
    expect(() => charactersIn(Buffer.from('<svg>'))).toThrow('no WOFF2 font');
  });
});

describe('a picture', { timeout: 60_000 }, () => {
  test('is twice as large as the SVG, and the same each time', async () => {
    const draw = pictureDrawer();
    const [one, other] = await Promise.all([draw(words('Tŷ a gŵydd')), draw(words('Tŷ a gŵydd'))]);
    if (!one || !other) throw new Error('nothing was drawn');
    expect(sizeOf(one)).toEqual([600, 100]);
    expect(Buffer.compare(one, other)).toBe(0);
  });

  test('shows its words: with other words it is another', async () => {
    const draw = pictureDrawer();
    const [one, other, none] = await Promise.all(['Tŷ', 'Ty', ''].map((text) => draw(words(text))));
    if (!one || !other || !none) throw new Error('nothing was drawn');
    expect(Buffer.compare(one, other)).not.toBe(0);
    expect(one.length).toBeGreaterThan(none.length);
  });

  test.each(['中文', 'مرحبا', '😀'])('is not drawn with boxes in place of “%s”', async (text) => {
    expect(await pictureDrawer()(words(text))).toBeUndefined();
  });

  test('of a question is its chart', async () => {
    const { get, ida } = await openFarms(['approved', madeUp(3000, 4)]);
    const { status, headers, bytes } = await get('/Q2.png?by=k1');
    expect([status, headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(headers.get('content-disposition')).toContain('farms-1-Q2-by-k1-synthetic.png');
    expect(sizeOf(bytes)[0]).toBe(1920);
    const folder = process.env.SCREENSHOTS;
    if (folder) writeFileSync(`${folder}/research-chart.png`, bytes);
    await ida.open(`${HOME}/Q2?by=k1`);
    expect(ida.html).toContain(`href="${HOME}/Q2.png?by=k1"`);
  });
});
