/**
 * Somebody with the published figures and the questionnaire, who adds and subtracts. Every sum that must hold becomes an
 * equation over the hidden figures; whatever these pin down to one value is found, however many of them it takes.
 * Written apart from the program, so that it shares none of its mistakes.
 */
import type { Survey } from '../../src/questionnaire/survey.ts';
import { loadSolver } from '../../src/release/tables/protection/solver.ts';

/** A line of `results.json` or `results.csv`. */
export type PublishedLine = Readonly<Partial<Record<string, string | number | null>>>;

/** A sum that is nought: figures by name with their signs, and what is known of it. */
interface Equation {
  readonly terms: ReadonlyMap<string, number>;
  readonly constant: number;
}

const PRIME = 67_108_859;

/** The hidden figures that can be worked out, with their values. */
export function recover(lines: readonly PublishedLine[], survey: Survey): Map<string, number> {
  const known = new Map<string, number | undefined>();
  for (const line of lines)
    if (line.measure === 'option' || line.measure === 'net') known.set(nameOf(line), numberIn(line.n));
  const equations = sumsIn(lines, survey)
    .filter((sum) => sum.every(([name]) => typeof name === 'number' || known.has(name)))
    .map((sum) => equationOf(sum, known));
  return solve(equations);
}

/** What a hidden figure is at least and at most. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/**
 * The same attacker with a linear program: how closely each hidden figure can be told, by all sums together and because
 * no count is under nought. The program is written out as text, and knows nothing of how the figures were protected.
 * @param own what a respondent knows to be their own: figures they are in, each 1 at least
 * @param wanted the figures to look at; all of them when left out
 */
export async function narrow(
  lines: readonly PublishedLine[],
  survey: Survey,
  own: ReadonlySet<string> = new Set(),
  wanted?: ReadonlySet<string>,
): Promise<Map<string, Range>> {
  return rangesOf(equationsIn(lines, survey), own, wanted);
}

/**
 * The attacker with two releases of the same wave beside each other: whoever was counted in the first is counted in the
 * second, so that no figure is less than it was. The second's figures have a + before their names, and how many came a #.
 */
export async function narrowBoth(
  first: readonly PublishedLine[],
  second: readonly PublishedLine[],
  survey: Survey,
): Promise<Map<string, Range>> {
  const called = (mark: string, equations: readonly Equation[]) =>
    equations.map(({ terms, constant }) => ({
      terms: new Map([...terms].map(([name, sign]) => [mark + name, sign])),
      constant,
    }));
  const [then, now] = [knownIn(first), knownIn(second)];
  const came = [...now.keys()]
    // What is left over is called the same whatever is in it.
    .filter((name) => then.has(name) && !name.endsWith('|rest'))
    .map((name) => {
      const terms = new Map([[`#${name}`, 1]]);
      const [before, after] = [then.get(name), now.get(name)];
      if (before === undefined) terms.set(name, 1);
      if (after === undefined) terms.set(`+${name}`, -1);
      return { terms, constant: (before ?? 0) - (after ?? 0) };
    });
  return rangesOf([...equationsIn(first, survey), ...called('+', equationsIn(second, survey)), ...came]);
}

function knownIn(lines: readonly PublishedLine[]): Map<string, number | undefined> {
  return new Map(
    lines
      .filter(({ measure }) => measure === 'option' || measure === 'net')
      .map((line) => [nameOf(line), numberIn(line.n)]),
  );
}

function equationsIn(lines: readonly PublishedLine[], survey: Survey): Equation[] {
  const known = knownIn(lines);
  return sumsIn(lines, survey)
    .filter((sum) => sum.every(([name]) => typeof name === 'number' || known.has(name)))
    .map((sum) => equationOf(sum, known))
    .filter(({ terms }) => terms.size > 0);
}

