/** The server starts where it should, refuses where it should not (D4), and stops without cutting anybody off (D6). */
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openAnswers } from '../../src/db/open.ts';
import { type Child, nextLine, startChild } from '../support/child.ts';
import { testFolder } from '../support/folder.ts';
import { runCommand } from '../support/run-command.ts';

const SURVEY = new URL('../surveys/engine/shown-by-stage.json', import.meta.url).pathname;
const PUBLIC_URL = 'https://surveys.example.org';
const FREE_PORT = '0';
const FORM = 'application/x-www-form-urlencoded';

/** A data folder as `init` and `publish` leave it. */
async function readyFolder(): Promise<string> {
  const folder = testFolder();
  await runCommand(['init'], folder);
  const { exit } = await runCommand(['publish', SURVEY], folder);
  expect(exit).toBe(0);
  return folder;
}

function startServer(folder: string, ...flags: string[]): Child {
  const settings = { DATA_DIR: folder, PORT: FREE_PORT, HOST: '127.0.0.1', PUBLIC_URL };
  return startChild('../../dist/main.js', ['serve', ...flags], { env: settings });
}

/** Waits for the server. @returns its address */
async function addressOf(server: Child): Promise<string> {
  const line = await nextLine(server);
  expect(line).toMatch(/^Soundings is running at http:\/\/127\.0\.0\.1:\d+$/);
  return line.replace(/^.* at /, '');
}

async function openSocket(address: string): Promise<{ socket: Socket; received: () => string }> {
  const socket = connect(Number(new URL(address).port), '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
  });
  // A server that is killed resets its connections.
  socket.on('error', () => {});
  await once(socket, 'connect');
  return { socket, received: () => text };
}

/** A post whose second half is still to come; the server has it in hand. */
async function beginPost(address: string): Promise<Awaited<ReturnType<typeof openSocket>>> {
  const slow = await openSocket(address);
  const headers = ['Host: x', 'Expect: 100-continue', 'Content-Length: 6', `Content-Type: ${FORM}`].join('\r\n');
  slow.socket.write(`POST /surveys/shown-by-stage/start HTTP/1.1\r\n${headers}\r\n\r\nA1=`);
  await expect.poll(slow.received).toContain('100 Continue');
  return slow;
}

const isGone = (address: string): Promise<boolean> =>
  fetch(`${address}/health`).then(
    () => false,
    () => true,
  );

describe('what it says when it is ready', () => {
  const saidWith = async (publicUrl: string) => {
    const settings = { DATA_DIR: await readyFolder(), PORT: FREE_PORT, HOST: '127.0.0.1', PUBLIC_URL: publicUrl };
    const server = startChild('../../dist/main.js', ['serve'], { env: settings });
    let said = '';
    server.process.stdout?.on('data', (text: string | Buffer) => {
      said += text;
    });
    await expect.poll(() => said, { timeout: 20_000 }).toMatch(/running at[^\n]*\nPeople reach it at[^\n]*\n/);
    server.process.kill('SIGTERM');
    return { line: said.trim().split('\n')[1], errors: (await server.ended).errors };
  };

  test('is where people reach it', async () => {
    const { line, errors } = await saidWith(PUBLIC_URL);
    expect(line).toBe(`People reach it at ${PUBLIC_URL}/`);
    expect(errors).toBe('');
  });

  test('and that answers travel in the open where that is not https', async () => {
    expect((await saidWith('http://surveys.example.org')).errors).toContain('PUBLIC_URL is not https');
    expect((await saidWith('http://localhost:3000')).errors).toBe('');
  });
});

describe('a start is refused in one sentence', () => {
  test.each<[what: string, settings: Record<string, string>, sentence: RegExp]>([
    ['no PUBLIC_URL', { PUBLIC_URL: '' }, /^The setting PUBLIC_URL is missing: set it to the address .*\n$/],
    ['a wrong setting', { PORT: 'eighty' }, /^The setting PORT must be a number\.\n$/],
    [
      'a setting of a later version',
      { DATABASE_URL: 'postgres://db/x' },
      /^The setting DATABASE_URL must be left out.*\n$/,
    ],
    [
      'no data folder',
      { DATA_DIR: '/not/there' },
      /^The folder .* does not exist: run "npx soundings init" to make it.*\n$/,
    ],
    [
      'no store',
      {},
      /^.*answers\.sqlite does not exist: run "npx soundings init" to make it, or restore a backup\.\n$/,
    ],
  ])('%s', async (_, settings, sentence) => {
    const folder = testFolder();
    const ran = await runCommand(['serve'], { DATA_DIR: folder, PUBLIC_URL, ...settings });
    expect([ran.exit, ran.out]).toEqual([1, '']);
    expect(ran.err).toMatch(sentence);
    expect([readdirSync(folder), existsSync('/not')]).toEqual([[], false]);
  });

  test('a survey that holds made-up answers, where real people would answer', async () => {
    const folder = await readyFolder();
    await runCommand(['simulate', SURVEY, '--n', '9', '--store'], folder);
    const ran = await runCommand(['serve'], { DATA_DIR: folder, PUBLIC_URL, PORT: FREE_PORT });
    expect([ran.exit, ran.out]).toEqual([1, '']);
    expect(ran.err).toMatch(/^The survey shown-by-stage holds made-up answers, so real ones must not be added\. .*\n$/);
    expect(readdirSync(folder).sort()).toEqual(['answers.sqlite', 'contacts.sqlite', 'server.lock']);
  });

  test('a trial whose folder cannot be made', async () => {
    const file = join(testFolder(), 'file');
    writeFileSync(file, 'words');
    const ran = await runCommand(['serve', '--trial'], join(file, 'data'));
    expect(ran).toMatchObject({ exit: 1, out: '' });
    expect(ran.err).toMatch(/^The folder .* cannot be made: .* is a file, not a folder\. Set DATA_DIR to another\.\n$/);
  });

  test('a host that this machine does not have', async () => {
    const settings = { DATA_DIR: await readyFolder(), PUBLIC_URL, PORT: FREE_PORT, HOST: '192.0.2.1' };
    const ran = await runCommand(['serve'], settings);
    expect(ran).toEqual({
      exit: 1,
      out: '',
      err: 'Cannot listen on 192.0.2.1, port 0: this machine does not have that address. Set PORT or HOST to something else.\n',
    });
  });
});

