import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';

/** The pattern that matched, such as `/surveys/:survey/answer/:page`; never the address itself, which can hold a token. */
export function routeTemplate(request: Request): string {
  const path: unknown = request.route?.path;
  return typeof path === 'string' ? path : request.path.startsWith('/assets/') ? '/assets' : '(none)';
}

/**
 * One line a request: method, route template, status, milliseconds. No address, query, body, cookie or browser name,
 * so that the log says nothing about who answered.
 */
export function accessLog(log: Logger): RequestHandler {
  return (request, response, next) => {
    const started = performance.now();
    response.on('close', () => {
      const ms = Math.round(performance.now() - started);
      log.info({ method: request.method, route: routeTemplate(request), status: response.statusCode, ms }, 'request');
    });
    next();
  };
}
