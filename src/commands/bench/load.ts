/** Load from this process onto a server in another, and the two figures that come of it. */
import type autocannon from 'autocannon';
import { CommandFailed } from '../support.ts';

export interface Load {
  readonly perSecond: number;
  /** Milliseconds; nine in ten requests are faster. */
  readonly p90: number;
}

export interface Hit {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly cookie?: string;
  /** What is sent next, over all connections. */
  readonly form?: (() => string) | undefined;
  /** The network address that a proxy tells of whoever sends it. */
  readonly from?: () => string;
}

const CONNECTIONS = 10;

/**
 * Sends the requests over and over for some seconds, after a second to warm up.
 * @throws CommandFailed when any reply was not the status expected: a fast wrong page is not fast
 */
export async function load(url: string, hits: readonly Hit[], seconds: number, status: number): Promise<Load> {
  const run = await tool();
  await once(run, url, hits, 1);
  const result = await once(run, url, hits, seconds);
  const wrong = Object.entries(result.statusCodeStats ?? {}).filter(([code]) => Number(code) !== status);
  if (wrong.length > 0 || result.errors > 0) {
    throw new CommandFailed(
      `${url}${hits[0]?.path} answered ${wrong.map(([code]) => code).join(', ')} where ${status} was expected.`,
    );
  }
  return { perSecond: Math.round(result.requests.average), p90: result.latency.p90 };
}

type Tool = typeof autocannon;

async function once(run: Tool, url: string, hits: readonly Hit[], seconds: number): Promise<autocannon.Result> {
  return run({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    requests: hits.map(({ method, path, cookie, form, from }) => ({
      method,
      path,
      headers: {
        ...(cookie !== undefined && { cookie }),
        ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form && {
        setupRequest: (request: autocannon.Request) => ({
          ...request,
          body: form(),
          headers: { ...request.headers, ...(from && { 'x-forwarded-for': from() }) },
        }),
      }),
    })),
  });
}

/** The round with the middle ratio. @throws where there was none */
export function middleOf<Round extends { readonly ratio: number }>(rounds: readonly Round[]): Round {
  const middle = [...rounds].sort((one, other) => one.ratio - other.ratio)[Math.floor(rounds.length / 2)];
  if (!middle) throw new Error('nothing was measured');
  return middle;
}

/** It comes with the development packages: a server in use does not carry it. */
async function tool(): Promise<Tool> {
  try {
    return (await import('autocannon')).default;
  } catch {
    throw new CommandFailed('The benchmark needs the development packages: run npm ci, then try again.');
  }
}
