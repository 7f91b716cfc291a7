import type { Command } from 'commander';
import type { Kysely } from 'kysely';
import { pino } from 'pino';
import { createApp } from '../app.ts';
import { readSettings, type Settings } from '../config.ts';
import { checkFile, checkFolder } from '../db/access.ts';
import { lockDataFolder } from '../db/lock.ts';
import type { AnswersTables } from '../db/tables.ts';
import { listSurveys } from '../fieldwork/store.ts';
import { holdsSimulated } from '../responses/store.ts';
import { keepHouse } from './housekeeping.ts';
import { networkAsker } from './network-asker.ts';
import { pictureDrawer } from './picture/drawer.ts';
import { openWorkshop } from './release/workshop.ts';
import { checkSecret, trialSecret } from './secret.ts';
import { listen } from './server.ts';
import { CommandFailed, command, makeFolder, note, openStore, PROGRAM, print } from './support.ts';
import { fillTrial, openTrialAccount } from './trial.ts';

/** `soundings serve`: the site. */
export function serveCommand(): Command {
  return command(
    'serve',
    'Run the site',
    'It runs until it is told to stop (Ctrl-C or SIGTERM), and then finishes what is in flight.',
  )
    .option(
      '--trial',
      'a local trial: makes its data folder and fills it with the AI adoption survey and made-up answers',
    )
    .action((options: { trial?: true }) => serve(readSettings(), options.trial ?? false));
}

async function serve(settings: Settings, trial: boolean): Promise<void> {
  if (trial) {
    makeFolder(settings.dataDir);
  } else if (settings.publicUrl === undefined) {
    throw new CommandFailed(
      `The setting PUBLIC_URL is missing: set it to the address where people reach the site, such as https://surveys.example.org. To try Soundings out, use: ${PROGRAM} serve --trial`,
    );
  }
  // Before the lock, which would leave its file in a folder that is none of ours.
  checkFolder(settings.dataDir);
  checkFile(settings.answersPath, !trial);
  const lock = await lockDataFolder(settings.dataDir);
  try {
    const store = await openStore(settings.answersPath, { mustExist: !trial });
    try {
      await serveStore(store.db, settings, trial);
    } finally {
      await store.close();
    }
  } finally {
    lock.release();
  }
}

/** Real people must not answer beside made-up answers: neither could be told from the other afterwards. */
async function refuseMadeUp(db: Kysely<AnswersTables>): Promise<void> {
  for (const { survey } of await listSurveys(db)) {
    if (!(await holdsSimulated(db, survey.file.survey))) continue;
    throw new CommandFailed(
      `The survey ${survey.file.survey} holds made-up answers, so real ones must not be added. To look at it, use: ${PROGRAM} serve --trial. For the real thing, set DATA_DIR to a new folder and run: ${PROGRAM} init`,
    );
  }
}

/** Serves until a signal says stop. */
async function serveStore(db: Kysely<AnswersTables>, settings: Settings, trial: boolean): Promise<void> {
  const now = () => new Date();
  const secret = trial ? trialSecret(settings) : settings.secret;
  await checkSecret(db, secret);
  if (trial) await fillTrial(db, settings.releasesPath, now());
  else await refuseMadeUp(db);
  const log = pino({ base: null, level: 'info' }, pino.destination({ dest: 2, sync: true }));
  const workshop = await openWorkshop({ db, log, now }, settings);
  const app = createApp({
    db,
    settings: {
      publicUrl: settings.publicUrl,
      trial,
      releasesPath: settings.releasesPath,
      secret,
      proxies: settings.proxies,
    },
    askNetwork: networkAsker({ answersPath: settings.answersPath, releasesPath: settings.releasesPath }),
    drawPicture: pictureDrawer(),
    releaseWork: workshop.releaseWork,
    log,
    now,
  });
  const server = await listen(app, settings);
  // From here on a signal is waited for: whoever reads the next line may send one at once.
  const stopped = stopSignal();
  const host = settings.host.includes(':') ? `[${settings.host}]` : settings.host;
  const address = `http://${host}:${server.port}`;
  print(`Soundings is running at ${address}`);
  if (settings.publicUrl) {
    print(`People reach it at ${settings.publicUrl.href}`);
    if (settings.publicUrl.protocol === 'http:' && !isLoopback(settings.publicUrl)) {
      note('PUBLIC_URL is not https: answers and codes travel in the open, and anybody on the way can read them.');
    }
  }
  if (trial) {
    for (const line of await openTrialAccount(db, trialSecret(settings), address, now())) print(line);
    print(
      `A trial with synthetic data: nothing here was answered by a real organisation. Its data are in ${settings.dataDir}.`,
    );
  }
  const stopHousekeeping = keepHouse(db, now, (error) => log.error({ kind: error.name }, 'housekeeping failed'));
  await stopped;
  await Promise.all([server.stop(), stopHousekeeping(), workshop.close()]);
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
}

/** Whoever asks to stop waits for what is in flight; asking twice does not wait. */
function stopSignal(): Promise<void> {
  const signals = ['SIGTERM', 'SIGINT'] as const;
  return new Promise((resolve) => {
    const stop = () => {
      for (const signal of signals) process.off(signal, stop);
      resolve();
    };
    for (const signal of signals) process.on(signal, stop);
  });
}
