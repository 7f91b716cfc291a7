/** The thread that draws a picture of an SVG: a respondent never waits for it. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { z } from 'zod';
import { charactersIn } from './font.ts';

const { svg } = z.object({ svg: z.string() }).parse(workerData);

// Of this thread alone: it is the server's, and whoever answers a survey goes first.
setPriority(constants.priority.PRIORITY_LOW);

const read = (path: string) => readFileSync(createRequire(import.meta.url).resolve(path));
const FAMILY = 'Atkinson Hyperlegible Next';
// The system's own fonts are no part of it: a picture is the same on every machine.
const fonts = ['latin', 'latin-ext'].map((part) =>
  read(`@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-${part}-wght-normal.woff2`),
);

/** What is drawn as text, without marks and entities: a character that no font has would be a box. */
const words = [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text.replaceAll(/&[^;]+;/g, ''));
const known = new Set(fonts.flatMap((font) => [...charactersIn(font)]));
const isDrawable = [...words.join('')].every((character) => known.has(character.codePointAt(0) ?? 0));

if (isDrawable) {
  await initWasm(read('@resvg/resvg-wasm/index_bg.wasm'));
  const picture = new Resvg(svg, {
    font: { fontBuffers: fonts, defaultFontFamily: FAMILY },
    fitTo: { mode: 'zoom', value: 2 },
  });
  parentPort?.postMessage({ png: picture.render().asPng() });
} else parentPort?.postMessage({});
