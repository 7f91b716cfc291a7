import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { onlyReads, Problem } from './problems.ts';

/** What a browser says about where a request comes from. */
interface Provenance {
  readonly fetchSite: string | undefined;
  readonly origin: string | undefined;
  readonly host: string | undefined;
}

/**
 * Whether a changing request comes from one of our own pages. Browsers say so in `Sec-Fetch-Site`; older ones, and
 * all of them on plain http, only in `Origin`, which is compared with the public address, or with the host asked for
 * where none is set. A request with neither header is no browser's (a script, a monitor) and carries nobody's cookie.
 */
function isOurOwn({ fetchSite, origin, host }: Provenance, publicUrl: URL | undefined): boolean {
  if (fetchSite !== undefined) return fetchSite === 'same-origin' || fetchSite === 'none';
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  const from = new URL(origin);
  return publicUrl ? from.origin === publicUrl.origin : from.host === host;
}

/** Refuses a form sent from another site with a 403, before its body is read. Protects whoever is signed in or answering. */
export function refuseCrossSite(publicUrl: URL | undefined, log: Logger): RequestHandler {
  let warned = false;
  return (request, _response, next) => {
    const provenance = {
      fetchSite: request.get('sec-fetch-site'),
      origin: request.get('origin'),
      host: request.get('host'),
    };
    if (onlyReads(request.method) || isOurOwn(provenance, publicUrl)) return next();
    // Most often the one setting is wrong, and then it is everybody's form.
    if (publicUrl && !warned)
      log.warn({ publicUrl: publicUrl.origin }, 'a form came from another address than PUBLIC_URL');
    warned = true;
    next(new Problem('cross_site'));
  };
}
