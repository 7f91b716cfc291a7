import type { Command } from 'commander';
import { pino } from 'pino';
import { routesOf } from '../app.ts';
import { openAnswers } from '../db/open.ts';
import { command, print, printJson } from './support.ts';

/** `soundings routes`: every door of the site and who it is for. */
export function routesCommand(): Command {
  return command('routes', 'List every address of the site and who may use it')
    .option('--json', 'as JSON, for scripts')
    .action(async (options: { json?: true }) => {
      const store = await openAnswers(':memory:');
      const context = { db: store.db, settings: {}, log: pino({ enabled: false }), now: () => new Date() };
      const routes = routesOf(context).map(({ method, path, who }) => ({ method, path, who }));
      await store.close();
      if (options.json) return printJson(routes);
      for (const { method, path, who } of routes) print(`${method.toUpperCase().padEnd(5)} ${path.padEnd(36)} ${who}`);
    });
}
