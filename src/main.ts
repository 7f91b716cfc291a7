#!/usr/bin/env node
/** The command line's door. */
import { run } from './commands/program.ts';

// Whoever reads only the head of a list has seen enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const code = await run(process.argv.slice(2));
// A command that did its work and found fault has set the code itself.
if (code !== 0) process.exitCode = code;
