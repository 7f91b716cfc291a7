import { HtmlValidate } from 'html-validate';
import { expect } from 'vitest';

const validator = new HtmlValidate({
  extends: ['html-validate:standard', 'html-validate:a11y'],
  rules: {
    // A survey's title is its own affair.
    'long-title': 'off',
    // govuk-frontend's markup, tried with people who use screen readers: "group" makes JAWS read a date's hint.
    'no-redundant-role': 'off',
    'prefer-native-element': 'off',
  },
});

/** Fails with the rule and the place where a page is not valid HTML. */
export async function expectValidHtml(html: string): Promise<void> {
  const { results } = await validator.validateString(html);
  const faults = results.flatMap(({ messages }) => messages);
  expect(faults.map(({ ruleId, message, line, selector }) => ({ ruleId, message, line, selector }))).toEqual([]);
}
