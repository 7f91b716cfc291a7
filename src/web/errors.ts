/** The end of every request that went wrong: a page in plain words, or JSON for what prefers it. */
import { randomBytes } from 'node:crypto';
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { routeTemplate } from './access-log.ts';
import { type Form, formOf } from './forms.ts';
import { Problem, problemOf, statusOf } from './problems.ts';
import { wordsFor } from './words.ts';

/** An address that no route answers. */
export const notFound: RequestHandler = () => {
  throw new Problem('not_found');
};

/**
 * Shows a problem. The unexpected is a 500 with nothing in it but an id, which the log has too, with the error's kind
 * and place but not its message: messages can quote what somebody typed.
 */
export function showProblems(log: Logger): ErrorRequestHandler {
  const logged = (error: unknown, request: Request): string => {
    const id = randomBytes(5).toString('hex');
    log.error({ id, method: request.method, route: routeTemplate(request), ...placeOf(error) }, 'unexpected');
    return id;
  };
  // Express knows an error handler by its four parameters.
  return (error: unknown, request, response, _next) => {
    const name = problemOf(error, request.method);
    if (response.headersSent) {
      // Half a page or file has gone out: breaking the line is the only way left to say that it is not whole.
      if (!name) logged(error, request);
      response.destroy();
    } else if (name) show(request, response, statusOf(name), name, undefined);
    else show(request, response, 500, 'unexpected', logged(error, request));
  };
}

function show(request: Request, response: Response, status: number, name: string, id: string | undefined): void {
  // What failed half-way may have set headers of its own (a download's name, a long cache).
  response.removeHeader('Content-Disposition');
  response.status(status).set('Cache-Control', 'no-store');
  if (status === 503) response.set('Retry-After', '30');
  if (request.accepts(['html', 'json']) === 'json') {
    response.json({ problem: name, ...(id && { id }) });
    return;
  }
  const { lang = 'en' }: { lang?: string } = response.locals;
  const t = wordsFor(lang);
  const { again: offered }: { again?: true | Form } = response.locals;
  const again = name === 'not_saved' && offered ? formAgain(request, offered) : undefined;
  const [title, text] = [t(`problem.${name}.title`), again ? t('problem.not_saved.again') : t(`problem.${name}.text`)];
  const { home = '/' }: { home?: string } = response.locals;
  response.render('layout/problem', { lang, title, text, id, again, home }, (failure: unknown, html: string) => {
    if (failure) response.type('text').send(`${title}. ${text}`);
    else response.send(html);
  });
}

/** The form that was sent, to be sent once more: a route asks for it with `response.locals.again`. */
interface FormAgain {
  readonly action: string;
  readonly enctype: string | undefined;
  readonly fields: readonly [name: string, value: string][];
}

/** @param offered fields in the place of some that were sent: a browser cannot be given a file to send again */
function formAgain(request: Request, offered: true | Form): FormAgain {
  const form = { ...formOf(request), ...(offered !== true && offered) };
  const fields = Object.entries(form).flatMap(([name, value = []]) =>
    (typeof value === 'string' ? [value] : value).map((each): [string, string] => [name, each]),
  );
  return { action: request.originalUrl, enctype: request.is('multipart/form-data') || undefined, fields };
}

/** Where an error came from, for the log: its message is left out, because it may hold what somebody typed. */
export function placeOf(error: unknown): object {
  if (!(error instanceof Error)) return { kind: typeof error };
  const stack = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return { kind: error.name, ...('code' in error && { code: error.code }), stack };
}
