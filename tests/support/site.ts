import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import pino from 'pino';
import { onTestFinished } from 'vitest';
import { createApp } from '../../src/app.ts';
import type { Context } from '../../src/web/context.ts';
import { testDatabase } from './database.ts';

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
