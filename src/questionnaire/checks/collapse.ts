/** Answers that published tables take together (rule T4): each in one group, under a code of its own. */
import type { Finding } from '../source.ts';
import { collapsesOf } from '../survey.ts';
import { codesOf } from './option-codes.ts';
import { type Check, error } from './subject.ts';

export const checkCollapse: Check = (subject) =>
  subject.questions.flatMap(({ path, question }): Finding[] => {
    const collapse = collapsesOf(question);
    const codes = codesOf(subject.survey, question.code) ?? [];
    const placed = collapse.flatMap(({ options }, group) =>
      options.map((option, index) => ({ option, path: [...path, 'collapse', group, 'options', index] })),
    );
    const twice = placed.filter(({ option }, index) => placed.findIndex((each) => each.option === option) < index);
    return [
      ...collapse.flatMap(({ code }, group) => {
        const taken = codes.includes(code) || collapse.findIndex((each) => each.code === code) < group;
        if (!taken) return [];
        const message = `"${code}" is the code of an option or of another group already, so a table could not tell them apart.`;
        return [
          error(
            subject,
            'collapse',
            [...path, 'collapse', group, 'code'],
            message,
            'Give the group a code of its own.',
          ),
        ];
      }),
      ...twice.map(({ option, path: place }) =>
        error(
          subject,
          'collapse',
          place,
          `The option "${option}" of ${question.code} is taken together twice.`,
          'Leave it in one group.',
        ),
      ),
    ];
  });
