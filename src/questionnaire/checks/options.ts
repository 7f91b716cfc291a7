/** Options that cannot work as written. */
import type { Option } from '../definition.ts';
import type { Finding, Path } from '../source.ts';
import { isMark, type SurveyQuestion } from '../survey.ts';
import { type Check, error, type Subject } from './subject.ts';

/** Exclusive options, boxes behind options, marked answers, codes that were retired. */
export const checkOptions: Check = (subject) =>
  subject.questions.flatMap(({ path, question }) => {
    const own = 'options' in question && Array.isArray(question.options) ? question.options : [];
    const options = [...path, 'options'];
    return [
      ...own.flatMap((option, index) => inOption(subject, question, option, [...options, index])),
      ...allExclusive(subject, question, own, options),
      ...retired(subject, question, path),
      ...marked(subject, question, own, path),
    ];
  });

function inOption(subject: Subject, question: SurveyQuestion, option: Option, path: Path): Finding[] {
  const found: Finding[] = [];
  if (option.exclusive && question.type !== 'multiple') {
    const message = `"exclusive" means something only in a tick list; ${question.code} is of type "${question.type}".`;
    found.push(error(subject, 'exclusive-misuse', [...path, 'exclusive'], message, 'Take it out.'));
  }
  if (option.other && (question.type === 'grid' || question.type === 'ranking')) {
    const message = `A box cannot open behind an option of a ${question.type}.`;
    found.push(error(subject, 'other-box', [...path, 'other'], message, 'Ask for it in a question of its own.'));
  }
  return found;
}

function allExclusive(subject: Subject, { code, type }: SurveyQuestion, own: readonly Option[], path: Path): Finding[] {
  if (type !== 'multiple' || !own.every((option) => option.exclusive)) return [];
  const message = `Every option of ${code} is exclusive, so only one can ever be ticked.`;
  return [
    error(
      subject,
      'exclusive-misuse',
      path,
      message,
      'Make it a "single" question, or keep "exclusive" for answers such as “None of these”.',
    ),
  ];
}

function retired(subject: Subject, question: SurveyQuestion, path: Path): Finding[] {
  return (question.retired ?? []).flatMap((code, index) => {
    if (!question.choices.some((option) => option.code === code)) return [];
    const message = `${question.code} offers "${code}", which meant something else in an earlier version and is retired.`;
    return [error(subject, 'option-reused', [...path, 'retired', index], message, 'Give the option a new code.')];
  });
}

/** "Don't know" as an option of its own and as a mark: one of the two would not be shown. */
function marked(subject: Subject, question: SurveyQuestion, own: readonly Option[], path: Path): Finding[] {
  return own.flatMap(({ code }, index) => {
    const key = code === 'dk' ? 'dontKnow' : 'preferNotToSay';
    if (!isMark(code) || !(key in question)) return [];
    const message = `${question.code} has "${key}" and an option "${code}" of its own, which are the same answer.`;
    return [error(subject, 'duplicate-code', [...path, 'options', index, 'code'], message, `Take one of them out.`)];
  });
}