async function rangesOf(
  equations: readonly Equation[],
  own: ReadonlySet<string> = new Set(),
  wanted?: ReadonlySet<string>,
): Promise<Map<string, Range>> {
  const names = [...new Set(equations.flatMap(({ terms }) => [...terms.keys()]))];
  const letters = new Map(names.map((name, index) => [name, `x${index}`]));
  const rows = equations.map(({ terms, constant }, index) => {
    const sum = [...terms].map(([name, sign]) => `${sign < 0 ? '-' : '+'} ${Math.abs(sign)} ${letters.get(name)}`);
    return ` r${index}: ${sum.join(' ')} = ${-constant}`;
  });
  const floors = names.filter((name) => own.has(name)).map((name) => ` ${letters.get(name)} >= 1`);
  const solver = await loadSolver();
  const end = (goal: 'Minimize' | 'Maximize', letter: string): number => {
    const text = [goal, ` ${letter}`, 'Subject To', ...rows, 'Bounds', ...floors, 'End', ''].join('\n');
    const { Status, ObjectiveValue } = solver.solve(text);
    if (Status === 'Infeasible') throw new Error('the published figures contradict each other');
    return Status === 'Optimal' ? ObjectiveValue : Number.POSITIVE_INFINITY;
  };
  return new Map(
    [...letters]
      .filter(([name]) => !wanted || wanted.has(name))
      .map(([name, letter]) => [name, { low: end('Minimize', letter), high: end('Maximize', letter) }]),
  );
}

function numberIn(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}

function groupBy(lines: readonly PublishedLine[], key: (line: PublishedLine) => string): Map<string, PublishedLine[]> {
  const groups = new Map<string, PublishedLine[]>();
  for (const line of lines) groups.set(key(line), [...(groups.get(key(line)) ?? []), line]);
  return groups;
}

export function nameOf({ variable, option, segment = '', segment_value = '' }: PublishedLine): string {
  return [variable, option, segment, segment_value].join('|');
}

/** Each a list of figures (by name, or a printed base) with a sign, which add up to nought. */
type Sum = readonly (readonly [string | number, number])[];

function sumsIn(lines: readonly PublishedLine[], survey: Survey): Sum[] {
  const options = lines.filter(({ measure }) => measure === 'option');
  const groups = groupBy(options, ({ variable, segment, segment_value }) =>
    [variable, segment, segment_value].join('|'),
  );
  const sums: Sum[] = [];
  for (const group of groups.values()) {
    const [first] = group;
    if (!first || typeof first.base !== 'number') continue;
    const question = survey.questions.get(String(first.question));
    if (question?.type !== 'multiple')
      sums.push([...group.map((line) => [nameOf(line), 1] as const), [first.base, -1]]);
    for (const net of survey.file.derived) {
      if (net.kind !== 'net' || net.of !== first.question) continue;
      const total = nameOf({ ...first, option: net.code });
      const isIn = (option: unknown) =>
        net.options ? net.options.includes(String(option)) : !net.anyBut?.includes(String(option));
      if (question?.type !== 'multiple') {
        sums.push([
          ...group.filter(({ option }) => isIn(option)).map((line) => [nameOf(line), 1] as const),
          [total, -1],
        ]);
      } else if (
        group.filter(({ option }) => !isIn(option)).every(({ option }) => option === 'none' || option === 'dk')
      ) {
        const outside = group.filter(({ option }) => !isIn(option)).map((line) => [nameOf(line), 1] as const);
        sums.push([...outside, [total, 1], [first.base, -1]]);
      }
    }
  }
  const figures = lines.filter(({ measure }) => measure === 'option' || measure === 'net');
  const rows = groupBy(
    figures.filter(({ segment }) => segment),
    ({ variable, option, segment }) => [variable, option, segment].join('|'),
  );
  for (const row of rows.values()) {
    const [first] = row;
    if (!first) continue;
    const overall = nameOf({ ...first, segment: '', segment_value: '' });
    sums.push([...row.map((line) => [nameOf(line), 1] as const), [overall, -1]]);
  }
  return [...sums, ...groupings(figures, survey), ...turned(figures)];
}

