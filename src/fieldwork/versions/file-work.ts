/** What takes seconds of a large survey's file: checking it, following its routes, looking after its languages. All that goes in and out is plain values. */
import { z } from 'zod';
import { textSchema } from '../../questionnaire/definition.ts';
import { flowDiagram } from '../../questionnaire/diagram.ts';
import { getSurvey } from '../../questionnaire/parse.ts';
import { pathsOf } from '../../questionnaire/paths.ts';
import { drawFlow } from '../../questionnaire/picture/draw.ts';
import type { Context } from '../../web/context.ts';
import { translationTasks, workOnTranslations } from '../translations/work.ts';
import { changeSchema, changesBetween } from './changes.ts';
import { isPublishable, reviewFile } from './review.ts';

const taskSchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('review'), source: z.string(), live: z.string().optional(), today: z.string() }),
  z.object({ what: z.literal('follow'), source: z.string() }),
  ...translationTasks,
]);
export type FileTask = z.infer<typeof taskSchema>;

/** What is wrong with a file, without the survey that it makes, and what it would change where nothing is. */
export const reviewedSchema = z.object({
  readable: z.boolean(),
  findings: z.array(
    z.object({
      severity: z.enum(['error', 'warning']),
      check: z.string(),
      pointer: z.string(),
      line: z.number(),
      message: z.string(),
      mend: z.string().exactOptional(),
    }),
  ),
  changes: z.array(changeSchema),
});

/** The path of each stage, and the picture of all: as SVG, and in the language of Mermaid. */
export const followedSchema = z.object({
  paths: z.array(
    z.object({
      stage: z.string().or(z.undefined()),
      label: textSchema.or(z.undefined()),
      example: z.record(z.string(), z.union([z.string(), z.array(z.string()), z.null()])),
      sections: z.array(
        z.object({
          code: z.string(),
          title: textSchema,
          pages: z.array(
            z.object({
              code: z.string(),
              questions: z.array(z.object({ code: z.string(), text: textSchema, when: z.string().or(z.undefined()) })),
            }),
          ),
        }),
      ),
    }),
  ),
  picture: z.string(),
  diagram: z.string(),
});

/** Beyond so many nobody reads on, and a file may have a hundred thousand. */
const MOST_FINDINGS = 5000;

/** Does a task. Pure. @param told hears how much of it is done, in percent @returns as one of the schemas above has it */
export function workOnFile(asked: unknown, told: (percent: number) => void): unknown {
  const task = taskSchema.parse(asked);
  if (task.what === 'review') {
    const review = reviewFile(task.source, task.live, task.today, told);
    const findings = review.findings.slice(0, MOST_FINDINGS);
    const live = task.live === undefined || !isPublishable(review) ? undefined : getSurvey(task.live);
    const changes = live && review.survey ? changesBetween(live, review.survey) : [];
    return { readable: review.survey !== undefined, findings, changes };
  }
  if (task.what !== 'follow') return workOnTranslations(task, told);
  const survey = getSurvey(task.source);
  // What is left is drawing.
  const paths = pathsOf(survey, (percent) => told(Math.round(0.9 * percent)));
  return { paths, picture: drawFlow(survey, paths), diagram: flowDiagram(survey) };
}

/** Has a task done in a thread, or in this one where there is no other. @throws what ended it */
export async function handOut(
  { workOnFile: work }: Pick<Context, 'workOnFile'>,
  task: FileTask,
  told: (percent: number) => void,
): Promise<unknown> {
  return work ? work(task, told) : workOnFile(task, told);
}
