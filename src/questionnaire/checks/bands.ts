/** Bands: does every number belong to one of them, and to one only? */
import type { Finding, Path } from '../source.ts';
import { type Band, findBand } from './band-words.ts';
import { type Check, error, type Subject, warning } from './subject.ts';
import { wordingsOf } from './texts-in.ts';

/** Bands that people choose from. Only labels that are bands as a whole are read, and only bands of the same unit compared. */
export const checkBandLabels: Check = (subject) =>
  subject.questions.flatMap(({ path, question }) => {
    if (!['single', 'dropdown', 'grid'].includes(question.type)) return [];
    const options = 'options' in question && Array.isArray(question.options) ? question.options : [];
    return subject.survey.file.languages.flatMap((language) => {
      const bands = options.flatMap(({ label }, index) => {
        const wording = wordingsOf(subject.survey, { text: label, path: [...path, 'options', index, 'label'] }).find(
          (each) => each.language === language,
        );
        const band = wording && findBand(wording.words);
        return wording && band ? [{ ...band, words: wording.words, path: wording.path }] : [];
      });
      return compareBands(subject, bands);
    });
  });

interface PlacedBand extends Band {
  readonly words: string;
  readonly path: Path;
}

function compareBands(subject: Subject, bands: readonly PlacedBand[]): Finding[] {
  const sorted = [...bands].sort((a, b) => a.low - b.low || a.high - b.high);
  return sorted.flatMap((band, index) => {
    const before = sorted.slice(0, index).findLast((each) => each.unit === band.unit);
    if (!before) return [];
    if (before.high > band.low || (before.high === band.low && before.highIn && band.lowIn)) {
      const message = `"${before.words}" and "${band.words}" overlap: ${amount(band.low)} fits both.`;
      return [
        error(
          subject,
          'touching-bands',
          band.path,
          message,
          'Let one end where the next begins, such as "1 to 4" and "5 to 9".',
        ),
      ];
    }
    const step = before.highIn && band.lowIn ? Math.max(before.step, band.step) : 0;
    if (band.low - before.high <= step * 1.000001) return [];
    const message = `Nothing between "${before.words}" and "${band.words}" can be chosen.`;
    return [
      warning(subject, 'band-gap', band.path, message, 'Let the bands follow each other, unless the gap is meant.'),
    ];
  });
}

function amount(value: number): string {
  return value.toLocaleString('en');
}
