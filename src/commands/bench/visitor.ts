/** Somebody made up who fills in forms. */
import { CommandFailed } from '../support.ts';
import type { Running } from './programs.ts';

export const SURVEY = '/surveys/ai-adoption';

/** What a form led to. */
interface Sent {
  /** What the visitor's browser keeps from now on. */
  readonly cookie: string;
  readonly location: string;
}

/** @throws CommandFailed where the form was not taken */
export async function postForm(url: string, path: string, form: string, cookie: string): Promise<Sent> {
  const reply = await fetch(url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: form,
  });
  await reply.text();
  if (reply.status !== 303) throw new CommandFailed(`${path} answered ${reply.status} where 303 was expected.`);
  return { cookie: keptCookies(cookie, reply.headers), location: reply.headers.get('location') ?? path };
}

function keptCookies(before: string, headers: Headers): string {
  const pairs = [...before.split('; '), ...headers.getSetCookie().map((each) => each.split(';')[0] ?? '')];
  const byName = new Map(pairs.map((pair) => [pair.split('=')[0], pair]));
  return [...byName.values()].filter((pair) => /=./.test(pair)).join('; ');
}

/** A draft that has come as far as the question on the stage. @returns its cookie */
export async function begin({ url }: Pick<Running, 'url'>): Promise<string> {
  const { cookie } = await postForm(url, `${SURVEY}/start`, 'A1=yes', '');
  await postForm(url, `${SURVEY}/answer/a2`, 'A2=yes', cookie);
  await postForm(url, `${SURVEY}/answer/a3`, 'A3=wales', cookie);
  await postForm(url, `${SURVEY}/answer/a4`, 'A4=staff&A5=some', cookie);
  return cookie;
}

/** One answer and another by turns: SQLite writes nothing, and waits for no disk, where an answer is the one that stands there. */
export function answersByTurns(): () => string {
  let turn = 0;
  return () => (turn++ % 2 === 0 ? 'S1=agreed' : 'S1=informal');
}

/** One made-up network address after the other: of many people at one address the site thinks otherwise. */
export function addressesByTurns(): () => string {
  let turn = 0;
  return () => {
    turn++;
    return `10.${(turn >> 16) % 256}.${(turn >> 8) % 256}.${turn % 256}`;
  };
}
