/**
 * Links that alone open a page: in a message, or passed on by staff. Their token is exchanged for a cookie, because
 * addresses stay in a browser's history. Decision 0016.
 */
import { createHash } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Context } from './context.ts';
import { type Cookie, clearCookie, cookieNamed, readCookie, setCookie } from './cookies.ts';

type Site = Pick<Context, 'settings'>;

/** The token by which a page was asked for. */
export interface Link {
  readonly token: string;
  /** Whether it came in a cookie, and the address holds its name alone. */
  readonly kept: boolean;
}

/**
 * The token of the link by which a page is opened. It stands in the address as it came, or in a cookie once `keepLink`
 * has put it there; then the address holds its name, which opens nothing without the cookie.
 */
export function linkOf(site: Site, request: Request): Link {
  const given = String(request.params.token);
  const token = readCookie(request, linkCookie(site, given));
  return token !== undefined && nameOf(token) === given ? { token, kept: true } : { token: given, kept: false };
}

/** Puts a link's token into a cookie until the browser closes, and leads to the address without it. */
export function keepLink(site: Site, response: Response, room: string, token: string): void {
  const name = nameOf(token);
  setCookie(response, linkCookie(site, name), token);
  response.redirect(303, `${room}/${name}`);
}

/** Takes the cookie of a link away, where there is nothing more to do by it. */
export function dropLink(site: Site, response: Response, token: string): void {
  clearCookie(response, linkCookie(site, nameOf(token)));
}

/** Half of the hash: 128 bits, by which several links are told apart in one browser. */
const nameOf = (token: string): string => createHash('sha256').update(token).digest('hex').slice(0, 32);

const linkCookie = ({ settings }: Site, name: string): Cookie => cookieNamed(`link-${name}`, settings.publicUrl);
