/** The one sender of mail: takes what is due out of the outbox and hands it to the mail server that SMTP_URL names. */
import type { Kysely } from 'kysely';
import { createTransport, type Transporter } from 'nodemailer';
import { z } from 'zod';
import type { ContactsTables } from '../../db/contacts-tables.ts';
import { type DueLetter, listDue, markRefused, markSent } from '../../mail/store.ts';
import { htmlOf } from '../../web/mail-html.ts';

/** In milliseconds: how often the outbox is looked into, and how long a mail server may take to answer at all. */
const ROUND = 2000;
const CONNECT = 2000;
const ANSWER = 20_000;
const AT_ONCE = 20;

export interface MailSettings {
  readonly smtpUrl: URL;
  readonly from: string;
  /** Where links lead, and whose name stands in Message-ID. */
  readonly site: () => URL;
}

/**
 * Sends what is due, every two seconds. Each letter is marked when the server has taken it: where the program ends in
 * between it is sent again with the same Message-ID, by which mail programs know it for one.
 * @returns what stops it, and waits for the letter that is on its way
 */
export function sendMail(
  db: Kysely<ContactsTables>,
  settings: MailSettings,
  now: () => Date,
  failed: (error: Error) => void,
): () => Promise<void> {
  let stopped = false;
  const sendRound = () => sendDue(db, settings, now, () => stopped).catch(failed);
  let round = sendRound();
  const timer = setInterval(() => {
    round = round.then(sendRound);
  }, ROUND);
  timer.unref();
  return async () => {
    stopped = true;
    clearInterval(timer);
    await round;
  };
}

/** Sends the letters whose time has come, one after the other. @param isOver asked before each */
export async function sendDue(
  db: Kysely<ContactsTables>,
  settings: MailSettings,
  now: () => Date,
  isOver: () => boolean = () => false,
): Promise<void> {
  const letters = await listDue(db, now(), AT_ONCE);
  if (letters.length === 0) return;
  const transport = createTransport({
    url: settings.smtpUrl.href,
    pool: true,
    maxConnections: 1,
    connectionTimeout: CONNECT,
    greetingTimeout: CONNECT,
    socketTimeout: ANSWER,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    for (const letter of letters) {
      if (isOver()) return;
      await sendOne(db, transport, letter, settings, now());
    }
  } finally {
    transport.close();
  }
}

async function sendOne(
  db: Kysely<ContactsTables>,
  transport: Transporter,
  letter: DueLetter,
  { from, site }: MailSettings,
  now: Date,
): Promise<void> {
  const { subject, text, calendar } = letter.message;
  try {
    await transport.sendMail({
      from,
      // As an object: in a string a line break would begin another header.
      to: { name: '', address: letter.email },
      subject,
      text,
      html: htmlOf(letter.message, site()),
      messageId: `<${letter.id}@${site().hostname}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
      ...(calendar && { icalEvent: { method: calendar.method, content: calendar.text, filename: 'invite.ics' } }),
    });
  } catch (error) {
    await markRefused(
      db,
      letter,
      { said: error instanceof Error ? error.message : String(error), forGood: isForGood(error) },
      now,
    );
    return;
  }
  await markSent(db, letter.id, now);
}

const replySchema = z.object({ responseCode: z.int(), command: z.string().optional() });

/**
 * Whether the server will never take it (RFC 5321, 4.2.1: a reply of 5xx to the message or its address). Where it refuses
 * us, by a wrong password, say, it is not the letter's fault.
 */
function isForGood(error: unknown): boolean {
  const reply = replySchema.safeParse(error);
  if (!reply.success || reply.data.responseCode < 500) return false;
  return !/^(AUTH|EHLO|HELO|CONN|STARTTLS)/i.test(reply.data.command ?? '');
}
