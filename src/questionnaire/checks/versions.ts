/**
 * What a new version may not change under the same code. Answers to the earlier version are kept beside the new ones:
 * a code that changed its meaning would make them say what nobody answered.
 */
import type { Option } from '../definition.ts';
import type { Finding, Path } from '../source.ts';
import type { Survey, SurveyQuestion } from '../survey.ts';
import { variablesOf } from '../variables.ts';
import { changedVariables } from './changed-variables.ts';
import { changedScale, plain, reworded, words } from './changed-wording.ts';
import { placeOf } from './names-in-files.ts';
import type { QuestionPlace } from './places.ts';
import { staleTranslations } from './stale-translations.ts';
import { error, listed, type Subject, warning } from './subject.ts';

/** An earlier version of a survey, or another file that says it is the same version. */
export interface EarlierVersion {
  readonly survey: Survey;
  /** Where it stands, as the author would look for it: "the file 1.0.json". */
  readonly where: string;
  /** It stands in the same folder, so that one of the two may be a copy that was put aside. */
  readonly beside?: true;
}

/** Everything that changed against the version before. */
export function checkVersions(subject: Subject, earlier: EarlierVersion): Finding[] {
  const { survey: previous } = earlier;
  const { file } = subject.survey;
  if (file.survey !== previous.file.survey) return [];
  // Two files that say they are one version cannot be compared: which of them came first?
  if (file.version === previous.file.version) return order(subject, earlier);
  return [
    ...order(subject, earlier),
    ...told(subject, previous),
    ...subject.questions.flatMap((place) => {
      const before = previous.questions.get(place.question.code);
      return before ? changedQuestion(subject, previous, place, before) : [];
    }),
    ...storedValues(subject, previous),
    ...stageRule(subject, previous),
    ...changedVariables(subject, previous),
    ...staleTranslations(subject, previous),
  ];
}

function order(subject: Subject, { survey: previous, where, beside }: EarlierVersion): Finding[] {
  const { version } = subject.survey.file;
  if (compareVersions(previous.file.version, version) < 0) return [];
  const message =
    version === previous.file.version
      ? `There is another version ${version}: ${where}.`
      : `Version ${version} does not come after ${previous.file.version}, which is ${where}.`;
  const copy = beside && version === previous.file.version ? ', or move the copy out of this folder' : '';
  return [error(subject, 'version-order', ['version'], message, `Raise the version of the later one${copy}.`)];
}

/** Below 0 when the first comes earlier: 1.9 before 1.10. */
export function compareVersions(a: string, b: string): number {
  const [left = [], right = []] = [a, b].map((version) => version.split('.').map(Number));
  return (left[0] ?? 0) - (right[0] ?? 0) || (left[1] ?? 0) - (right[1] ?? 0);
}

