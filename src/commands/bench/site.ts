/** The site against the bare server: a question page, a post of an answer, a whole response. */

import { CommandFailed } from '../support.ts';
import { type Hit, type Load, load } from './load.ts';
import { inFolder, type Running, startBare, startSoundings } from './programs.ts';

export interface SiteFigures {
  readonly page: Compared;
  readonly post: Compared;
  /** Whole responses a second, one after the other: every page read and posted, then submitted. */
  readonly responsesPerSecond: number;
  readonly requestsInResponse: number;
  readonly startMs: number;
  readonly memoryAtRest: number | undefined;
  readonly memoryAfter: number | undefined;
}

export interface Compared {
  readonly ours: Load;
  readonly bare: Load;
  /** Ours as a share of the bare rate. */
  readonly ratio: number;
}

export const SURVEY = '/surveys/ai-adoption';

/** Answers by turns: SQLite writes nothing, and waits for no disk, where an answer is the one that stands there. */
export const ANSWERS: readonly string[] = ['S1=agreed', 'S1=informal'];

const DRAFTS = 20;

/** Measures both servers in one run, each kind of request on one and then on the other. @param seconds for each */
export async function measureSite(seconds: number): Promise<SiteFigures> {
  return inFolder(async (folder) => {
    // The first start fills the trial; the second is what an operator waits for.
    await (await startSoundings(folder, ['serve', '--trial'])).stop();
    const ours = await startSoundings(folder, ['serve', '--trial']);
    const bare = await startBare(folder);
    try {
      const memoryAtRest = ours.memory();
      const cookies = await Promise.all(Array.from({ length: DRAFTS }, () => begin(ours)));
      const pages = cookies.map((cookie): Hit => ({ method: 'GET', path: `${SURVEY}/answer/s1`, cookie }));
      const posts = pages.map((hit): Hit => ({ ...hit, method: 'POST', form: ANSWERS }));
      const page = await compare(
        () => load(ours.url, pages, seconds, 200),
        () => load(bare.url, [{ method: 'GET', path: '/' }], seconds, 200),
      );
      const post = await compare(
        () => load(ours.url, posts, seconds, 303),
        () => load(bare.url, [{ method: 'POST', path: '/', form: ANSWERS }], seconds, 303),
      );
      const whole = await wholeResponses(ours, seconds);
      return { page, post, ...whole, startMs: Math.round(ours.startMs), memoryAtRest, memoryAfter: ours.memory() };
    } finally {
      await Promise.all([ours.stop(), bare.stop()]);
    }
  });
}

async function compare(ours: () => Promise<Load>, bare: () => Promise<Load>): Promise<Compared> {
  const [one, other] = [await ours(), await bare()];
  return { ours: one, bare: other, ratio: one.perSecond / other.perSecond };
}

/** A draft that has come as far as the question on the stage. @returns its cookie */
export async function begin({ url }: Running): Promise<string> {
  const cookie = await send(url, `${SURVEY}/start`, 'A1=yes', '').then((reply) => reply.cookie);
  await send(url, `${SURVEY}/answer/a2`, 'A2=yes', cookie);
  await send(url, `${SURVEY}/answer/a3`, 'A3=wales', cookie);
  await send(url, `${SURVEY}/answer/a4`, 'A4=staff&A5=some', cookie);
  return cookie;
}

/** Walks to the receipt with everything optional left blank, again and again. */
async function wholeResponses({ url }: Running, seconds: number) {
  const until = performance.now() + seconds * 1000;
  let done = 0;
  let requests = 0;
  while (performance.now() < until) {
    const cookie = await begin({ url } as Running);
    requests = 4;
    for (let path = `${SURVEY}/check`; ; requests += 2) {
      const page = await fetch(url + path, { headers: { cookie }, redirect: 'follow' });
      const address = new URL(page.url).pathname;
      await page.text();
      if (address.endsWith('/check')) break;
      const form = address.endsWith('/s1') ? 'S1=agreed' : 'carry-on=yes';
      path = (await send(url, address, form, cookie)).location;
    }
    await send(url, `${SURVEY}/submit`, '', cookie);
    requests += 2;
    done += 1;
  }
  return { responsesPerSecond: done / seconds, requestsInResponse: requests };
}

async function send(url: string, path: string, form: string, cookie: string) {
  const reply = await fetch(url + path, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: form,
  });
  await reply.text();
  if (reply.status !== 303) throw new CommandFailed(`${path} answered ${reply.status} where 303 was expected.`);
  return {
    cookie: reply.headers.getSetCookie()[0]?.split(';')[0] ?? cookie,
    location: reply.headers.get('location') ?? path,
  };
}
