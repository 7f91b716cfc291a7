/** What researchers of the network were told of earlier files: a new one must not tell of few people beside it. */
import type { Survey } from '../../questionnaire/survey.ts';
import type { DataFile } from '../../release/microdata/data-file.ts';
import { NoAtoms } from '../../release/network/atoms.ts';
import { findSubtracted, type Shown } from '../../release/network/beside.ts';
import { openNetwork } from '../../release/network/network.ts';
import { policyOf } from '../../release/policy.ts';
import { CommandFailed } from '../support.ts';

/** A data file with the version of the survey that it is of. */
export interface OfSurvey {
  readonly file: DataFile;
  readonly survey: Survey;
}

/** @throws CommandFailed where the figures of both, one less the other, would be of too few (rule R3) */
export function checkEarlierTier(earlier: OfSurvey, now: OfSurvey): void {
  const [before, after] = [shownOf(earlier), shownOf(now)];
  const found = before && after && findSubtracted(before, after);
  if (!found) return;
  const { base, cell } = policyOf(now.survey.file);
  const what =
    found.kind === 'people'
      ? `of fewer than ${base} people`
      : `of an answer to ${found.name} that fewer than ${cell} people gave, or of fewer than ${base} who answered`;
  const { release } = earlier.file.about;
  throw new CommandFailed(
    `Whoever asks the same of this file and of release ${release} ("results --network") and subtracts would be told ${what}. Wait for more responses, or give release ${release} again with "release bundle".`,
  );
}

/** Undefined where nothing is shown: there are too few rows. */
function shownOf({ file, survey }: OfSurvey): Shown | undefined {
  try {
    return { file, network: openNetwork(file, survey, policyOf(survey.file)) };
  } catch (error) {
    if (error instanceof NoAtoms) return undefined;
    throw error;
  }
}