/** A group of a "groups" variable, and a value of the stage, is the sum of what it is made of. */
function groupings(figures: readonly PublishedLine[], survey: Survey): Sum[] {
  const contexts = new Set(figures.map(({ segment = '', segment_value = '' }) => `${segment}|${segment_value}`));
  const parts = survey.file.derived.flatMap((derived) =>
    derived.kind === 'groups'
      ? derived.groups.map((group) => ({
          whole: [derived.code, group.code],
          of: derived.of.toLowerCase(),
          options: group.options,
        }))
      : [],
  );
  for (const given of survey.file.stageRule?.gives ?? []) {
    for (const { code } of given.values) {
      const rows = survey.file.stageRule?.rows.filter((row) => row.give[given.code] === code) ?? [];
      const [source = ''] = survey.file.stageRule?.from ?? [];
      parts.push({
        whole: [given.code, code],
        of: source.toLowerCase(),
        options: rows.map((row) => String(row.if[source])),
      });
    }
  }
  return [...contexts].flatMap((context) =>
    parts.map(
      ({ whole, of, options }): Sum => [
        [`${whole.join('|')}|${context}`, 1],
        ...options.map((option) => [`${of}|${option}|${context}`, -1] as const),
      ],
    ),
  );
}

/** Adopters of micro size are the micro ones among adopters. */
function turned(figures: readonly PublishedLine[]): Sum[] {
  return figures.map((line) => [
    [nameOf(line), 1],
    [[line.segment, line.segment_value, line.variable, line.option].join('|'), -1],
  ]);
}

function equationOf(sum: Sum, known: ReadonlyMap<string, number | undefined>): Equation {
  const terms = new Map<string, number>();
  let constant = 0;
  for (const [name, sign] of sum) {
    const value = typeof name === 'number' ? name : known.get(name);
    if (value !== undefined) constant += sign * value;
    else terms.set(String(name), (terms.get(String(name)) ?? 0) + sign);
  }
  return { terms, constant };
}

/** Gaussian elimination in a prime field: exact, and small enough for plain numbers. */
function solve(equations: readonly Equation[]): Map<string, number> {
  const names = [...new Set(equations.flatMap(({ terms }) => [...terms.keys()]))];
  const column = new Map(names.map((name, index) => [name, index]));
  const rows = equations
    .filter(({ terms }) => terms.size > 0)
    .map(({ terms, constant }) => {
      const row = new Float64Array(names.length + 1);
      for (const [name, factor] of terms) row[column.get(name) ?? 0] = mod(factor);
      row[names.length] = mod(-constant);
      return row;
    });
  const pivots: { row: Float64Array; at: number }[] = [];
  for (let at = 0; at < names.length; at++) {
    const found = rows.findIndex((row) => row[at] !== 0);
    const [row] = found === -1 ? [] : rows.splice(found, 1);
    if (!row) continue;
    scale(row, inverse(row[at] ?? 1));
    for (const other of [...rows, ...pivots.map((pivot) => pivot.row)]) subtract(other, row, other[at] ?? 0);
    pivots.push({ row, at });
  }
  const solved = pivots.filter(
    ({ row }) => row.subarray(0, names.length).filter((factor) => factor !== 0).length === 1,
  );
  return new Map(solved.map(({ row, at }) => [names[at] ?? '', row[names.length] ?? 0]));
}

const mod = (value: number): number => ((value % PRIME) + PRIME) % PRIME;

function scale(row: Float64Array, factor: number): void {
  for (let index = 0; index < row.length; index++) row[index] = ((row[index] ?? 0) * factor) % PRIME;
}

function subtract(from: Float64Array, row: Float64Array, factor: number): void {
  if (factor === 0) return;
  for (let index = 0; index < row.length; index++)
    from[index] = mod((from[index] ?? 0) - ((factor * (row[index] ?? 0)) % PRIME));
}

/** By Fermat: the power of p − 2. */
function inverse(value: number): number {
  let result = 1;
  let power = value;
  for (let left = PRIME - 2; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = (result * power) % PRIME;
    power = (power * power) % PRIME;
  }
  return result;
}
