/** Servers to measure, each a process of its own, as in real life. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { promisify } from 'node:util';

export interface Running {
  readonly url: string;
  /** Milliseconds from the process's start to its first answer. */
  readonly startMs: number;
  /** Its memory now, in MiB; undefined where the system does not say. */
  memory(): number | undefined;
  /** The processes that it started and that run now; none where the system does not say. */
  started(): readonly number[];
  stop(): Promise<void>;
}

/** A folder that is gone afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'soundings-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Starts `soundings` itself with a data folder of its own, as if behind a proxy. */
export function startSoundings(folder: string, args: readonly string[]): Promise<Running> {
  const [, main = ''] = process.argv;
  const settings = { DATA_DIR: folder, PORT: '0', HOST: '127.0.0.1', PROXIES: '1' };
  return start([main, ...args], settings, /running at (http:\S+)/);
}

/**
 * Runs a command of `soundings` to its end. @returns how long it took, and the most memory that it and the processes it
 * started took together, in MiB
 */
export function runSoundings(
  folder: string,
  args: readonly string[],
): Promise<{ seconds: number; memory: number | undefined }> {
  const [, main = ''] = process.argv;
  const began = performance.now();
  const child = spawn(process.execPath, [...process.execArgv, main, ...args], {
    env: settingsFor({ DATA_DIR: folder }),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let memory: number | undefined;
  const watch = setInterval(() => {
    const now = memoryTogether(child);
    if (now !== undefined) memory = Math.max(memory ?? 0, now);
  }, 200);
  let trouble = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    trouble = text;
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => {
      clearInterval(watch);
      if (code === 0) resolve({ seconds: (performance.now() - began) / 1000, memory });
      else reject(new Error(`soundings ${args.join(' ')} stopped with ${code}: ${trouble}`));
    });
  });
}

/** Runs a program of this folder to its end. @returns the number that it printed */
export async function askProgram(name: string, args: readonly string[]): Promise<number> {
  const [number = Number.NaN] = await askNumbers(name, args);
  return number;
}

/** Runs a program of this folder to its end. @returns the numbers that it printed, with spaces between them */
export async function askNumbers(name: string, args: readonly string[]): Promise<number[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [...process.execArgv, programNamed(name), ...args], {
    env: settingsFor({}),
  });
  return stdout.trim().split(' ').map(Number);
}

/** Starts the bare server, keeping its rows in the folder. */
export async function startBare(folder: string): Promise<Running> {
  return start([programNamed('bare'), join(folder, 'bare.sqlite')], {}, /^(\d+)$/m);
}

/** A program beside this file, compiled or not. */
function programNamed(name: string): string {
  return join(import.meta.dirname, `${name}${extname(import.meta.filename)}`);
}

function start(args: readonly string[], settings: Record<string, string>, ready: RegExp): Promise<Running> {
  const began = performance.now();
  const child = spawn(process.execPath, [...process.execArgv, ...args], {
    env: settingsFor(settings),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return new Promise((resolve, reject) => {
    let output = '';
    child.once('exit', (code) => reject(new Error(`the program to measure stopped with ${code}: ${output}`)));
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      const found = ready.exec(output)?.[1];
      if (found === undefined) return;
      child.removeAllListeners('exit');
      // What it says from now on is read and dropped.
      child.stdout.removeAllListeners('data').resume();
      const url = found.startsWith('http') ? found : `http://127.0.0.1:${found}`;
      resolve({
        url,
        startMs: performance.now() - began,
        memory: () => memoryTogether(child),
        started: () => startedBy(child),
        stop: () => stop(child),
      });
    });
  });
}

/** The settings of a program to measure and no others: a stray PUBLIC_URL would change what is measured. */
function settingsFor(settings: Record<string, string>): Record<string, string> {
  return { PATH: '/usr/bin:/bin', ...settings };
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

/**
 * The memory of a process and of those that it started, now, in MiB: what each has for itself, and once what comes from
 * files, which is the same program for all. Undefined where the system does not say.
 */
function memoryTogether(child: ChildProcess): number | undefined {
  const parts = [child.pid, ...startedBy(child)].map((id) => {
    const status = read(`/proc/${id}/status`);
    const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    return { own: kilobytes('RssAnon'), files: kilobytes('RssFile') };
  });
  const all = parts.reduce((sum, { own }) => sum + own, 0) + Math.max(...parts.map(({ files }) => files));
  return all > 0 ? Math.round(all / 1024) : undefined;
}

function startedBy({ pid }: ChildProcess): number[] {
  return read(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean).map(Number);
}

/** Empty where there is no such file, or no such process any more. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
