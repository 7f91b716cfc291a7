import type { Request, RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
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
  const limit = rateLimit({
    windowMs: minutes * 60_000,
    limit: tries,
    skipSuccessfulRequests: true,
    skip: spares,
    legacyHeaders: false,
    // Its checks print to the console where a header was forged, which changes nothing here.
    validate: false,
    handler: (_request, _response, next) => next(new Problem('too_many')),
  });
  return (handle) => async (request, response, next) => {
    await new Promise<void>((go, refuse) => {
      Promise.resolve(limit(request, response, (problem?: unknown) => (problem ? refuse(problem) : go()))).catch(
        refuse,
      );
    });
    await handle(request, response, next);
  };
}
