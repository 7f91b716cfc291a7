/** Every command, in the order of the work and as `--help` shows them. */
import type { Command } from 'commander';
import { accountCommand } from './account.ts';
import { anonymiseCommand } from './anonymise.ts';
import { benchCommand } from './bench.ts';
import { checkCommand } from './check.ts';
import { fieldworkCommand } from './fieldwork.ts';
import { importCommand } from './import.ts';
import { initCommand } from './init.ts';
import { pathsCommand } from './paths.ts';
import { publishCommand } from './publish.ts';
import { releaseCommand } from './release.ts';
import { resultsCommand } from './results.ts';
import { routesCommand } from './routes.ts';
import { serveCommand } from './serve.ts';
import { simulateCommand } from './simulate.ts';

export const COMMANDS: Readonly<Record<string, readonly (() => Command)[]>> = {
  Start: [initCommand, serveCommand],
  Prepare: [checkCommand, pathsCommand, simulateCommand, publishCommand],
  Collect: [fieldworkCommand, importCommand],
  Results: [resultsCommand, releaseCommand, anonymiseCommand],
  'Look after': [accountCommand, routesCommand, benchCommand],
};
