/** Every command, in the order of the work and as `--help` shows them; each is loaded only where it is wanted. */
import type { Command } from 'commander';

type Load = () => Promise<() => Command>;

export const COMMANDS: Readonly<Record<string, Readonly<Record<string, Load>>>> = {
  Start: {
    init: async () => (await import('./init.ts')).initCommand,
    serve: async () => (await import('./serve.ts')).serveCommand,
  },
  Prepare: {
    check: async () => (await import('./check.ts')).checkCommand,
    paths: async () => (await import('./paths.ts')).pathsCommand,
    simulate: async () => (await import('./simulate.ts')).simulateCommand,
    publish: async () => (await import('./publish.ts')).publishCommand,
  },
  Collect: {
    fieldwork: async () => (await import('./fieldwork.ts')).fieldworkCommand,
    import: async () => (await import('./import.ts')).importCommand,
  },
  Results: {
    results: async () => (await import('./results.ts')).resultsCommand,
    release: async () => (await import('./release.ts')).releaseCommand,
    anonymise: async () => (await import('./anonymise.ts')).anonymiseCommand,
  },
  'Look after': {
    account: async () => (await import('./account.ts')).accountCommand,
    routes: async () => (await import('./routes.ts')).routesCommand,
    bench: async () => (await import('./bench.ts')).benchCommand,
  },
};
