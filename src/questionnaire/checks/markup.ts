/** Texts are plain words or small Markdown: anything that looks like code would be shown as it stands. */
import { type Check, error } from './subject.ts';
import { wordingsOf } from './texts-in.ts';

const HTML = /<\/?[a-z][^<>]*>|<!--|&(#\d+|#x[0-9a-f]+|[a-z]+);/i;
const SCRIPT = /\bjavascript:|\bdata:text\/|\$\{|<%|\{%/i;
const REGULAR_EXPRESSION = /\\[dwsbDWSB][+*?{]?|\[(a-z|A-Z|0-9|\^)[^\]]{0,200}\]|\(\?[:=!<]|^\^.*\$$|\.\*(?!\*)/;

/** HTML, script and regular expressions in any text. */
export const checkMarkup: Check = (subject) =>
  subject.texts.flatMap((text) =>
    wordingsOf(subject.survey, text).flatMap(({ words, path }) => {
      const html = HTML.exec(words);
      if (html)
        return [
          error(
            subject,
            'html',
            path,
            `A text holds no HTML: "${html[0]}" would be shown as it stands.`,
            'Use Markdown: **bold**, a list with "- ", a blank line between paragraphs.',
          ),
        ];
      const script = SCRIPT.exec(words);
      if (script)
        return [
          error(
            subject,
            'html',
            path,
            `A text holds no code: "${script[0]}" would be shown as it stands.`,
            'To show an earlier answer write {{S1}}.',
          ),
        ];
      if (REGULAR_EXPRESSION.test(words))
        return [
          error(
            subject,
            'regular-expression',
            path,
            'This text looks like a regular expression, which is not part of the language.',
            'Limit an answer with "atLeast", "atMost", "decimals" or "limit", or offer options.',
          ),
        ];
      return [];
    }),
  );
