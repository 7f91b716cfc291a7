import { createHash } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import helmet from 'helmet';

/**
 * The security headers of every response, errors included. Everything comes from our own origin: no inline script or
 * style, no framing, no font service. HSTS and the upgrade to https only where the site is on https, or a trial on
 * plain http could not load its own stylesheet.
 */
export function securityHeaders(publicUrl: URL | undefined): RequestHandler {
  const https = publicUrl?.protocol === 'https:';
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        fontSrc: ["'self'"],
        // The icon in the tab is written in the page itself: one request less.
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        ...(https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
  });
}

/**
 * Pages are not kept by browsers or proxies: on a shared computer, Back after leaving shows nobody's answers. A public
 * page (results) may set its own `Cache-Control`.
 */
export const noStore: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'no-store');
  next();
};

/** Lets a page that stands alone, with its styles written in it, have these and no others. */
export function allowOwnStyles(response: Response, html: string): void {
  const hashes = [...html.matchAll(/<style>([\s\S]*?)<\/style>/g)].map(
    ([, styles = '']) => `'sha256-${createHash('sha256').update(styles).digest('base64')}'`,
  );
  const policy = response.get('Content-Security-Policy') ?? '';
  response.set('Content-Security-Policy', policy.replace("style-src 'self'", `style-src ${hashes.join(' ')}`));
}
