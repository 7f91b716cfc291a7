/** The frame of a survey: consent first, ends that exist, rules that look at their own page, definitions shown. */
import type { Rule } from '../definition.ts';
import { referencesIn } from '../derived.ts';
import type { Finding, Path } from '../source.ts';
import { allFieldsOf, isMark } from '../survey.ts';
import type { PagePlace } from './places.ts';
import { meant, question } from './references.ts';
import { type Check, error, type Subject, warning } from './subject.ts';

export const checkFlow: Check = (subject) => [
  ...consent(subject),
  ...ends(subject),
  ...definitions(subject),
  ...subject.pages.flatMap((page) =>
    page.page.rules.flatMap((rule, index) => pageRule(subject, page, rule, [...page.path, 'rules', index])),
  ),
];

/** Nothing is kept before consent, so its question stands alone at the start, and whoever says anything but yes leaves. */
function consent(subject: Subject): Finding[] {
  const { survey } = subject;
  const { question: code, agree } = survey.file.consent;
  const path: Path = ['consent', 'question'];
  const asked = survey.questions.get(code);
  if (!asked)
    return [
      error(
        subject,
        'unknown-reference',
        path,
        `There is no question "${code}".`,
        meant(code, survey.questions.keys()),
      ),
    ];
  const page = subject.pages[0];
  const place = subject.questions.find((each) => each.question.code === code)?.path ?? path;
  const found: Finding[] = [];
  const say = (where: Path, message: string, mend: string) =>
    found.push(error(subject, 'consent', where, message, mend));
  if (asked.position !== 0 || page?.questions.length !== 1)
    say(
      place,
      `${code} asks for consent, so it is the only question of the first page.`,
      'Move it there, and everything else to later pages.',
    );
  if (asked.universe.length > 0)
    say(
      place,
      `${code} asks for consent, so everybody is asked it.`,
      'Take out "when" from it, its page and its section.',
    );
  if (asked.type !== 'single' || !Array.isArray(asked.options) || !asked.required) {
    say(
      place,
      `${code} asks for consent, so it is a required single choice.`,
      'Give it "type": "single" and "required": true.',
    );
    return found;
  }
  const codes = asked.options.map((option) => option.code);
  if (!codes.includes(agree)) {
    say(
      ['consent', 'agree'],
      `${code} has no option "${agree}" to agree with.`,
      meant(agree, codes, 'Name one of its options.'),
    );
    return found;
  }
  for (const [index, option] of asked.choices.entries()) {
    const where = isMark(option.code) ? place : [...place, 'options', index];
    if (option.code === agree && option.end !== undefined)
      say(where, `"${agree}" means yes, so it does not end the questionnaire.`, 'Take "end" out.');
    if (option.code !== agree && option.end === undefined)
      say(where, `"${option.code}" is not consent, so it ends the questionnaire.`, 'Give it an "end", or take it out.');
  }
  return found;
}

function ends(subject: Subject): Finding[] {
  const { file } = subject.survey;
  const names = Object.keys(file.ends);
  const used = subject.questions.flatMap(({ path, question: { ...asked } }) =>
    ('options' in asked && Array.isArray(asked.options) ? asked.options : []).flatMap(({ end }, index) =>
      end === undefined ? [] : [{ end, path: [...path, 'options', index, 'end'] }],
    ),
  );
  return [
    ...used
      .filter(({ end }) => !names.includes(end))
      .map(({ end, path }) =>
        error(
          subject,
          'unknown-end',
          path,
          `"ends" has no page "${end}".`,
          meant(end, names, 'Add it there, or name another.'),
        ),
      ),
    ...names
      .filter((name) => !used.some(({ end }) => end === name))
      .map((name) =>
        warning(
          subject,
          'unused-end',
          ['ends', name],
          `No answer leads to the end "${name}".`,
          'Take it out, or give an option this "end".',
        ),
      ),
  ];
}

function definitions(subject: Subject): Finding[] {
  const names = subject.survey.file.definitions.map(({ code }) => code);
  const shown = subject.pages.flatMap(({ path, file }) =>
    file.introduces === undefined ? [] : [{ name: file.introduces, path: [...path, 'introduces'] }],
  );
  return [
    ...shown
      .filter(({ name }) => !names.includes(name))
      .map(({ name, path }) =>
        error(
          subject,
          'unknown-definition',
          path,
          `There is no definition "${name}".`,
          meant(name, names, 'Add it to "definitions", or name another.'),
        ),
      ),
    ...names.flatMap((name, index) =>
      shown.some((each) => each.name === name)
        ? []
        : [
            warning(
              subject,
              'unused-definition',
              ['definitions', index],
              `No page shows the definition "${name}".`,
              'Take it out, or name it in a page\'s "introduces".',
            ),
          ],
    ),
  ];
}

/** A rule is about the answers of its own page; it may compare them with earlier ones. */
function pageRule(subject: Subject, { page }: PagePlace, rule: Rule, path: Path): Finding[] {
  const own = new Map(page.questions.map((each) => [each.code, each]));
  const ownFields = page.questions.flatMap((each) => allFieldsOf(each));
  const bounds = (['equals', 'atLeast', 'atMost'] as const).filter((key) => rule[key] !== undefined);
  const found: Finding[] = [];
  const say = (where: Path, message: string, mend: string) =>
    found.push(error(subject, 'page-rule', where, message, mend));
  if ((rule.sum === undefined) === (rule.refuseWhen === undefined))
    say(path, 'A rule has either "sum" or "refuseWhen".', 'Say one of them; two rules if both are meant.');
  if (rule.sum && bounds.length === 0)
    say(path, 'This sum is not compared with anything.', 'Add "equals", "atLeast" or "atMost".');
  if (rule.refuseWhen && bounds.length > 0)
    say([...path, bounds[0] ?? ''], `"${bounds[0]}" goes with "sum".`, 'Put the comparison into "refuseWhen".');
  if (rule.refuseWhen && !referencesIn(rule.refuseWhen).some((code) => ownFields.includes(code)))
    say(
      [...path, 'refuseWhen'],
      'This rule looks at nothing on its own page.',
      'Move it to the page whose answers it refuses.',
    );
  if (!own.has(rule.at))
    say(
      [...path, 'at'],
      `${rule.at} is not on this page, so the message cannot be shown there.`,
      meant(rule.at, own.keys(), 'Name a question of this page.'),
    );
  for (const [index, code] of (rule.sum ?? []).entries()) {
    const where = [...path, 'sum', index];
    if (!own.has(code))
      say(where, `${code} is not on this page.`, meant(code, own.keys(), 'Add up questions of this page only.'));
    else if (own.get(code)?.type !== 'number')
      say(where, `${code} is not a number, so it cannot be added up.`, 'Leave it out.');
  }
  for (const key of bounds) {
    const operand = rule[key];
    if (typeof operand !== 'object') continue;
    found.push(
      ...question(subject, operand.question, [...path, key, 'question'], { position: page.position, within: true }),
    );
  }
  return found;
}
