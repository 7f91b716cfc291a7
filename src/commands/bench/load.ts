/** Load from this process onto a server in another, and the two figures that come of it. */
import type autocannon from 'autocannon';
import { CommandFailed } from '../support.ts';

export interface Load {
  readonly perSecond: number;
  /** Milliseconds; nine in ten requests are faster. */
  readonly p90: number;
  /** Ninety-nine in a hundred. */
  readonly p99: number;
}

export interface Hit {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly cookie?: string;
  /** Of several, one after the other over all connections. */
  readonly form?: string | readonly string[];
}

const CONNECTIONS = 10;

/**
 * Sends the requests over and over for some seconds, after a second to warm up.
 * @throws CommandFailed when any reply was not the status expected: a fast wrong page is not fast
 */
export async function load(url: string, hits: readonly Hit[], seconds: number, status: number): Promise<Load> {
  return pacedLoad(url, hits, seconds, status, undefined);
}

/** The same with so many requests a second and no more, as people come. @throws CommandFailed */
export async function pacedLoad(
  url: string,
  hits: readonly Hit[],
  seconds: number,
  status: number,
  rate: number | undefined,
): Promise<Load> {
  const run = await tool();
  await once(run, url, hits, 1, rate);
  const result = await once(run, url, hits, seconds, rate);
  const wrong = Object.entries(result.statusCodeStats ?? {}).filter(([code]) => Number(code) !== status);
  if (wrong.length > 0 || result.errors > 0) {
    throw new CommandFailed(
      `${url}${hits[0]?.path} answered ${wrong.map(([code]) => code).join(', ')} where ${status} was expected.`,
    );
  }
  return { perSecond: Math.round(result.requests.average), p90: result.latency.p90, p99: result.latency.p99 };
}

type Tool = typeof autocannon;

async function once(
  run: Tool,
  url: string,
  hits: readonly Hit[],
  seconds: number,
  rate: number | undefined,
): Promise<autocannon.Result> {
  return run({
    url,
    connections: CONNECTIONS,
    duration: seconds,
    ...(rate !== undefined && { overallRate: rate }),
    requests: hits.map(({ method, path, cookie, form }) => ({
      method,
      path,
      headers: {
        ...(cookie !== undefined && { cookie }),
        ...(form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...bodyOf(form),
    })),
  });
}

function bodyOf(form: Hit['form']): Pick<autocannon.Request, 'body' | 'setupRequest'> {
  if (form === undefined) return {};
  if (typeof form === 'string') return { body: form };
  let turn = 0;
  return { setupRequest: (request) => ({ ...request, body: form[turn++ % form.length] ?? '' }) };
}

/** It comes with the development packages: a server in use does not carry it. */
async function tool(): Promise<Tool> {
  try {
    return (await import('autocannon')).default;
  } catch {
    throw new CommandFailed('The benchmark needs the development packages: run npm ci, then try again.');
  }
}
