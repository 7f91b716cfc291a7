/** What can be expected to go wrong: it is told in a sentence, and not as a fault of the program. */
import { NotChanged } from '../accounts/people/store.ts';
import { WrongSetting } from '../config.ts';
import { StartRefused } from '../db/open.ts';
import { StoreUnavailable } from '../db/transaction.ts';
import { VersionTaken } from '../fieldwork/store.ts';
import { LiveChanged } from '../fieldwork/versions/store.ts';
import { NotDecided } from '../release/ledger/ledger.ts';
import { NotReleasable } from '../release/microdata/survey/columns.ts';
import { TooFewResponses } from '../release/tables/protect.ts';
import { NotWeightable } from '../results/weights.ts';
import { CommandFailed, UsageError } from './support.ts';

const EXPECTED = [
  NotChanged,
  CommandFailed,
  UsageError,
  WrongSetting,
  StartRefused,
  StoreUnavailable,
  VersionTaken,
  LiveChanged,
  NotDecided,
  NotReleasable,
  TooFewResponses,
  NotWeightable,
];

export function isExpected(error: unknown): error is Error {
  return error instanceof Error && EXPECTED.some((kind) => error instanceof kind);
}
