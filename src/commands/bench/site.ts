/** The site against the bare server: a question page, a post of an answer, a whole response. */

import { type Hit, type Load, load, middleOf } from './load.ts';
import { inFolder, type Running, startBare, startSoundings } from './programs.ts';
import { answersByTurns, begin, postForm, SURVEY } from './visitor.ts';

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

const DRAFTS = 20;

/** How often ours and the bare one take turns. */
const ROUNDS = 3;

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
      // Each has turns of its own: of all together, one draft could be given the same answer again and again.
      const posts = pages.map((hit): Hit => ({ ...hit, method: 'POST', form: answersByTurns() }));
      const page = await compare(
        seconds,
        (time) => load(ours.url, pages, time, 200),
        (time) => load(bare.url, [{ method: 'GET', path: '/' }], time, 200),
      );
      const post = await compare(
        seconds,
        (time) => load(ours.url, posts, time, 303),
        (time) => load(bare.url, [{ method: 'POST', path: '/', form: answersByTurns() }], time, 303),
      );
      const whole = await wholeResponses(ours, seconds);
      return { page, post, ...whole, startMs: Math.round(ours.startMs), memoryAtRest, memoryAfter: ours.memory() };
    } finally {
      await Promise.all([ours.stop(), bare.stop()]);
    }
  });
}

type Loading = (seconds: number) => Promise<Load>;

/** Loads one and the other by turns, so that a slow moment of the machine is both's. @returns the round with the middle ratio */
export async function compare(seconds: number, ours: Loading, bare: Loading): Promise<Compared> {
  const rounds: Compared[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const time = Math.ceil(seconds / ROUNDS);
    const [one, other] = [await ours(time), await bare(time)];
    rounds.push({ ours: one, bare: other, ratio: one.perSecond / other.perSecond });
  }
  return middleOf(rounds);
}

/** Walks to the receipt with everything optional left blank, again and again. */
async function wholeResponses({ url }: Running, seconds: number) {
  const until = performance.now() + seconds * 1000;
  let done = 0;
  let requests = 0;
  while (performance.now() < until) {
    const cookie = await begin({ url });
    requests = 4;
    for (let path = `${SURVEY}/check`; ; requests += 2) {
      const page = await fetch(url + path, { headers: { cookie }, redirect: 'follow' });
      const address = new URL(page.url).pathname;
      await page.text();
      if (address.endsWith('/check')) break;
      const form = address.endsWith('/s1') ? 'S1=agreed' : 'carry-on=yes';
      path = (await postForm(url, address, form, cookie)).location;
    }
    await postForm(url, `${SURVEY}/submit`, '', cookie);
    requests += 2;
    done += 1;
  }
  return { responsesPerSecond: done / seconds, requestsInResponse: requests };
}
