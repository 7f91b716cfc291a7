/** A file that was sent from somebody's computer: the text in it, or why there is none. */
import { findEncodingFault, SAVE_AS_UTF8 } from '../../questionnaire/encoding.ts';

/** How files begin that are not text. */
const KINDS: readonly (readonly [start: string, what: string])[] = [
  ['PK\u0003\u0004', 'is a zip archive, or a document of a word processor or spreadsheet'],
  ['%PDF', 'is a PDF'],
  ['\u001f\u008b', 'is a compressed file'],
  ['\u0089PNG', 'is a picture'],
  ['\u00ff\u00d8\u00ff', 'is a picture'],
];

const SEND_JSON = 'Choose the survey’s file, which is text: JSON, from the first { to the last }';

/**
 * The text of a file to the byte, or why it holds none, as a sentence. Pure.
 * @param name what the computer that sent it calls it, by which nothing is decided
 */
export function readUploaded(bytes: Uint8Array, name: string): { readonly text: string } | { readonly fault: string } {
  const file = `The file “${shownName(name)}”`;
  if (bytes.length === 0) return { fault: `${file} is empty` };
  const start = String.fromCharCode(...bytes.subarray(0, 8));
  const kind = KINDS.find(([begins]) => start.startsWith(begins));
  if (kind) return { fault: `${file} ${kind[1]}. ${SEND_JSON}` };
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  const encoding = findEncodingFault(text);
  const isUtf16 = start.startsWith('\u00ff\u00fe') || start.startsWith('\u00fe\u00ff');
  if (text.includes('\0') && !isUtf16) return { fault: `${file} is not text. ${SEND_JSON}` };
  if (encoding)
    return { fault: `${file} cannot be read at line ${encoding.line}. ${encoding.message} ${SAVE_AS_UTF8}` };
  return text.trim() === '' ? { fault: `${file} has nothing in it but blanks` } : { text };
}

const LONGEST_NAME = 80;

/** A file's name as it can be shown: nothing in it breaks a line or turns the direction of reading round. */
export function shownName(name: string): string {
  const visible = [...name.replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '\uFFFD')];
  return visible.length > LONGEST_NAME ? `${visible.slice(0, LONGEST_NAME).join('')}…` : visible.join('');
}
