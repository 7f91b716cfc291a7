/** Names that a researcher typed, looked for in what a file has before any of its rows is read. */
import { DONT_KNOW, PREFER_NOT } from '../../questionnaire/answers.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import type { FileOutline } from '../microdata/reopen-file.ts';
import type { Wanted } from './ask.ts';
import { NOT_KNOWN, versionsOf } from './dimensions.ts';
import { isSame, offer, UnknownName } from './names.ts';

/**
 * Whether a file has what is asked of it. What of that can be shown rests on its rows, and is looked at with them.
 * @param survey the version that the file is of
 * @throws UnknownName
 */
export function checkNames(
  file: FileOutline,
  survey: Survey,
  { question, where = {}, whereNot = {}, by }: Wanted,
): void {
  const questions = [
    ...new Set(
      file.variables
        .filter(({ role }) => role === 'plain' || role === 'sensitive')
        .map((variable) => variable.question?.code ?? variable.name),
    ),
  ];
  if (!questions.some((each) => isSame(each, question)))
    throw new UnknownName(
      `There is no question "${question}" in this release. ${offer(question, questions, 'It has')}`,
    );
  const keys = file.variables.filter(({ role }) => role === 'key');
  const versions = keys.flatMap((key) => versionsOf(key, new Set(), survey).versions);
  const getVersion = (name: string) => {
    const found = versions.find((version) => isSame(version.name, name));
    if (found) return found;
    const names = versions.map((version) => version.name);
    throw new UnknownName(
      `Nothing called "${name}" can be filtered or crossed by here. ${offer(name, names, 'The file has')}`,
    );
  };
  if (by !== undefined) getVersion(by);
  for (const [name, values] of [...Object.entries(where), ...Object.entries(whereNot)]) {
    const version = getVersion(name);
    const codes = [...version.labels.keys()].filter((code) => code !== NOT_KNOWN);
    // Whether somebody gave a marked answer only the rows tell.
    const known = [...codes, DONT_KNOW, PREFER_NOT];
    const unknown = values.find((value) => !known.some((code) => isSame(code, value)));
    if (unknown !== undefined)
      throw new UnknownName(`"${unknown}" is not a value of ${version.name}. ${offer(unknown, codes, 'Its values')}`);
  }
}
