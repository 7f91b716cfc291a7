/** The sender against real mail servers: one that takes mail, and those that do not. */
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { describe, expect, onTestFinished, test } from 'vitest';
import { sendDue } from '../../src/commands/serve/mail-sender.ts';
import { enqueue, listLetters, markSent } from '../../src/mail/store.ts';
import { type Contacts, SITE, testContacts } from '../support/contacts.ts';

const FROM = 'research@soundings.example.org';
const NOW = new Date('2027-03-01T09:00:00.000Z');

interface Taken {
  readonly to: readonly string[];
  readonly raw: Buffer;
}

/** A mail server on a free port that keeps what it takes. */
async function openServer(more: SMTPServerOptions = {}): Promise<{ url: URL; taken: Taken[] }> {
  const taken: Taken[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        taken.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw: Buffer.concat(chunks) });
        done();
      });
    },
    ...more,
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => new Promise<void>((closed) => server.close(closed)));
  return { url: new URL(`smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`), taken };
}

/** A server that speaks as little of SMTP as `talk` does. */
async function openBare(talk: (socket: Socket) => void): Promise<URL> {
  const server = createServer(talk);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => void server.close());
  return new URL(`smtp://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

const write = (db: Contacts, email: string, subject = 'Booked: a workshop') =>
  enqueue(
    db,
    {
      booking: null,
      kind: 'booked',
      email,
      message: {
        subject,
        text: `Hello Zoë & “friends”,\n\n${SITE.href}bookings/abc\n\nhttps://elsewhere.example.org/ <b>not ours</b>\n`,
        calendar: { method: 'PUBLISH', text: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR' },
      },
    },
    NOW,
  );

/** One round of the sender. */
const round = (db: Contacts, smtpUrl: URL, now = NOW) =>
  sendDue(db, { smtpUrl, from: FROM, site: () => SITE }, () => now);

test('a message comes out as it went in, to one person, with its calendar and our own links alone', async () => {
  const db = await testContacts();
  const { url, taken } = await openServer();
  await write(db, 'zoe@example.org');
  await round(db, url);
  expect(taken.map(({ to }) => to)).toEqual([['zoe@example.org']]);
  const mail = await PostalMime.parse(taken[0]?.raw ?? '');
  expect(mail).toMatchObject({
    from: { address: FROM },
    to: [{ address: 'zoe@example.org' }],
    subject: 'Booked: a workshop',
    messageId: expect.stringMatching(/^<[0-9a-f]{32}@soundings\.example\.org>$/),
  });
  expect(mail.text?.replaceAll('\r\n', '\n')).toContain(
    'Hello Zoë & “friends”,\n\nhttps://soundings.example.org/bookings/abc\n',
  );
  expect(mail.html).toContain('<a href="https://soundings.example.org/bookings/abc">');
  expect(mail.html).not.toContain('href="https://elsewhere');
  expect(mail.html).toContain('&lt;b&gt;not ours');
  expect(mail.attachments.map(({ mimeType }) => mimeType)).toContain('text/calendar');
  expect(await listLetters(db, 10)).toMatchObject([{ state: 'sent', message: undefined, said: '' }]);
});

test('a line break in an address or a subject begins no other header', async () => {
  const db = await testContacts();
  await expect(write(db, 'zoe@example.org', 'Booked\r\nBcc: eve@example.org')).rejects.toThrow();
  const { url, taken } = await openServer();
  await write(db, 'zoe@example.org\r\nbcc: eve@example.org');
  await round(db, url);
  expect(taken.flatMap(({ to }) => to)).not.toContain('eve@example.org');
});

describe('a server that does not take it', () => {
  const refusing = (code: number): SMTPServerOptions => ({
    onRcptTo: (_address, _session, done) => done(Object.assign(new Error('no such luck'), { responseCode: code })),
  });

  test('for good (550): it stops, and what was said is shown', async () => {
    const db = await testContacts();
    const { url } = await openServer(refusing(550));
    await write(db, 'zoe@example.org');
    await round(db, url);
    expect(await listLetters(db, 10)).toMatchObject([
      { state: 'stopped', tries: 1, said: expect.stringContaining('550') },
    ]);
  });

  test('for now (451, greylisting): it is tried again later, and then taken', async () => {
    const db = await testContacts();
    const grey = await openServer(refusing(451));
    await write(db, 'zoe@example.org');
    await round(db, grey.url);
    expect(await listLetters(db, 10)).toMatchObject([
      { state: 'waiting', tries: 1, dueAt: new Date('2027-03-01T09:01:00.000Z') },
    ]);
    const { url, taken } = await openServer();
    await round(db, url);
    expect(taken).toEqual([]);
    await round(db, url, new Date('2027-03-01T09:01:00.000Z'));
    expect(taken).toHaveLength(1);
  });

  test('because it is not there, silent, or hangs up: nothing is lost', async () => {
    const db = await testContacts();
    await write(db, 'zoe@example.org');
    let now = NOW;
    const servers = [
      new URL('smtp://127.0.0.1:1'),
      await openBare(() => {}),
      await openBare((socket) => void socket.end('220 hello\r\n')),
    ];
    for (const [tries, url] of servers.entries()) {
      await round(db, url, now);
      const [letter] = await listLetters(db, 10);
      expect(letter).toMatchObject({ state: 'waiting', tries: tries + 1 });
      now = letter?.dueAt ?? now;
    }
    const { url, taken } = await openServer();
    await round(db, url, now);
    expect(taken).toHaveLength(1);
  }, 20_000);

  test('that refuses our password keeps its letters: that is not their fault', async () => {
    const db = await testContacts();
    const { url } = await openServer({
      authOptional: false,
      disabledCommands: ['STARTTLS'],
      onAuth: (_auth, _session, done) => done(new Error('wrong')),
    });
    url.username = 'us';
    url.password = 'wrong';
    await write(db, 'zoe@example.org');
    await round(db, url);
    expect(await listLetters(db, 10)).toMatchObject([{ state: 'waiting', tries: 1 }]);
  });

  test('for two days: it stops', async () => {
    const db = await testContacts();
    const { url } = await openServer(refusing(451));
    await write(db, 'zoe@example.org');
    let now = NOW;
    for (let tries = 0; tries < 12; tries++) {
      await round(db, url, now);
      now = (await listLetters(db, 1))[0]?.dueAt ?? now;
    }
    expect(await listLetters(db, 10)).toMatchObject([{ state: 'stopped', tries: 10 }]);
  });
});

test('cut off between the server’s word and our own, it is sent again under the same Message-ID', async () => {
  const db = await testContacts();
  const { url, taken } = await openServer();
  await write(db, 'zoe@example.org');
  const before = await db.selectFrom('outbox').selectAll().executeTakeFirstOrThrow();
  await round(db, url);
  // As the store would be had the program ended before it was marked.
  await db.updateTable('outbox').set(before).where('id', '=', before.id).execute();
  await round(db, url);
  const ids = await Promise.all(taken.map(async ({ raw }) => (await PostalMime.parse(raw)).messageId));
  expect(ids).toHaveLength(2);
  expect(new Set(ids).size).toBe(1);
  await markSent(db, before.id, NOW);
});
