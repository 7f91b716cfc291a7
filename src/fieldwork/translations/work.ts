/** What takes seconds of the texts of large surveys: holding versions against each other, word by word. For a thread. */
import { z } from 'zod';
import { getSurvey } from '../../questionnaire/parse.ts';
import { changedWords } from '../../questionnaire/translations/changed-words.ts';
import { judgeTranslations } from '../../questionnaire/translations/stale.ts';
import { translationsCsv } from './csv.ts';
import { countStates, onlyShown, SHOWN } from './view.ts';

/** The files of the versions up to the one that is asked about, the earliest first. */
const sources = z.array(z.string());

export const translationTasks = [
  z.object({ what: z.literal('count translations'), sources, languages: z.array(z.string()).readonly() }),
  z.object({ what: z.literal('judge translations'), sources, language: z.string() }),
  z.object({ what: z.literal('list translations'), sources, language: z.string(), shown: z.enum(SHOWN) }),
] as const;
type TranslationTask = z.infer<(typeof translationTasks)[number]>;

const counts = z.object({ all: z.number(), missing: z.number(), stale: z.number() });

/** Of each language that was asked for. */
export const countedSchema = z.object({ counts: z.array(counts) });

export const judgedSchema = z.object({
  counts,
  texts: z.array(
    z.object({
      section: z.string().or(z.undefined()),
      page: z.string().or(z.undefined()),
      question: z.string().or(z.undefined()),
      what: z.string(),
      original: z.string(),
      translation: z.string().or(z.undefined()),
      state: z.enum(['missing', 'stale', 'current']),
      before: z.string().or(z.undefined()),
      /** Of a stale one, what changed in its original. */
      changes: z.array(z.object({ kind: z.enum(['same', 'gone', 'new']), words: z.string() })),
    }),
  ),
});

/** A file for a translator. */
export const listedSchema = z.object({ csv: z.string() });

/** Does a task. Pure. @param told hears how much of it is done, in percent @returns as one of the schemas above has it */
export function workOnTranslations(task: TranslationTask, told: (percent: number) => void): unknown {
  const halves = (half: number, done: number, all: number) => told(Math.round(50 * (half + done / all)));
  const versions = task.sources.map((source, place) => {
    halves(0, place, task.sources.length);
    return getSurvey(source);
  });
  if (task.what === 'count translations') {
    const { languages } = task;
    return {
      counts: languages.map((language, place) => {
        halves(1, place, languages.length);
        return countStates(judgeTranslations(versions, language));
      }),
    };
  }
  const judged = judgeTranslations(versions, task.language);
  if (task.what === 'list translations') return { csv: translationsCsv(onlyShown(judged, task.shown)) };
  const texts = judged.map((text, place) => {
    if (text.before === undefined) return { ...text, changes: [] };
    halves(1, place, judged.length);
    return { ...text, changes: changedWords(text.before, text.original) };
  });
  return { counts: countStates(judged), texts };
}
