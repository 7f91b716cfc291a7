/** A citation names somebody: a paragraph in its place would stand under every figure that is quoted. */
import { firstSentence } from '../credit.ts';
import { type Check, warning } from './subject.ts';
import { wordingsOf } from './texts-in.ts';

/** Longer than this is hardly a name. */
const NAME = 80;

/** An author that is more than a name, and a survey of which none is given and none can be guessed. */
export const checkCitation: Check = (subject) => {
  const { citation, information } = subject.survey.file;
  const path = citation ? ['citation', 'author'] : ['information', 'runBy'];
  const placed = { path, text: citation?.author ?? information.runBy };
  return wordingsOf(subject.survey, placed).flatMap(({ words, path: place }) => {
    const name = words.trim();
    if (name.length <= NAME && firstSentence(name) === name) return [];
    const message = citation
      ? 'A citation begins with a name, and this is more than one.'
      : `Results and data files would be cited by the first sentence of this: “${firstSentence(name)}”`;
    const mend = citation
      ? 'Write the name of whoever the results are by; what people should know of them stands under "runBy".'
      : 'Say under "citation" who the "author" is.';
    return [warning(subject, 'citation', place, message, mend)];
  });
};
