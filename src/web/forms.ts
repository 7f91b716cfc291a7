/** Reading posted forms: strictly, within limits, and only the one kind that pages without a file send. */
import express, { type Request, type RequestHandler } from 'express';
import { onlyReads, Problem } from './problems.ts';

/** A form as posted: each name with the value, or the values, that came for it. It has no prototype. */
export type Form = Readonly<Record<string, string | readonly string[] | undefined>>;

const FORM_TYPE = 'application/x-www-form-urlencoded';
/** The longest text a question may ask for takes 120,000 bytes in an alphabet of symbols; a page may hold several. */
export const LIMITS = { bytes: 1_000_000, fields: 1000, nameLength: 100 };

/** Names that mean something to JavaScript itself; no page of ours asks for them. */
const RESERVED = new Set(['__proto__', 'constructor', 'prototype']);

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads `a=1&b=2`. Throws `bad_form` on what no browser sends: bytes that are not UTF-8 (lone surrogates among them),
 * broken escapes, NUL, too many fields, reserved names. Standard readers put U+FFFD in the place of such bytes: an
 * answer would be stored that nobody gave.
 */
function parseForm(body: Uint8Array): Form {
  const form: Record<string, string | string[]> = Object.create(null);
  let text: string;
  try {
    text = utf8.decode(body);
  } catch (cause) {
    throw new Problem('bad_form', { cause });
  }
  const fields = text.split('&').filter((field) => field !== '');
  if (fields.length > LIMITS.fields) throw new Problem('too_large');
  for (const field of fields) {
    const equals = field.indexOf('=');
    const name = decode(equals === -1 ? field : field.slice(0, equals));
    const value = equals === -1 ? '' : decode(field.slice(equals + 1));
    refuseStrange(name, value);
    const known = form[name];
    form[name] = known === undefined ? value : [...(typeof known === 'string' ? [known] : known), value];
  }
  return form;
}

function decode(escaped: string): string {
  try {
    return decodeURIComponent(escaped.replaceAll('+', ' '));
  } catch (cause) {
    throw new Problem('bad_form', { cause });
  }
}

/** @throws Problem bad_form for a name or a value that no page of ours makes a browser send */
export function refuseStrange(name: string, value: string): void {
  const isName = name.length <= LIMITS.nameLength && !RESERVED.has(name);
  if (!isName || `${name}${value}`.includes('\0')) throw new Problem('bad_form');
}

/** Reads the body of a changing request into `request.body`, a `Form`; any other kind of body is a `wrong_type`. */
export function readForms(): RequestHandler[] {
  return [
    // A compressed body could be a thousand times its size: none of our pages sends one.
    express.raw({ type: FORM_TYPE, limit: LIMITS.bytes, inflate: false }),
    (request, _response, next) => {
      const hasBody = request.get('transfer-encoding') !== undefined || Number(request.get('content-length') ?? 0) > 0;
      if (onlyReads(request.method) || !hasBody) request.body = parseForm(new Uint8Array());
      else if (Buffer.isBuffer(request.body) && isUtf8(request)) request.body = parseForm(request.body);
      else return next(new Problem('wrong_type'));
      next();
    },
  ];
}

const isUtf8 = (request: Request): boolean => {
  const charset = /charset\s*=\s*"?([\w-]+)/i.exec(request.get('content-type') ?? '')?.[1];
  return charset === undefined || charset.toLowerCase() === 'utf-8';
};

/** The form of a request that went through `readForms`. */
export const formOf = (request: Request): Form => request.body;

/** The one value posted under a name, as typed; undefined where none was. Throws `bad_form` where several were. */
export function findValue(form: Form, name: string): string | undefined {
  const value = form[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new Problem('bad_form');
}

/** A handler whose form is offered once more where the store could not take it: nothing typed is lost. */
export function offeringAgain(handle: RequestHandler): RequestHandler {
  return (request, response, next) => {
    response.locals.again = true;
    return handle(request, response, next);
  };
}
