/** Why a release came to nothing, for whoever asked for it on the site: reasons are written for the command line too. */

import { ABOUT, GATES, type Gate } from '../overrides.ts';

type Call = (name: string) => string;

const called = (names: string, call: Call): string => names.split(/, ?/).map(call).join(', ');

/** What stands over the box in which a gate's reason is given. */
export const titleOfGate = (gate: Gate): string => `${ABOUT[gate].charAt(0).toUpperCase()}${ABOUT[gate].slice(1)}`;

const NAMES = '[\\w-]+(?:, ?[\\w-]+)*';

/** What a flag is on the form. Each is given what the pattern found. */
const ON_THE_FORM: readonly (readonly [flag: RegExp, words: (found: string, call: Call) => string])[] = [
  ...GATES.map((gate): [RegExp, () => string] => [
    new RegExp(` with --override ${gate}=WHY`, 'g'),
    () => ` under “Make it where it would be refused”, “${titleOfGate(gate)}”`,
  ]),
  // What was refused before each gate had a reason of its own stands in the ledger in those words.
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
