import type { CookieOptions, Request, Response } from 'express';

/** A cookie of ours, by purpose. Respondents' and staff's have different names, so neither can stand for the other. */
export interface Cookie {
  readonly name: string;
  readonly options: CookieOptions;
}

/**
 * A cookie for this site: not readable by scripts, not sent with other sites' forms. On https its name starts with
 * `__Host-`, so that no other site under the same domain can set it.
 */
export function cookieNamed(purpose: string, publicUrl: URL | undefined): Cookie {
  const https = publicUrl?.protocol === 'https:';
  return {
    name: https ? `__Host-${purpose}` : purpose,
    options: { httpOnly: true, sameSite: 'lax', secure: https, path: '/' },
  };
}

/** The cookie's value, or undefined. */
export function readCookie(request: Request, { name }: Cookie): string | undefined {
  for (const pair of (request.get('cookie') ?? '').split(';')) {
    const [key, ...value] = pair.trim().split('=');
    if (key === name) return value.join('=') || undefined;
  }
  return undefined;
}

/** Sets the cookie until the browser closes, or for `days`. The value is one of our own tokens (letters, digits, - and _). */
export function setCookie(response: Response, { name, options }: Cookie, value: string, days?: number): void {
  response.cookie(name, value, days === undefined ? options : { ...options, maxAge: days * 86_400_000 });
}

/** Takes the cookie away. */
export function clearCookie(response: Response, { name, options }: Cookie): void {
  response.clearCookie(name, options);
}
