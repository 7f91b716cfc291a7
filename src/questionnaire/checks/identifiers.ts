/**
 * Questions that ask who somebody is, in a study that promises not to. Only what people type is looked at: an option
 * such as “Yes, including names” asks nobody for a name.
 */

import type { Path } from '../source.ts';
import { type Check, error, type Subject } from './subject.ts';
import { type PlacedText, wordingsOf } from './texts-in.ts';

/** What a person could be asked to type, in English and Welsh. */
const ASKS: readonly { readonly what: string; readonly words: RegExp }[] = [
  {
    what: 'a name',
    words:
      /\b(your|full|first|last|family|middle|maiden|contact|legal|trading|registered|business|company|charity|organisation[’']?s?|enterprise[’']?s?) names?\b|\bsurname\b|\bnames? of (your|the|each|any) [\w’' -]*\b(organisation|company|charity|enterprise|business|employer|person|manager|director|founder|contact|people)|^names?\W*$|\bwhat (is|are) (your|their) [\w’' -]*\bnames?\b|\b(cyf)?enw (llawn|eich|y cwmni|yr elusen|cyntaf|olaf)\b|\bbeth yw (eich )?enw\b|\bcyfenw\b|^enw\W*$/i,
  },
  {
    what: 'an e-mail address',
    words:
      /\be-?mail address(es)?\b|\byour e-?mail\b|^e-?mail\W*$|\bcyfeiriad e-?bost\b|\beich e-?bost\b|^e-?bost\W*$/i,
  },
  {
    what: 'a telephone number',
    words:
      /\b((tele)?phone|mobile|contact|whatsapp) (number|no\.)|^(tele)?phone\W*$|\brhif (ffôn|ffon|symudol|cyswllt)\b|^ffôn\W*$/i,
  },
  {
    what: 'an address',
    words:
      /\b(your|home|postal|street|business|office|registered|full|web|website|ip|organisation[’']?s) address\b|\bpost ?code\b|\bzip ?code\b|\b(is|are|give|enter|type|share) (us )?your (web ?site|web page|url)\b|\b(web ?site|url) of (your|the)\b|^(address|web ?site|url)\W*$|\bcod post\b|\beich (cyfeiriad|gwefan)\b|\bcyfeiriad (cartref|post|gwe|llawn)\b/i,
  },
  {
    what: 'a registration number',
    words:
      /\b(company|charity|registration|registered|vat|utr|duns|membership|nhs|passport|licence|reference) (registration )?(number|no\.)|\bnational insurance\b|\bpassport\b|\bdriving licen[cs]e\b|\brhif (y )?(cwmni|elusen|cofrestru|pasbort)\b|\byswiriant gwladol\b/i,
  },
  {
    what: 'a date of birth',
    words:
      /\bdate of birth\b|\bbirth ?(date|day)\b|\bwhen were you born\b|\bdob\b|\bdyddiad geni\b|\bpryd y?\W?(cawsoch|cafoch) eich geni\b/i,
  },
  {
    what: 'a password',
    words: /\bpass(word|phrase|code)s?\b|\bpin (number|code)\b|\blog-?in details\b|\bcyfrinair\b|\bcyfrineiriau\b/i,
  },
  {
    what: 'bank details',
    words:
      /\bbank (account|details)\b|\b(account|card) number\b|\bsort code\b|\biban\b|\bmanylion (eich )?banc\b|\brhif (eich )?cyfrif\b|\bcod didoli\b/i,
  },
  {
    what: 'an account on a network',
    words:
      /\b(twitter|linkedin|facebook|instagram|social media|bluesky|mastodon|x) (handle|account|profile|user ?name|page)\b|\byour user ?name\b/i,
  },
];

/** A sentence that asks people to leave something out. */
const WARNS =
  /\b(do not|don[’']t|please avoid|avoid|never|without|leave out|not (give|include|tell)|peidiwch|heb|osgowch)\b/i;

/** Every text beside a box that somebody types into. */
export const checkIdentifiers: Check = (subject) => {
  if (!subject.survey.file.disclosure.anonymous) return [];
  return subject.questions.flatMap(({ path, question }) => {
    const typed = ['text', 'number', 'date'].includes(question.type);
    const own = typed ? texts(question, ['text', 'hint', 'short', 'unit', 'prefix'], path) : [];
    const variants = typed
      ? (question.variants ?? []).flatMap((variant, index) =>
          texts(variant, ['text', 'hint'], [...path, 'variants', index]),
        )
      : [];
    const options = 'options' in question && Array.isArray(question.options) ? question.options : [];
    const boxes = options.flatMap((option, index) =>
      option.other ? texts(option, ['label', 'hint'], [...path, 'options', index]) : [],
    );
    return [...own, ...variants, ...boxes].flatMap((text) => inText(subject, question.code, text));
  });
};

function texts(holder: object, keys: readonly string[], path: Path): PlacedText[] {
  return Object.entries(holder).flatMap(([key, text]) => (keys.includes(key) ? [{ text, path: [...path, key] }] : []));
}

function inText(subject: Subject, code: string, text: PlacedText) {
  return wordingsOf(subject.survey, text).flatMap(({ words, path }) => {
    const asked = findAsked(words);
    if (asked === undefined) return [];
    const message = `${code} seems to ask for ${asked}, but the study is said to be anonymous.`;
    const mend = 'Take it out; who wants to be known can say so in the separate sign-up.';
    return [error(subject, 'identifier', path, message, mend)];
  });
}

/** What a text asks for that tells who somebody is; undefined when it asks for none of it, or asks to leave it out. */
export function findAsked(words: string): string | undefined {
  const sentences = words.split(/(?<=[.!?])\s+|\n/).filter((sentence) => !WARNS.test(sentence));
  return ASKS.find(({ words: pattern }) => sentences.some((sentence) => pattern.test(sentence)))?.what;
}
