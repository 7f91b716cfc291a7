/** Why a cell holds no value, in words for whoever reads a data file: one table for all files (rule M15). */
import { MISSING } from '../../questionnaire/variables.ts';

export const MISSING_WORDS: readonly { readonly value: number; readonly label: string }[] = [
  { value: MISSING.notAsked, label: 'Not asked: this question was not for them' },
  { value: MISSING.left, label: 'Left before this question' },
  { value: MISSING.notInVersion, label: 'Not in the version of the questionnaire that they answered' },
  { value: MISSING.withheld, label: 'Withheld to protect people' },
  { value: MISSING.preferNotToSay, label: 'Prefer not to say' },
  { value: MISSING.dontKnow, label: 'Don’t know' },
  { value: MISSING.blank, label: 'Asked, not answered' },
];
