/**
 * Loaded before the program, and in each process that it starts: ends all of them at once, as a crash does, around a
 * change to a release's file. `KILLED_AT` is `linked` (the file has just got its place) or `recorded` (the ledger has it,
 * and what was written aside is to go).
 */
const fs = require('node:fs');
const { syncBuiltinESMExports } = require('node:module');

const die = () => {
  // Whoever has a channel was started by the program: what is loaded first was started by the test.
  if (process.send) process.kill(process.ppid, 'SIGKILL');
  process.kill(process.pid, 'SIGKILL');
};
const { linkSync, rmSync } = fs;

if (process.env.KILLED_AT === 'linked') {
  fs.linkSync = (from, to) => {
    linkSync(from, to);
    if (to.endsWith('.zip')) die();
  };
}
if (process.env.KILLED_AT === 'recorded') {
  fs.rmSync = (path, options) => {
    if (path.endsWith('.part')) die();
    rmSync(path, options);
  };
}
syncBuiltinESMExports();
