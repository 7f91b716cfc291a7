/** Whom results and data files of a survey are by, as a citation names them. */
import type { SurveyFile, Text } from './definition.ts';
import { inLanguage } from './text.ts';

export interface Credit {
  /** Without a full stop at its end. */
  readonly author: string;
  readonly publisher: string | undefined;
}

/**
 * In a language, as the survey's file says under `citation`. Where it says nothing the first sentence of who runs the
 * study stands for a name: the rest of that paragraph is for respondents.
 */
export function creditOf({ citation, information, languages }: SurveyFile, language: string): Credit {
  const say = (text: Text) => inLanguage(text, language, languages[0] ?? 'en').trim();
  const { author, publisher } = citation ?? {};
  return {
    author: withoutStop(author === undefined ? firstSentence(say(information.runBy)) : say(author)),
    publisher: publisher === undefined ? undefined : withoutStop(say(publisher)),
  };
}

/** Up to a full stop after a word of four letters or more: "St. Mary’s" and "Ltd. of" are not cut. */
export function firstSentence(words: string): string {
  const [first = words] = /^[\s\S]*?\p{L}{4,}[”’")]*[.!?](?=\s)/u.exec(words) ?? [];
  return first.replaceAll(/\s+/g, ' ');
}

const withoutStop = (words: string) => words.replace(/\.+$/, '');
