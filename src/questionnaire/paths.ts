/** The way of each stage through a survey: what its respondents meet, and one of them as an example. */

import type { Answers } from './answers.ts';
import { listBehind } from './checks/mentions.ts';
import { type Routes, routesOf, type World } from './checks/worlds.ts';
import { allHold, holds } from './conditions.ts';
import type { Condition, Text } from './definition.ts';
import { shortUniverse } from './describe.ts';
import { randomFrom } from './random.ts';
import { simulateResponse, type Weights } from './simulate.ts';
import type { Survey, SurveyQuestion } from './survey.ts';

export interface StagePath {
  /** The stage's code; undefined where the survey has no stage rule, and there is one path for all. */
  readonly stage: string | undefined;
  readonly label: Text | undefined;
  /** Made-up answers that lead along this path, through the engine to the end. */
  readonly example: Answers;
  readonly sections: readonly PathSection[];
}

interface PathSection {
  readonly code: string;
  readonly title: Text;
  readonly pages: readonly { readonly code: string; readonly questions: readonly PathQuestion[] }[];
}

interface PathQuestion {
  readonly code: string;
  readonly text: Text;
  /** What decides whether somebody at this stage is asked, by codes; undefined when all of them are. */
  readonly when: string | undefined;
}

/** The most respondents made up in search of an example. */
const TRIES = 200;

/**
 * The path of each stage that somebody can have, in the order of the rule's values. Pure.
 * @param told hears after each page of each path how much is done, in percent
 */
export function pathsOf(survey: Survey, told: (percent: number) => void = () => {}): StagePath[] {
  const [stage] = survey.file.stageRule?.gives ?? [];
  const routes = routesOf(survey);
  const stages = stage?.values.length ?? 1;
  const toldOf = (place: number) => (share: number) => told(Math.round((100 * (place + share)) / stages));
  if (!stage) return pathFor(survey, routes, undefined, undefined, toldOf(0));
  return stage.values.flatMap(({ code, label }, place) =>
    pathFor(survey, routes, { variable: stage.code, is: code }, { code, label }, toldOf(place)),
  );
}

function pathFor(
  survey: Survey,
  routes: Routes,
  is: Condition | undefined,
  value: { code: string; label: Text } | undefined,
  told: (share: number) => void,
): StagePath[] {
  const example = findExample(survey, routes, is);
  if (!example) return [];
  const met = metBy(survey, routes, is ? [is] : []);
  const sections = survey.file.sections.map(({ code, title }): PathSection => {
    const pages = survey.pages.filter((page) => page.section.code === code);
    return {
      code,
      title,
      pages: pages
        .map((page) => {
          told(page.position / survey.pages.length);
          return { code: page.code, questions: page.questions.flatMap(met) };
        })
        .filter(({ questions }) => questions.length > 0),
    };
  });
  const path = { stage: value?.code, label: value?.label, example };
  return [{ ...path, sections: sections.filter(({ pages }) => pages.length > 0) }];
}

/**
 * Which questions these respondents meet. Where there are too many kinds of them to try, any question may be met. Only
 * what decides about a question is tried out, not its own answers: so questions with the same conditions share one walk.
 */
function metBy(
  survey: Survey,
  routes: Routes,
  who: readonly Condition[],
): (question: SurveyQuestion) => PathQuestion[] {
  return (question) => {
    const { code, text, universe } = question;
    const list = listBehind(question);
    const fields = list ? [code] : [];
    const worlds = routes.worlds({ position: survey.pages.length }, who, { conditions: universe, fields });
    const asked = ({ answers, filled, known }: World) =>
      list ? answers[code] !== undefined && !filled.includes(code) : allHold(universe, known);
    if (worlds && !worlds.some(asked)) return [];
    if (worlds?.every(asked)) return [{ code, text, when: undefined }];
    const deciding = universe.filter((condition) => !worlds?.every(({ known }) => holds(condition, known)));
    const fewLeft = list && !worlds?.every((world) => asked(world) || !allHold(universe, world.known));
    const reasons = [
      ...(deciding.length > 0 ? [shortUniverse(deciding)] : []),
      ...(fewLeft ? [`two or more are left of ${list.from}`] : []),
    ];
    return [{ code, text, when: reasons.join(' and ') }];
  };
}

/** Made-up answers of somebody for whom the condition holds; the answers that the stage is read from are chosen, the rest are drawn. */
function findExample(survey: Survey, routes: Routes, is: Condition | undefined): Answers | undefined {
  const from = survey.file.stageRule?.from ?? [];
  const last = survey.pages.length;
  const worlds = is ? routes.worlds({ position: last }, [is], { fields: from }) : [];
  const weights: Weights = {};
  for (const code of from) {
    const chosen = worlds?.[0]?.answers[code];
    const choices = survey.questions.get(code)?.choices ?? [];
    if (typeof chosen === 'string')
      weights[code] = Object.fromEntries(choices.map((option) => [option.code, option.code === chosen ? 1 : 0]));
  }
  for (let seed = 1; seed <= TRIES; seed++) {
    const journey = simulateResponse(survey, randomFrom(seed), { weights, blanks: seed > TRIES / 2 ? 0.5 : 0 });
    if (!journey.next && journey.end === undefined && (!is || holds(is, journey.known))) return journey.answers;
  }
  return undefined;
}
