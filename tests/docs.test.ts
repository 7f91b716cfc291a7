/** The documents say what is so: a setting, command, script, file or link that is not there fails here. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { programOf } from '../src/commands/program.ts';
import { readSettings } from '../src/config.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

/** Every document of the project, with its text. */
const DOCUMENTS = ['.', 'docs', 'docs/decisions', 'src', 'surveys', 'surveys/ai-adoption'].flatMap((folder) =>
  readdirSync(join(ROOT, folder))
    .filter((file) => file.endsWith('.md'))
    .map((file): [name: string, text: string] => [join(folder, file), read(join(folder, file))]),
);
const README = read('README.md');
const PACKAGE: { version: string; scripts: Record<string, string> } = JSON.parse(read('package.json'));

/** The first cells of a table's rows, without their code marks. */
function firstColumn(text: string, heading: string): string[] {
  const [, table = ''] = text.split(new RegExp(`^\\| ${heading} \\|.*\\n\\| [-| ]+\\|\\n`, 'm'));
  const [rows = ''] = table.split(/\n(?!\|)/);
  return rows.split('\n').map((row) => row.split('|')[1]?.trim() ?? '');
}

const codeIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);

describe('README', () => {
  test('tells of every setting, and of no other', () => {
    const settings = [...read('src/config.ts').matchAll(/^ {4}([A-Z_]+): z/gm)].map(([, name]) => name);
    expect(settings.length).toBeGreaterThan(5);
    expect(firstColumn(README, 'setting').flatMap(codeIn).sort()).toEqual(settings.sort());
  });

  test('tells the defaults', () => {
    const { port, host } = readSettings({});
    expect(README).toContain(`| \`PORT\` | \`${port}\` |`);
    expect(README).toContain(`| \`HOST\` | \`${host}\` |`);
    expect(readSettings({ DATA_DIR: './data' })).toEqual(readSettings({}));
    expect(README).toContain('| `DATA_DIR` | `./data` |');
  });

  test('tells of every command, and of no other', async () => {
    const told = firstColumn(README, 'command').map((cell) => codeIn(cell)[0]?.split(' ')[2]);
    const commands = (await programOf()).commands.map((command) => command.name());
    expect(told.sort()).toEqual(commands.sort());
  });

  test('lists the commands in the order of the help', async () => {
    const told = firstColumn(README, 'command').map((cell) => codeIn(cell)[0]?.split(' ')[2]);
    expect(told).toEqual((await programOf()).commands.map((command) => command.name()));
  });

  test('shows pages that are there, are small, and are told in words too', () => {
    const images = [...README.matchAll(/<img src="([^"]+)"[^>]* alt="([^"]*)"/g)];
    expect(images.length).toBe(README.match(/<img\b|!\[/g)?.length);
    for (const [, path = '', words = ''] of images) {
      expect.soft(statSync(join(ROOT, path)).size, path).toBeLessThan(60_000);
      expect.soft(words, path).toMatch(/made up|synthetic/);
    }
  });

  test('leads to every document', () => {
    const documents = readdirSync(join(ROOT, 'docs')).filter((file) => file.endsWith('.md'));
    expect(documents.filter((file) => !README.includes(`(docs/${file})`))).toEqual([]);
  });
});

interface CommandLine {
  readonly line: string;
  /** A sentence may name a command without saying what to give it. */
  readonly inSentence: boolean;
}

const BLOCK = /^ *```\w*\n([\s\S]*?)^ *```/gm;

/** Every command line in a document: in blocks of code, and `soundings …` in its sentences. */
function commandLines(text: string): CommandLine[] {
  const blocks = [...text.matchAll(BLOCK)].flatMap(([, block = '']) => block.split('\n'));
  const sentences = codeIn(text.replaceAll(BLOCK, '').replaceAll(/\n */g, ' '));
  return [
    ...blocks.map((line) => ({ line: line.replace(/ +#.*$/, '').trim(), inSentence: false })),
    ...sentences.map((line) => ({ line, inSentence: true })),
  ].filter(({ line }) => /^(npx )?soundings [a-z]|^npm (start|test|run)\b/.test(line));
}

describe('every command line in a document can be run', () => {
  test('the README has some', () => {
    expect(commandLines(README).filter(({ inSentence }) => !inSentence).length).toBeGreaterThan(5);
  });

  test.each(DOCUMENTS)('%s', async (_, text) => {
    for (const each of commandLines(text)) await expect.soft(understood(each), each.line).resolves.toBe(true);
  });

  test.each(['soundings nonsense', 'npx soundings check', 'soundings serve --trail', 'npm run nonsense'])(
    'and %s would be found',
    async (line) => {
      expect(await understood({ line, inSentence: false }).catch(() => false)).toBe(false);
    },
  );
});

/** Whether the program knows the command and its flags. Runs nothing. */
async function understood({ line, inSentence }: CommandLine): Promise<boolean> {
  const [, script] = /^npm (?:run )?(\S+)/.exec(line) ?? [];
  if (script !== undefined) return PACKAGE.scripts[script] !== undefined;
  let words = line.replace(/^npx /, '').split(/ +/).slice(1);
  let command = await programOf();
  // "release make" is a command of a command.
  for (;;) {
    const next = command.commands.find((each) => each.name() === words[0]);
    if (!next) break;
    command = next;
    words = words.slice(1);
  }
  if (command.parent === null) return false;
  if (inSentence && words.length === 0) return true;
  command.configureOutput({ writeErr: () => {}, writeOut: () => {} }).action(() => {});
  await command.parseAsync(words, { from: 'user' });
  return true;
}

test('the program is called in one way, by its messages and by the documents: npx finds it in a clone', async () => {
  const names = (await programOf()).commands.map((command) => command.name());
  const called = new RegExp(`(?<!npx )\\bsoundings (?=(${names.join('|')}|--help)\\b)`, 'g');
  const code = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    // A comment says what a file is about, to whoever reads it and calls nothing.
    .map((file): [string, string] => [file, read(join('src', file)).replaceAll(/\/\*\*[\s\S]*?\*\/|^ *\/\/.*$/gm, '')]);
  const otherwise = [...DOCUMENTS, ...code].flatMap(([name, text]) => (text.match(called) ?? []).map(() => name));
  expect(otherwise).toEqual([]);
});

describe('every link and path in a document leads somewhere', () => {
  test.each(DOCUMENTS)('%s', (name, text) => {
    const links = [...text.matchAll(/\]\((?!https?:|mailto:)([^)\s]+)\)/g)].map(([, link = '']) => link);
    for (const link of links) {
      const [path = '', anchor] = link.split('#');
      const target = path === '' ? join(ROOT, name) : join(ROOT, dirname(name), path);
      expect.soft(existsSync(target), link).toBe(true);
      if (anchor !== undefined && target.endsWith('.md') && existsSync(target)) {
        expect.soft(anchorsIn(readFileSync(target, 'utf8')), link).toContain(anchor);
      }
    }
    const paths = codeIn(text).filter((code) =>
      /^(src|tests|docs|views|public|migrations|surveys)\/[\w./-]+$/.test(code),
    );
    for (const path of paths)
      if (!path.includes('my-survey')) expect.soft(existsSync(join(ROOT, path)), path).toBe(true);
  });

  test('a link that leads nowhere would be found', () => {
    expect(anchorsIn('## Write a *questionnaire*, now\n')).toEqual(['write-a-questionnaire-now']);
  });
});

/** The anchors of a document's headings, as the common viewers make them. */
function anchorsIn(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replaceAll(' ', '-'),
  );
}

test('decisions are numbered without a gap, in their names and their headings', () => {
  const files = readdirSync(join(ROOT, 'docs/decisions')).filter((file) => /^\d/.test(file));
  const numbers = files
    .sort()
    .map((file) => [Number(file.slice(0, 4)), Number(/^# (\d+)\. /.exec(read(`docs/decisions/${file}`))?.[1])]);
  expect(numbers.length).toBeGreaterThan(0);
  expect(numbers).toEqual(numbers.map((_, index) => [index + 1, index + 1]));
});

test('the changelog has something to say about this version', () => {
  const [, entry = ''] = read('CHANGELOG.md').split(
    new RegExp(`^## ${PACKAGE.version.replaceAll('.', '\\.')}\\b.*$`, 'm'),
  );
  expect(entry.split(/^## /m)[0]).toMatch(/^- \S/m);
});
