import type { Command } from 'commander';
import { readSettings } from '../config.ts';
import { command, makeFolder, openContactsStore, openStore, PROGRAM, print } from './support.ts';

/** `soundings init`: makes the data folder and the two empty stores in it, once. */
export function initCommand(): Command {
  return command(
    'init',
    'Make the data folder and two empty stores in it',
    'One is for answers, one for who signs up. The folder is the one that the setting DATA_DIR names. Does no harm the second time.',
  ).action(async () => {
    const { dataDir, answersPath, contactsPath } = readSettings();
    makeFolder(dataDir);
    await (await openStore(answersPath)).close();
    await (await openContactsStore(contactsPath)).close();
    print(`The stores are ready in ${dataDir}.`);
    print(`Next: ${PROGRAM} publish FILE, which checks a questionnaire and makes it live.`);
    print(
      `For staff: ${PROGRAM} account add EMAIL --name NAME --admin, with SECRET set; the first admin invites the others.`,
    );
    print(`Then: ${PROGRAM} serve, with PUBLIC_URL set to the address where people will reach the site.`);
  });
}
