/** Earlier answers in a text, `{{T3}}`: are they there to be shown? */
import type { Condition } from '../definition.ts';
import { questionOfField } from '../journey.ts';
import type { Finding, Path } from '../source.ts';
import { PIPE } from '../text.ts';
import type { PagePlace } from './places.ts';
import { meant } from './references.ts';
import { type Check, error, type Subject, warning } from './subject.ts';
import { wordingsOf } from './texts-in.ts';

/** Every text that pipes something in. */
export const checkPipes: Check = (subject) =>
  subject.texts.flatMap((text) =>
    wordingsOf(subject.survey, text).flatMap(({ words, path }) => [
      ...(words.includes('{{') || words.includes('}}') ? inText(subject, words, path) : []),
      ...single(subject, words, path),
    ]),
  );

/** A code in single braces is shown as it stands, which nobody who writes one wants. */
function single(subject: Subject, words: string, path: Path): Finding[] {
  const found = [...words.matchAll(/(?<!\{)\{(\w+)(?:\|[^{}]*)?\}(?!\})/g)].find(
    ([, code = '']) => code === 'each' || questionOfField(subject.survey, code),
  );
  if (!found) return [];
  const [written] = found;
  return [
    warning(
      subject,
      'pipe-malformed',
      path,
      `People would read “${written}” as it stands.`,
      `Write {${written}} to show the answer.`,
    ),
  ];
}

interface Scene {
  readonly position: number;
  readonly given: readonly Condition[];
  readonly repeated: boolean;
}

function inText(subject: Subject, words: string, path: Path): Finding[] {
  if (/\{\{|\}\}/.test(words.replaceAll(PIPE, '')))
    return [
      error(
        subject,
        'pipe-malformed',
        path,
        'The double braces in this text do not read as an answer to show.',
        'Write {{S1}}, or {{S1|what to say without an answer}}.',
      ),
    ];
  if (path[2] === 'pages' && !pageAt(subject, path)) return [];
  const scene = sceneOf(subject, path);
  return [...words.matchAll(PIPE)].flatMap(([, code = '', fallback]) => {
    if (code === 'each' && scene?.repeated) return [];
    if (code === 'each')
      return [
        error(
          subject,
          'pipe-unknown',
          path,
          '{{each}} means something only on a repeated page.',
          'Give the page a "repeat", or name a question.',
        ),
      ];
    if (!scene)
      return [
        error(
          subject,
          'pipe-misplaced',
          path,
          `{{${code}}} is shown as it stands: no answers are known where this text is read.`,
          'Say it without the answer.',
        ),
      ];
    return inScene(subject, code, fallback, scene, path);
  });
}

function inScene(
  subject: Subject,
  code: string,
  fallback: string | undefined,
  { position, given }: Scene,
  path: Path,
): Finding[] {
  const question = questionOfField(subject.survey, code);
  if (!question || question.type === 'grid')
    return [
      error(
        subject,
        'pipe-unknown',
        path,
        question
          ? `A grid's answer cannot be shown in a text: {{${code}}}.`
          : `There is no question "${code}" to show the answer of.`,
        question ? 'Name another question.' : meant(code, subject.fields),
      ),
    ];
  if (question.position >= position)
    return [
      error(
        subject,
        'pipe-later',
        path,
        `${code} ${question.position === position ? 'stands on the same page' : 'is asked later'}, so there is no answer to show yet.`,
        'Move it to an earlier page, or say it without the answer.',
      ),
    ];
  const worlds = subject.routes.worlds({ position }, given, { fields: [code] });
  const blank = worlds?.filter(({ known }) => known.answer(code) === undefined) ?? [];
  if (!worlds || blank.length === 0) return [];
  if (blank.length === worlds.length)
    return [
      error(
        subject,
        'pipe-blank',
        path,
        `Nobody who reads this has answered ${code}.`,
        'Name a question that these people were asked.',
      ),
    ];
  if (fallback !== undefined) return [];
  return [
    error(
      subject,
      'pipe-blank',
      path,
      `${code} may have no answer here, which would leave a hole in the sentence.`,
      `Say what stands there instead: {{${code}|…}}.`,
    ),
  ];
}

/** When a text is read, and by whom; undefined where no answers are at hand. */
function sceneOf(subject: Subject, path: Path): Scene | undefined {
  const [top, section, inside, , part, which, key, item] = path;
  if (top !== 'sections' || inside === 'title') return undefined;
  const { survey, pages } = subject;
  const opening = pages.find((each) => each.path[1] === section);
  if (inside !== 'pages') {
    const when = survey.file.sections[Number(section)]?.when;
    return opening && { position: opening.page.position, given: when ? [when] : [], repeated: false };
  }
  const place = pageAt(subject, path);
  if (!place) return undefined;
  const scene = { position: place.page.position, repeated: place.file.repeat !== undefined };
  if (part !== 'questions') return { ...scene, given: place.page.when };
  if (key === 'short') return undefined;
  const question = place.page.questions[Number(which)];
  const variant = key === 'variants' ? question?.variants?.[Number(item)] : undefined;
  return { ...scene, given: [...(question?.universe ?? place.page.when), ...(variant ? [variant.when] : [])] };
}

/** The page that a text stands on; undefined for a repeated page that has nothing to be repeated for. */
function pageAt({ pages }: Subject, [, section, , index]: Path): PagePlace | undefined {
  return pages.find(({ path }) => path[1] === section && path[3] === index);
}