test('a port in use is told, and the refused server leaves nothing behind that holds it up', async () => {
  const folder = await readyFolder();
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const address = other.address();
  const port = String(typeof address === 'object' ? address?.port : address);
  const server = startChild('../../dist/main.js', ['serve'], {
    env: { DATA_DIR: folder, PUBLIC_URL, HOST: '127.0.0.1', PORT: port },
  });
  expect(await server.ended).toEqual({
    code: 1,
    errors: `Cannot listen on 127.0.0.1, port ${port}: another program is using it. Set PORT or HOST to something else.\n`,
  });
  expect(readdirSync(folder).sort()).toEqual(['answers.sqlite', 'contacts.sqlite', 'server.lock']);
});

describe('a running server', () => {
  test('answers, keeps a second one out, and lets commands work beside it', async () => {
    const folder = await readyFolder();
    const server = startServer(folder);
    const address = await addressOf(server);
    expect(await (await fetch(`${address}/health`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(address)).text()).not.toContain('made up');

    const second = await runCommand(['serve'], { DATA_DIR: folder, PUBLIC_URL, PORT: FREE_PORT });
    expect(second).toEqual({
      exit: 1,
      out: '',
      err: `A Soundings server is already running on ${folder}: stop it first, or set another DATA_DIR for this one.\n`,
    });

    await runCommand(['fieldwork', 'shown-by-stage', '--close'], folder);
    const closed = await fetch(`${address}/surveys/shown-by-stage/start`, { method: 'POST', redirect: 'manual' });
    expect(closed.status).toBe(410);
  });

  test('is not disturbed by a survey file that is wrong', async () => {
    const folder = await readyFolder();
    const server = startServer(folder);
    const address = await addressOf(server);
    const wrong = join(folder, 'wrong.json');
    for (const text of ['', '{', '[]', '{"survey":"shown-by-stage"}', '\0\0\0']) {
      writeFileSync(wrong, text);
      expect((await runCommand(['publish', wrong], folder)).exit).toBe(1);
    }
    const pages = ['/', '/surveys/shown-by-stage', '/health'].map(async (path) => (await fetch(address + path)).status);
    expect(await Promise.all(pages)).toEqual([200, 200, 200]);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('finishes on %s what is in flight, and leaves no log', async (signal) => {
    const folder = await readyFolder();
    const server = startServer(folder);
    const address = await addressOf(server);
    const unused = await openSocket(address);
    const idle = await openSocket(address);
    idle.socket.write('GET /health HTTP/1.1\r\nHost: x\r\n\r\n');
    const slow = await beginPost(address);
    await expect.poll(idle.received).toContain('{"status":"ok"}');
    expect(existsSync(join(folder, 'answers.sqlite-wal'))).toBe(true);

    const leaving = [idle, unused].map(({ socket }) => once(socket, 'close'));
    server.process.kill(signal);
    await Promise.all(leaving);
    // The server is stopping by now, and takes nobody new.
    expect(await isGone(address)).toBe(true);
    slow.socket.write('yes');
    await once(slow.socket, 'close');
    expect(slow.received()).toContain('HTTP/1.1 303 See Other\r\n');

    expect((await server.ended).code).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['answers.sqlite', 'contacts.sqlite', 'server.lock']);
    const { db, close } = await openAnswers(join(folder, 'answers.sqlite'), { mustExist: true });
    expect(await db.selectFrom('drafts').select('answers').execute()).toEqual([{ answers: '{"A1":"yes"}' }]);
    await close();
  });

  test('does not wait when it is asked a second time', async () => {
    const server = startServer(await readyFolder());
    const address = await addressOf(server);
    await beginPost(address);
    server.process.kill('SIGINT');
    await expect.poll(() => isGone(address)).toBe(true);
    expect(server.process.exitCode).toBe(null);
    server.process.kill('SIGINT');
    expect((await server.ended).code).toBe(null);
  });
});

test('a local trial makes its folder, says so, and says on the page that its data are made up', async () => {
  const folder = join(testFolder(), 'deep', 'data');
  const server = startChild('../../dist/main.js', ['serve', '--trial'], {
    env: { DATA_DIR: folder, PORT: FREE_PORT, HOST: '127.0.0.1', PUBLIC_URL: '' },
  });
  const lines: string[] = [];
  for await (const line of server.lines) {
    lines.push(line);
    if (line.includes(folder)) break;
  }
  expect(lines.at(-1)).toBe(
    `A trial with synthetic data: nothing here was answered by a real organisation. Its data are in ${folder}.`,
  );
  const address = /http:\S+/.exec(lines.join('\n'))?.[0] ?? '';
  const page = await (await fetch(address)).text();
  expect(page).toContain('/surveys/ai-adoption');
  expect(page).toMatch(/synthetic/i);
  const { out } = await runCommand(['fieldwork', 'ai-adoption', '--json'], folder);
  expect(JSON.parse(out)).toMatchObject({ survey: 'ai-adoption', status: 'open', responses: 92 });
});
