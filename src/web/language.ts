/** In which language a page is shown: one choice for the whole site, kept in a cookie. */
import type { Request, Response } from 'express';
import type { Context } from './context.ts';
import { type Cookie, cookieNamed, readCookie, setCookie } from './cookies.ts';

const cookieOf = ({ settings }: Pick<Context, 'settings'>): Cookie => cookieNamed('language', settings.publicUrl);

/**
 * Of the languages that a page has, the one asked for, the one chosen before, the one that is `likely`, or the first.
 */
export function languageOf(
  site: Pick<Context, 'settings'>,
  request: Request,
  languages: readonly string[],
  likely?: string,
): string {
  const wanted = [request.query.lang, readCookie(request, cookieOf(site)), likely];
  const known = wanted.flatMap((language) => languages.find((each) => each === language) ?? []);
  return known[0] ?? languages[0] ?? 'en';
}

/** Remembers the language of a page where it was asked for. */
export function rememberLanguage(
  site: Pick<Context, 'settings'>,
  request: Request,
  response: Response,
  language: string,
): void {
  if (request.query.lang === language) setCookie(response, cookieOf(site), language);
}
