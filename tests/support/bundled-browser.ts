/** The browser that comes through npm, with the libraries that a machine without desktop programs lacks. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where a browser lies, and the environment it needs. */
export interface Program {
  readonly executablePath: string;
  readonly env: Record<string, string>;
}

const PACKAGE = '@sparticuz/chromium';

/**
 * Unpacks the browser once a machine. The package itself would unpack into one shared place, where a second test file
 * would start a browser that is half there; so it works aside, and what it made is moved into its place whole.
 */
export function unpackBrowser(): Program {
  const folder = join(tmpdir(), `soundings-browser-${version()}`);
  if (!existsSync(folder)) {
    const aside = mkdtempSync(`${folder}-`);
    const unpack = `import('${PACKAGE}').then(({ default: chromium }) => chromium.executablePath())`;
    // It brings its libraries along only where it believes itself to be in the cloud that it was made for.
    const env = { ...process.env, TMPDIR: aside, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs22.x' };
    execFileSync(process.execPath, ['--input-type=module', '-e', unpack], { cwd: import.meta.dirname, env });
    try {
      renameSync(aside, folder);
    } catch (error) {
      rmSync(aside, { recursive: true });
      // Another test file was faster.
      if (!existsSync(folder)) throw error;
    }
  }
  return {
    executablePath: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_PATH: join(folder, 'fonts') },
  };
}

function version(): string {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')).devDependencies[PACKAGE];
}
