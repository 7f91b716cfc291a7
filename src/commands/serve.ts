import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Command } from 'commander';
import type { Kysely } from 'kysely';
import { pino } from 'pino';
import { createApp } from '../app.ts';
import { readSettings, type Settings } from '../config.ts';
import { lockDataFolder } from '../db/lock.ts';
import { openAnswers } from '../db/open.ts';
import type { AnswersTables } from '../db/tables.ts';
import { eraseTraces } from '../db/traces.ts';
import { expireDrafts } from '../responses/store.ts';
import { weekOf } from '../responses/week.ts';
import { CommandFailed, command, print } from './support.ts';
import { fillTrial } from './trial.ts';

const DAY = 86_400_000;

/** `soundings serve`: the site. */
export function serveCommand(): Command {
  return command('serve', 'Run the site until it is told to stop (Ctrl-C or SIGTERM).')
    .option(
      '--trial',
      'a local trial: makes its data folder and fills it with the AI adoption survey and made-up answers',
    )
    .action((options: { trial?: true }) => serve(readSettings(), options.trial ?? false));
}

async function serve(settings: Settings, trial: boolean): Promise<void> {
  if (!trial && settings.publicUrl === undefined) {
    throw new CommandFailed(
      'The setting PUBLIC_URL is missing: set it to the address where people reach the site, such as https://surveys.example.org. To try Soundings out, use: soundings serve --trial',
    );
  }
  if (trial) mkdirSync(settings.dataDir, { recursive: true, mode: 0o700 });
  const lock = await lockDataFolder(settings.dataDir);
  const store = await openAnswers(settings.answersPath, { mustExist: !trial });
  const now = () => new Date();
  if (trial) await fillTrial(store.db, now());
  const log = pino({ level: 'info' }, pino.destination({ dest: 2, sync: true }));
  const app = createApp({ db: store.db, settings: { publicUrl: settings.publicUrl, trial }, log, now });
  const server = createServer(app);
  const stopHousekeeping = keepHouse(store.db, now, (error) => log.error({ kind: error.name }, 'housekeeping failed'));
  await listen(server, settings);
  const { port } = server.address() as AddressInfo;
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  print(`Soundings is running at http://${host}:${port}`);
  if (trial) {
    print(
      `A trial with synthetic data: nothing here was answered by a real organisation. Its data are in ${settings.dataDir}.`,
    );
  }
  await stopSignal();
  stopHousekeeping();
  await close(server);
  await store.close();
  lock.release();
}

function listen(server: Server, { port, host }: Settings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EADDRINUSE' ? 'another program is using it' : error.message;
      reject(new CommandFailed(`Cannot listen on ${host}:${port}: ${reason}. Set PORT or HOST to something else.`));
    });
    server.listen(port, host, resolve);
  });
}

/** Whoever asks to stop waits for what is in flight; asking twice does not wait. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}

/** Takes no new requests, finishes those that came, and lets go of connections that only wait. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

/** Deletes drafts past their week, at start and each day, so that what was not sent does not stay. @returns what stops it */
function keepHouse(db: Kysely<AnswersTables>, now: () => Date, failed: (error: Error) => void): () => void {
  const round = async () => {
    if ((await expireDrafts(db, weekOf(now()))) > 0) await eraseTraces(db);
  };
  const start = () => void round().catch(failed);
  start();
  const timer = setInterval(start, DAY);
  timer.unref();
  return () => clearInterval(timer);
}