/** Each response keeps which information and consent it was given under, by their versions. */
function told(subject: Subject, previous: Survey): Finding[] {
  const now = subject.survey.file;
  const before = previous.file;
  const found: Finding[] = [];
  if (
    now.information.version === before.information.version &&
    same(now.information.text, before.information.text) === false
  )
    found.push(
      error(
        subject,
        'told-changed',
        ['information', 'version'],
        `The information changed but is still called version "${now.information.version}".`,
        'Give it a new version: each response keeps which one was read.',
      ),
    );
  const words = ({ questions }: Survey, code: string) => questions.get(code)?.text;
  if (
    now.consent.version === before.consent.version &&
    same(words(subject.survey, now.consent.question), words(previous, before.consent.question)) === false
  )
    found.push(
      error(
        subject,
        'told-changed',
        ['consent', 'version'],
        `The consent question changed but is still called version "${now.consent.version}".`,
        'Give it a new version: each response keeps what was agreed to.',
      ),
    );
  return found;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function changedQuestion(
  subject: Subject,
  previous: Survey,
  { path, question }: QuestionPlace,
  before: SurveyQuestion,
): Finding[] {
  if (question.type !== before.type) {
    const message = `${question.code} was of type "${before.type}" in version ${previous.file.version} and is now "${question.type}".`;
    return [error(subject, 'type-changed', [...path, 'type'], message, 'Give the new question a new code.')];
  }
  const retired = [...(question.retired ?? [])];
  const now = parts(question);
  const earlier = parts(before);
  const gone = earlier.filter(
    (option) => !now.some(({ code }) => code === option.code) && !retired.includes(option.code),
  );
  const forgotten = (before.retired ?? []).filter((code) => !retired.includes(code));
  const back = now.filter(({ code }) => (before.retired ?? []).includes(code));
  const relabelled = now.flatMap(({ code, label, path: place }) => {
    const old = earlier.find((option) => option.code === code);
    if (!old || plain(subject.survey, label) === plain(previous, old.label)) return [];
    const message = `"${code}" of ${question.code} meant “${words(previous, old.label)}” in version ${previous.file.version}.`;
    return [
      warning(
        subject,
        'option-relabelled',
        [...path, ...place, 'label'],
        message,
        'Keep the code if it still means the same; otherwise retire it and use a new one.',
      ),
    ];
  });
  return [
    ...(gone.length === 0
      ? []
      : [
          error(
            subject,
            'option-removed',
            [...path, 'code'],
            `${question.code} no longer has ${listed(gone.map(({ code }) => `"${code}"`))}.`,
            'List removed codes in "retired", so that nobody uses them again.',
          ),
        ]),
    ...back.map(({ code, path: place }) =>
      error(
        subject,
        'option-reused',
        [...path, ...place, 'code'],
        `"${code}" of ${question.code} was retired before version ${subject.survey.file.version} and is used again.`,
        'Give the option a new code.',
      ),
    ),
    ...(forgotten.filter((code) => !back.some((option) => option.code === code)).length === 0
      ? []
      : [
          error(
            subject,
            'option-removed',
            [...path, 'code'],
            `${question.code} no longer lists ${listed(forgotten.map((code) => `"${code}"`))} as retired.`,
            'Keep retired codes in the list for good.',
          ),
        ]),
    ...relabelled,
    ...changedScale(subject, previous, { path, question }, before),
    ...reworded(subject, previous, { path, question }, before),
  ];
}

/** A question's own options, and a grid's rows. */
function parts(question: SurveyQuestion): { code: string; label: Option['label']; path: Path }[] {
  const options = 'options' in question && Array.isArray(question.options) ? question.options : [];
  const rows = question.type === 'grid' ? question.rows : [];
  return [
    ...options.map(({ code, label }, index) => ({ code, label, path: ['options', index] })),
    ...rows.map(({ code, label }, index) => ({ code, label, path: ['rows', index] })),
  ];
}

/** The number that stands for an option in data files: a new option in the middle of a list shifts all below it. */
function storedValues(subject: Subject, previous: Survey): Finding[] {
  const before = new Map(variablesOf(previous).map((variable) => [variable.name, variable.categories]));
  const reported = new Set<string>();
  return variablesOf(subject.survey).flatMap(({ name, question, categories }) => {
    const old = before.get(name);
    const changed = categories.filter(({ code, value }) =>
      old?.some((each) => each.code === code && each.value !== value),
    );
    const owner = question ?? name;
    if (changed.length === 0 || reported.has(owner)) return [];
    reported.add(owner);
    const [first] = changed;
    const was = old?.find(({ code }) => code === first?.code)?.value;
    const message = `In data files "${first?.code}" of ${owner} was ${was} and would now be ${first?.value}${changed.length > 1 ? `, and ${changed.length - 1} more would change` : ''}.`;
    return [
      error(
        subject,
        'value-changed',
        placeOf(subject, owner),
        message,
        'Add new options at the end, or give each option its "value".',
      ),
    ];
  });
}

/** A stage is stored with the rule's name, so the same name has to mean the same rule. */
function stageRule(subject: Subject, previous: Survey): Finding[] {
  const now = subject.survey.file.stageRule;
  const before = previous.file.stageRule;
  if (!now || !before || now.name !== before.name) return [];
  const path: Path = ['stageRule', 'name'];
  const core = ({ from, rows, gives }: typeof now) => [
    from,
    rows,
    gives.map(({ code, values }) => [code, values.map((value) => value.code)]),
  ];
  if (!same(core(now), core(before)))
    return [
      error(
        subject,
        'stage-rule-changed',
        path,
        `The stage rule changed but is still called "${now.name}".`,
        'Give it a new name, such as "stage-rule-2", and each of its variables whose meaning changed a new code.',
      ),
    ];
  const reworded = now.from.filter((code) => {
    const [text, old] = [subject.survey, previous].map((survey) => survey.questions.get(code)?.text);
    return text !== undefined && old !== undefined && !same(text, old);
  });
  return reworded.map((code) =>
    warning(
      subject,
      'stage-rule-changed',
      path,
      `The wording of ${code}, which the stage is read from, changed.`,
      'Stages before and after may not compare: give the question a new code and the rule a new name, unless the meaning stayed.',
    ),
  );
}
