/** What is wrong with a survey that reads well: its meaning. Nothing is published before this is content. */
import { checkBandLabels } from './checks/bands.ts';
import { checkBlanks } from './checks/blanks.ts';
import { checkCitation } from './checks/citation.ts';
import { checkCodes } from './checks/codes.ts';
import { checkCollapse } from './checks/collapse.ts';
import { checkDateLike } from './checks/date-like.ts';
import { checkDefinitions } from './checks/definitions.ts';
import { checkDisclosure } from './checks/disclosure.ts';
import { checkFlow } from './checks/flow.ts';
import { checkIdentifiers } from './checks/identifiers.ts';
import { checkMarkup } from './checks/markup.ts';
import { checkNamesInFiles } from './checks/names-in-files.ts';
import { checkOperators } from './checks/operators.ts';
import { checkOptionCodes } from './checks/option-codes.ts';
import { checkOptions } from './checks/options.ts';
import { checkPastDates } from './checks/past-dates.ts';
import { checkPipes } from './checks/pipes.ts';
import { checkPlaceholders } from './checks/placeholders.ts';
import { checkRanges } from './checks/ranges.ts';
import { checkReach } from './checks/reach.ts';
import { checkReferences } from './checks/references.ts';
import { checkReleasedTexts } from './checks/released-texts.ts';
import { checkStageRule } from './checks/stage-rule.ts';
import { type Check, subjectOf } from './checks/subject.ts';
import { checkTrees } from './checks/trees.ts';
import { checkVersions, type EarlierVersion } from './checks/versions.ts';
import { checkWeighting } from './checks/weighting.ts';
import { checkWording } from './checks/wording.ts';
import type { Finding, Source } from './source.ts';
import type { Survey } from './survey.ts';

/** Names have to be right before anything can be followed along them. */
const NAMES: readonly Check[] = [checkReferences, checkOperators, checkOptionCodes, checkCodes];
const FOLLOWING: readonly Check[] = [checkNamesInFiles, checkReach, checkBlanks, checkPipes, checkStageRule];
const REST: readonly Check[] = [
  checkOptions,
  checkDateLike,
  checkBandLabels,
  checkTrees,
  checkCollapse,
  checkFlow,
  checkRanges,
  checkMarkup,
  checkPlaceholders,
  checkCitation,
  checkWording,
  checkDisclosure,
  checkReleasedTexts,
  checkWeighting,
  checkIdentifiers,
];

/** What a survey is held against besides itself. */
interface Against {
  /** The version before it: codes in use may not change their meaning. */
  readonly previous?: EarlierVersion | undefined;
  /** YYYY-MM-DD. Left out, no date is over. */
  readonly today?: string | undefined;
  /** Hears after each part of the work how much of it is done, in percent. */
  readonly told?: ((percent: number) => void) | undefined;
}

/**
 * Everything found in a survey, in the order of the file. What follows the routes is looked at only once every name is
 * right, since a wrong name leads nowhere. Pure; never throws on a survey that parsed.
 */
export function checkSurvey(survey: Survey, source: Source, { previous, today, told }: Against = {}): Finding[] {
  const subject = subjectOf(survey, source);
  const definitions = checkDefinitions(subject);
  if (definitions.some(({ check }) => check === 'circular-variable')) return inOrder(definitions);
  let done = 0;
  const run = (checks: readonly Check[]) =>
    checks.flatMap((check) => {
      told?.(Math.round((100 * done++) / (NAMES.length + FOLLOWING.length + REST.length)));
      return check(subject);
    });
  const names = [...definitions, ...run(NAMES)];
  const rest = run(REST);
  const followed = names.length > 0 ? [] : run(FOLLOWING);
  const over = today === undefined ? [] : checkPastDates(subject, today);
  const against = previous ? checkVersions(subject, previous) : [];
  return inOrder([...names, ...followed, ...rest, ...over, ...against]);
}

function inOrder(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((a, b) => a.line - b.line);
}
