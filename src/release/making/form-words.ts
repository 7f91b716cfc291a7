/** Why a release came to nothing, for whoever asked for it on the site: reasons are written for the command line too. */

type Call = (name: string) => string;

const called = (names: string, call: Call): string => names.split(/, ?/).map(call).join(', ');

const NAMES = '[\\w-]+(?:, ?[\\w-]+)*';

/** What a flag is on the form. Each is given what the pattern found. */
const ON_THE_FORM: readonly (readonly [flag: RegExp, words: (found: string, call: Call) => string])[] = [
  [/ with --override WHY/g, () => ' under “Make it where it would be refused”'],
  [
    new RegExp(`\\(--keep (${NAMES})\\)`, 'g'),
    (names, call) => `(under “Settings of the data file” choose that ${called(names, call)} stay exact)`,
  ],
  [/--keys none/g, () => 'none of the “Keys in the file”'],
  [
    new RegExp(`--keys (${NAMES}?)(?=, or with|\\.)`, 'g'),
    (names, call) => `these “Keys in the file” alone: ${called(names, call)}`,
  ],
  [/ \(--keys\)/g, () => ''],
  [
    / Or give release (\d+) again with "release bundle"\./g,
    (number) => ` Or release ${number} can be given again by whoever looks after the server.`,
  ],
  [new RegExp(`(?<=Tables by )(${NAMES})(?= are published)`, 'g'), called],
  [new RegExp(`(?<=it does not show )(${NAMES})(?=\\. Tables by)`, 'g'), called],
];

/** A reason in the words of the form. Pure. @param call what a key is called */
export function inFormWords(reason: string, call: Call): string {
  return ON_THE_FORM.reduce(
    (words, [flag, say]) => words.replaceAll(flag, (_, found) => say(String(found), call)),
    reason,
  );
}
