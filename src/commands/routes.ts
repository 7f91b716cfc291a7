import type { Command } from 'commander';
import { pino } from 'pino';
import { routesOf } from '../app.ts';
import { openAnswers, openContacts } from '../db/open.ts';
import { command, print, printJson } from './support.ts';

/** `soundings routes`: every door of the site and who it is for. */
export function routesCommand(): Command {
  return command('routes', 'List every address of the site and who may use it')
    .option('--json', 'as JSON, for scripts')
    .action(async (options: { json?: true }) => {
      const [answers, contacts] = [await openAnswers(':memory:'), await openContacts(':memory:')];
      const common = { settings: {}, log: pino({ enabled: false }), now: () => new Date() };
      const signUps = { ...common, contacts: contacts.db, site: () => new URL('http://localhost') };
      const routes = routesOf({ ...common, db: answers.db }, signUps).map(({ method, path, who }) => ({
        method,
        path,
        who,
      }));
      await Promise.all([answers.close(), contacts.close()]);
      if (options.json) return printJson(routes);
      for (const { method, path, who } of routes) print(`${method.toUpperCase().padEnd(5)} ${path.padEnd(36)} ${who}`);
    });
}
