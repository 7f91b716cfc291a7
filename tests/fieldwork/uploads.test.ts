/** A file sent from somebody's computer: what comes through to the byte, what is refused and in which words, and in which order. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { findDraftVersion, listDraftVersions } from '../../src/fieldwork/drafts/store.ts';
import { readUploaded, shownName } from '../../src/fieldwork/versions/uploaded.ts';
import { sourceOf } from '../support/fieldwork.ts';
import { openStaffSite, type StaffSite } from '../support/staff.ts';

const PAGE = '/staff/surveys/two-languages';
const NEW = `${PAGE}/versions/new`;
const SAVE = 'Check and save as a draft';

const next = () => sourceOf('two-languages', (file) => Object.assign(file, { version: '1.1' }));
const adminOf = async (site: StaffSite) => site.signIn(await site.add('Ada', { admin: true }));

async function send(site: StaffSite, name: string, content: string | Buffer, source = '') {
  const ada = await adminOf(site);
  await ada.open(NEW);
  return ada.press(SAVE, { source }, { name, content });
}

test.each([
  ['as it was written', (text: string) => text],
  [
    'with two characters at each end of a line',
    (text: string) => JSON.stringify(JSON.parse(text), null, 2).replaceAll('\n', '\r\n'),
  ],
  ['with a mark at its start', (text: string) => `\uFEFF${text}`],
])('a file comes through to the byte: %s', async (_, change) => {
  const site = await openStaffSite();
  const text = change(next());
  const ada = await send(site, 'bus.json', text);
  expect(ada.address).toBe(`${PAGE}/drafts/1.1`);
  expect((await findDraftVersion(site.db, { survey: 'two-languages', version: '1.1' }))?.source).toBe(text);
});

test('a file that is chosen counts, and not what stands in the box', async () => {
  const site = await openStaffSite();
  await send(site, 'bus.json', next(), 'something else');
  expect((await findDraftVersion(site.db, { survey: 'two-languages', version: '1.1' }))?.source).toBe(next());
});

test('a browser that sends an empty part for no file sends what stands in the box', async () => {
  const site = await openStaffSite();
  const ada = await adminOf(site);
  const body = [
    '--x',
    'Content-Disposition: form-data; name="source"',
    '',
    next(),
    '--x',
    'Content-Disposition: form-data; name="file"; filename=""',
    'Content-Type: application/octet-stream',
    '',
    '',
    '--x--',
    '',
  ].join('\r\n');
  const reply = await post(site, NEW, body, { cookie: ada.cookies });
  expect([reply.status, reply.headers.get('location')]).toEqual([303, `${PAGE}/drafts/1.1`]);
});

const post = (
  site: StaffSite,
  address: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string>,
) =>
  fetch(site.url + address, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'multipart/form-data; boundary=x', ...headers },
    body,
  });

const HUGE = Buffer.alloc(5_000_000, 'a');

test.each([
  ['empty', 'x.json', '', 422, 'The file “x.json” is empty'],
  ['blank', 'x.json', ' \n', 422, 'The file “x.json” has nothing in it but blanks'],
  [
    'a zip',
    'x.json',
    Buffer.from('PK\u0003\u0004…'),
    422,
    'The file “x.json” is a zip archive, or a document of a word processor',
  ],
  ['a PDF', 'x.pdf', '%PDF-1.7 …', 422, 'The file “x.pdf” is a PDF'],
  ['compressed', 'x.json.gz', gzipSync('{}'), 422, 'is a compressed file'],
  ['binary', 'x', Buffer.from([1, 0, 2, 0]), 422, 'The file “x” is not text'],
  ['UTF-16', 'x.json', Buffer.from('\uFEFF{}', 'utf16le'), 422, 'The file is saved as UTF-16'],
  ['Latin-1', 'x.json', Buffer.from('{\n"title": "café"}', 'latin1'), 422, 'cannot be read at line 2'],
  ['not JSON', 'x.json', 'survey: bus', 422, 'Not saved: there is an error in the file'],
  ['of another survey', 'x.json', sourceOf('every-type'), 422, 'This file is of the survey “every-type”'],
  ['of 5 MB', 'x.json', HUGE, 413, 'The file is too large: it may have 2,000,000 bytes, which is 2 MB, and no more'],
  ['a byte too long', 'x.json', HUGE.subarray(0, 2_000_001), 413, 'The file is too large'],
])(
  'a file that is %s is refused in a sentence, and the box keeps what stood in it',
  async (_, name, content, status, message) => {
    const site = await openStaffSite();
    const ada = await send(site, name, content, 'kept');
    expect([ada.status, ada.errors[0]?.text]).toEqual([status, expect.stringContaining(message)]);
    const isText = typeof content === 'string' && content.length > 10 && status === 422 && !content.startsWith('%');
    // What a whole form of 5 MB held beside its file was not read.
    if (content !== HUGE) expect(ada.entered.source).toBe(isText ? content : 'kept');
    expect(await listDraftVersions(site.db, 'two-languages')).toEqual([]);
  },
);

test('a file as long as one may be is taken and checked', async () => {
  const site = await openStaffSite();
  const ada = await send(
    site,
    'x.json',
    Buffer.concat([Buffer.from(next()), Buffer.alloc(2_000_000, ' ')]).subarray(0, 2_000_000),
  );
  expect([ada.status, ada.address]).toEqual([200, `${PAGE}/drafts/1.1`]);
});

test.each([
  '<img src=x onerror=alert(1)>.json',
  '"><script>alert(1)</script>',
  '../../../etc/passwd',
  '..\\..\\secret.json',
  "'; DROP TABLE surveys; --",
  '{{7*7}}<%= 7*7 %>',
  'a\u202Enosj.exe',
  `${'long'.repeat(100)}.json`,
])('a file’s name is shown as text and nothing else: %s', async (name) => {
  const site = await openStaffSite();
  const ada = await send(site, name, 'PK\u0003\u0004');
  expect(ada.status).toBe(422);
  expect(ada.html).not.toMatch(/<img|<script>|\u202E/);
  expect(ada.errors[0]?.text).not.toContain('49');
  expect(ada.errors[0]?.text).toMatch(/^The file “.{1,81}” is a zip archive/);
});

test.each([
  '<img src=x onerror=alert(1)></textarea><script>alert(1)</script>',
  '{"survey": "two-languages", "version": "1.1", "title": "</pre><img src=x onerror=alert(1)>"}',
])('what stands in a file is shown as text and nothing else: %s', async (content) => {
  const site = await openStaffSite();
  const ada = await send(site, 'x.json', content);
  expect(ada.words).toContain('<img src=x onerror=alert(1)>');
  expect(ada.html).not.toMatch(/<img|<script>/);
});

describe('who sends what, before anything of it is read', () => {
  const whole = new Uint8Array(4_000_000);

  test('whoever is not signed in is led to the sign-in, whatever they send', async () => {
    const site = await openStaffSite();
    for (const body of [new Uint8Array(HUGE), whole, 'no parts at all']) {
      const reply = await post(site, NEW, body, {});
      expect([reply.status, reply.headers.get('location')]).toEqual([303, '/staff/sign-in']);
    }
  });

  test('whoever has no part in the survey is told that there is no such page', async () => {
    const site = await openStaffSite();
    const { cookies } = await site.signIn(await site.add('Bo'));
    for (const address of [NEW, '/staff/new-survey']) {
      expect((await post(site, address, 'no parts at all', { cookie: cookies })).status).toBe(404);
    }
  });

  test('a form from another site is refused', async () => {
    const site = await openStaffSite();
    const { cookies } = await adminOf(site);
    const reply = await post(site, NEW, 'no parts', { cookie: cookies, 'sec-fetch-site': 'cross-site' });
    expect(reply.status).toBe(403);
  });

  test.each([
    '/staff/surveys/two-languages/close',
    '/staff/surveys/two-languages/drafts/1.1/publish',
    '/staff/accounts',
  ])('no other address of staff takes files: %s', async (address) => {
    const site = await openStaffSite();
    const { cookies } = await adminOf(site);
    expect((await post(site, address, '--x--', { cookie: cookies })).status).toBe(415);
  });

  test('nor does any of respondents', async () => {
    const site = await openStaffSite();
    expect((await post(site, '/surveys/two-languages/start', '--x--', {})).status).toBe(415);
  });
});

describe('a form of that kind is read as strictly as any other', () => {
  const part = (name: string, value: string, more = '') =>
    `--x\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
  test.each([
    ['no parts', 'nothing', 400],
    ['cut off', '--x\r\nContent-Disposition: form-data; name="source"\r\n\r\nabc', 400],
    ['__proto__', `${part('__proto__', 'x')}--x--`, 400],
    ['constructor', `${part('constructor', 'x')}--x--`, 400],
    ['brackets', `${part('a[b]', 'x')}--x--`, 400],
    ['NUL', `${part('source', 'a\0b')}--x--`, 400],
    ['the same name twice', `${part('source', 'a')}${part('source', 'b')}--x--`, 400],
    ['a very long name', `${part('a'.repeat(101), 'x')}--x--`, 400],
    ['two files', `${part('file', '{}', '; filename="a"')}${part('file', '{}', '; filename="b"')}--x--`, 413],
    ['a file under another name', `${part('other', '{}', '; filename="a"')}--x--`, 400],
    ['many fields', `${Array.from({ length: 30 }, (_, n) => part(`f${n}`, 'x')).join('')}--x--`, 413],
    ['a box of more than 2 MB', `${part('source', 'x'.repeat(2_000_001))}--x--`, 413],
  ])('%s', async (_, body, status) => {
    const site = await openStaffSite();
    const { cookies } = await adminOf(site);
    expect((await post(site, NEW, body, { cookie: cookies })).status).toBe(status);
    expect(await listDraftVersions(site.db, 'two-languages')).toEqual([]);
    expect(site.lines.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });

  test('a body that does not say how long it is is refused', async () => {
    const site = await openStaffSite();
    const { cookies } = await adminOf(site);
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(`${part('source', 'x')}--x--`));
        controller.close();
      },
    });
    const reply = await fetch(site.url + NEW, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x', cookie: cookies },
      body: stream,
      duplex: 'half',
    });
    expect(reply.status).toBe(400);
  });
});

test.each([
  ['bus.json', 'bus.json'],
  ['a\nb\tc', 'a\uFFFDb\uFFFDc'],
  ['x'.repeat(100), `${'x'.repeat(80)}…`],
])('a name as it can be shown: %j', (name, shown) => {
  expect(shownName(name)).toBe(shown);
});

test('text is read whatever its name says', () => {
  expect(readUploaded(new TextEncoder().encode('{"ŵ": 1}'), 'picture.png')).toEqual({ text: '{"ŵ": 1}' });
});
