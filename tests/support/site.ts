import { existsSync, readdirSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Express } from 'express';
import pino from 'pino';
import { onTestFinished } from 'vitest';
import { createApp } from '../../src/app.ts';
import { buildAssets } from '../../src/web/build-assets.ts';
import type { Context } from '../../src/web/context.ts';
import { PATHS } from '../../src/web/paths.ts';
import { testDatabase } from './database.ts';

/** When a file, or the newest under a folder, was changed. */
function changed(path: string): number {
  const files = statSync(path).isDirectory() ? readdirSync(path, { recursive: true, encoding: 'utf8' }) : [''];
  return Math.max(...files.map((file) => statSync(join(path, file)).mtimeMs));
}

// A test shows the styles and scripts of the source, not of the last build.
const built = join(PATHS.builtAssets, 'soundings.css');
const sources = [PATHS.views, PATHS.scripts, PATHS.words, join(PATHS.root, 'src/web/build-assets.ts')];
if (!existsSync(built) || sources.some((path) => changed(path) > changed(built))) buildAssets();

/** Everything that was logged, one object a line. */
export type LogLines = Record<string, unknown>[];

/** The app's context on a fresh store in memory, at noon on 1 March 2027. `log` keeps its lines. */
export async function testContext(changes: Partial<Context> = {}): Promise<Context & { lines: LogLines }> {
  const lines: LogLines = [];
  const log = pino({ base: null }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return {
    db: await testDatabase(),
    settings: {},
    log,
    now: () => new Date('2027-03-01T12:00:00Z'),
    ...changes,
    lines,
  };
}

/** Serves an app on a free port of 127.0.0.1 until the test ends. Returns its address, without a slash at the end. */
export async function serve(app: Express): Promise<string> {
  const server = app.listen(0, '127.0.0.1');
  // Work in this process can hold it up for longer than a connection is kept open by itself.
  server.keepAliveTimeout = 120_000;
  await new Promise((done) => server.once('listening', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  // A server listening on TCP has an AddressInfo.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The whole site on a fresh store, listening until the test ends. */
export async function openSite(changes: Partial<Context> = {}): Promise<{ url: string; context: Context }> {
  const context = await testContext(changes);
  return { url: await serve(createApp(context)), context };
}
