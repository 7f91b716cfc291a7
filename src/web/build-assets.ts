/**
 * Builds what the TypeScript compiler does not: the stylesheet, the font, the scripts and the interface's words.
 * Run after `tsc`, as `node dist/web/build-assets.js`.
 */
import { copyFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { argv } from 'node:process';
import { fileURLToPath } from 'node:url';
import { compile } from 'sass';
import { PATHS } from './paths.ts';

const FONT = '@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2';

/** Compiles the stylesheet; `quietDeps` leaves govuk-frontend's own deprecation notes to its authors. */
function compileStyles(): string {
  const { css } = compile(join(PATHS.views, 'layout/soundings.scss'), {
    style: 'compressed',
    quietDeps: true,
    loadPaths: [join(PATHS.root, 'node_modules/govuk-frontend/dist')],
  });
  return css;
}

/** Writes `dist/public` (served under `/assets`) and `dist/web/words`. Throws where a source file is missing. */
export function buildAssets(): void {
  mkdirSync(PATHS.builtAssets, { recursive: true });
  mkdirSync(PATHS.builtWords, { recursive: true });
  cpSync(PATHS.scripts, PATHS.builtAssets, { recursive: true });
  cpSync(PATHS.words, PATHS.builtWords, { recursive: true });
  copyFileSync(
    createRequire(import.meta.url).resolve(FONT),
    join(PATHS.builtAssets, 'atkinson-hyperlegible-next.woff2'),
  );
  writeFileSync(join(PATHS.builtAssets, 'soundings.css'), compileStyles());
}

if (argv[1] === fileURLToPath(import.meta.url)) buildAssets();
