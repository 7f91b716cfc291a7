/**
 * Builds what the TypeScript compiler does not: the stylesheet, the font, the scripts and the interface's words.
 * Run after `tsc`, as `node dist/web/build-assets.js`.
 */
import { copyFileSync, cpSync, mkdirSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { argv, pid } from 'node:process';
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
  // Written aside and renamed: whoever reads it meanwhile gets the old one or the new one, whole.
  const styles = join(PATHS.builtAssets, 'soundings.css');
  writeFileSync(`${styles}.${pid}`, compileStyles());
  renameSync(`${styles}.${pid}`, styles);
}

if (argv[1] !== undefined && realpathSync(argv[1]) === fileURLToPath(import.meta.url)) buildAssets();
