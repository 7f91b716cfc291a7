import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Much of the time is spent waiting for a browser or another program: every core can take a file.
    maxWorkers: '100%',
    // A browser, a compiler and a power cut take their time on a small machine; no test measures it.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
