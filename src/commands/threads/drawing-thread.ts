/** The thread that draws pictures of SVGs: a respondent never waits for them. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { z } from 'zod';
import { charactersIn } from './font.ts';
import { answerTasks } from './standing-thread.ts';

const taskSchema = z.object({ svg: z.string() });

const read = (path: string) => readFileSync(createRequire(import.meta.url).resolve(path));
const FAMILY = 'Atkinson Hyperlegible Next';
// The system's own fonts are no part of it: a picture is the same on every machine.
const fonts = ['latin', 'latin-ext'].map((part) =>
  read(`@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-${part}-wght-normal.woff2`),
);
const known = new Set(fonts.flatMap((font) => [...charactersIn(font)]));
const ready = initWasm(read('@resvg/resvg-wasm/index_bg.wasm'));

/** Whether the fonts have all that is drawn as text, marks and entities apart: any other character would be a box. */
function isDrawable(svg: string): boolean {
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) =>
    text.replaceAll(/&[^;]+;/g, ''),
  );
  return [...texts.join('')].every((character) => known.has(character.codePointAt(0) ?? 0));
}

answerTasks(async (task) => {
  const { svg } = taskSchema.parse(task);
  if (!isDrawable(svg)) return undefined;
  await ready;
  const picture = new Resvg(svg, {
    font: { fontBuffers: fonts, defaultFontFamily: FAMILY },
    fitTo: { mode: 'zoom', value: 2 },
  });
  try {
    return picture.render().asPng();
  } finally {
    picture.free();
  }
});
