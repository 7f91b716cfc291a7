import type { Command } from 'commander';
import type { Kysely } from 'kysely';
import { pino } from 'pino';
import { createApp, routesOf } from '../app.ts';
import { readSettings, type Settings } from '../config.ts';
import { checkFile, checkFolder } from '../db/access.ts';
import type { ContactsTables } from '../db/contacts-tables.ts';
import { lockDataFolder } from '../db/lock.ts';
import type { AnswersTables } from '../db/tables.ts';
import { listSurveys } from '../fieldwork/store.ts';
import { holdsSimulated } from '../responses/store.ts';
import { openWorkshop } from './release/workshop.ts';
import { checkSecret, trialSecret } from './secret.ts';
import { keepHouse, keepSignUps } from './serve/housekeeping.ts';
import { sendMail } from './serve/mail-sender.ts';
import { listen } from './serve/server.ts';
import { fillTrial, openTrialAccount } from './serve/trial.ts';
import { fillTrialEvents } from './serve/trial-events.ts';
import { CommandFailed, command, makeFolder, note, openContactsStore, openStore, PROGRAM, print } from './support.ts';
import { pictureDrawer } from './threads/drawer.ts';
import { fileWorker } from './threads/file-worker.ts';
import { networkAsker } from './threads/network-asker.ts';

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
  checkFile(settings.contactsPath, !trial);
  const lock = await lockDataFolder(settings.dataDir);
  try {
    const answers = await openStore(settings.answersPath, { mustExist: !trial });
    try {
      const contacts = await openContactsStore(settings.contactsPath, { mustExist: !trial });
      try {
        await serveStores(answers.db, contacts.db, settings, trial);
      } finally {
        await contacts.close();
      }
    } finally {
      await answers.close();
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
async function serveStores(
  db: Kysely<AnswersTables>,
  contacts: Kysely<ContactsTables>,
  settings: Settings,
  trial: boolean,
): Promise<void> {
  const now = () => new Date();
  const secret = trial ? trialSecret(settings) : settings.secret;
  await checkSecret(db, secret);
  if (trial) {
    await fillTrial(db, settings.releasesPath, now());
    await fillTrialEvents(contacts, now());
  } else await refuseMadeUp(db);
  const log = pino({ base: null, level: 'info' }, pino.destination({ dest: 2, sync: true }));
  const workshop = await openWorkshop({ db, log, now }, settings);
  // Where it listens is known once it does.
  let address = settings.publicUrl?.href ?? '';
  const common = {
    settings: {
      publicUrl: settings.publicUrl,
      trial,
      releasesPath: settings.releasesPath,
      secret,
      proxies: settings.proxies,
      sendsMail: settings.smtpUrl !== undefined,
    },
    log,
    now,
    site: () => new URL(address),
  };
  const askNetwork = networkAsker({ answersPath: settings.answersPath, releasesPath: settings.releasesPath });
  const context = {
    ...common,
    db,
    askNetwork,
    drawPicture: pictureDrawer(),
    workOnFile: fileWorker(),
    releaseWork: workshop.releaseWork,
  };
  const { site } = common;
  const server = await listen(createApp(context, routesOf(context, { ...common, contacts })), settings);
  // From here on a signal is waited for: whoever reads the next line may send one at once.
  const stopped = stopSignal();
  const local = `http://${reachedAt(settings.host)}:${server.port}`;
  address ||= local;
  print(`Soundings is running at ${local}`);
  if (settings.publicUrl) {
    print(`People reach it at ${settings.publicUrl.href}`);
    if (settings.publicUrl.protocol === 'http:' && !isLoopback(settings.publicUrl)) {
      note('PUBLIC_URL is not https: answers and codes travel in the open, and anybody on the way can read them.');
    }
  }
  if (trial) {
    for (const line of await openTrialAccount(db, trialSecret(settings), local, now())) print(line);
    print(
      `A trial with synthetic data: nothing here was answered by a real organisation. Its data are in ${settings.dataDir}.`,
    );
  }
  const failed = (what: string) => (error: Error) => log.error({ kind: error.name }, `${what} failed`);
  const stops = [
    keepHouse(db, now, failed('housekeeping')),
    keepSignUps(contacts, () => ({ now: now(), site: site() }), failed('keeping sign-ups')),
  ];
  const { smtpUrl, mailFrom } = settings;
  if (smtpUrl) {
    const from = mailFrom ?? `no-reply@${site().hostname}`;
    stops.push(sendMail(contacts, { smtpUrl, from, site }, now, failed('sending mail')));
  }
  await stopped;
  await Promise.all([server.stop(), workshop.close(), ...stops.map((stop) => stop())]);
}

/** How this machine reaches a server that listens there. One that listens everywhere is nowhere by that name. */
function reachedAt(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
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
