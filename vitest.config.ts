import { join } from 'node:path';
import { defineConfig, type Plugin } from 'vitest/config';

const SRC = join(import.meta.dirname, 'src/');
const DIST = join(import.meta.dirname, 'dist/');

/**
 * The tests name the sources, and get what is compiled of them: the program as it is shipped, with its threads. Node loads
 * it itself; the sources would be translated anew for each file of tests.
 */
const compiled: Plugin = {
  name: 'compiled',
  enforce: 'pre',
  async resolveId(name, importer) {
    if (!name.startsWith('.')) return undefined;
    const found = await this.resolve(name, importer, { skipSelf: true });
    if (!found?.id.startsWith(SRC) || !found.id.endsWith('.ts')) return found;
    return { id: `${DIST}${found.id.slice(SRC.length, -'.ts'.length)}.js`, external: true };
  },
};

export default defineConfig({
  plugins: [compiled],
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/support/build.ts',
    // What is compiled is not translated once more, as Vitest would whatever a plugin says.
    server: { deps: { external: [/\/dist\//] } },
    // Much of the time is spent waiting for a browser or another program: every core can take a file.
    maxWorkers: '100%',
    // A browser, a compiler and a power cut take their time on a small machine; no test measures it.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
