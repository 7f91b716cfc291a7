import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, type Options, rateLimit } from 'express-rate-limit';
import { Problem } from './problems.ts';

/**
 * Slows whoever tries again and again from one address: after `tries` that failed (a status of 400 or more) in so many
 * `minutes`, the next are answered with 429. An IPv6 address counts with its whole network. Counted in memory: a
 * restart forgets, and nothing is written down about who asked.
 * @param spares whom this never holds up
 */
export function limitByAddress({
  tries,
  minutes,
  spares,
}: {
  readonly tries: number;
  readonly minutes: number;
  readonly spares: (request: Request) => Promise<boolean>;
}): (handle: RequestHandler) => RequestHandler {
  const isOver = counting({ windowMs: minutes * 60_000, limit: tries, skipSuccessfulRequests: true, skip: spares });
  return (handle) => async (request, response, next) => {
    if (await isOver(request, response)) throw new Problem('too_many');
    await handle(request, response, next);
  };
}

/**
 * Counts forms from one address about the same thing, in memory as above, and holds nobody up.
 * @param thing what a form is about
 * @returns whether one comes after `forms` others within so many `minutes`
 */
export function noticeCrowds(
  { forms, minutes }: { readonly forms: number; readonly minutes: number },
  thing: (request: Request) => string,
): (request: Request, response: Response) => Promise<boolean> {
  return counting({
    windowMs: minutes * 60_000,
    limit: forms,
    keyGenerator: (request) => `${ipKeyGenerator(request.ip ?? '')} ${thing(request)}`,
  });
}

/** Counts requests. @returns whether one is over the limit */
function counting(options: Partial<Options>): (request: Request, response: Response) => Promise<boolean> {
  const over = new Error('over the limit');
  const limit = rateLimit({
    ...options,
    legacyHeaders: false,
    // Its checks print to the console where a header was forged, which changes nothing here.
    validate: false,
    handler: (_request, _response, next) => next(over),
  });
  return (request, response) =>
    new Promise((tell, fail) => {
      const next = (problem?: unknown) => (problem && problem !== over ? fail(problem) : tell(problem === over));
      Promise.resolve(limit(request, response, next)).catch(fail);
    });
}
