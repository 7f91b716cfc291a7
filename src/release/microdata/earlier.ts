/**
 * A second file beside a first. The columns of a row are like a fingerprint, so that two files with the same columns
 * can be laid on each other: what stands in one only is then known to have come, gone or changed, and keys that are in
 * one file each come together (rules R3 and M17).
 */

/** A file as who holds it sees it. */
export interface HeldFile {
  /** The names of its key columns. */
  readonly keys: readonly string[];
  /** For each column its numbers, by name. The names of rows are left out: they are new in each file. */
  readonly columns: ReadonlyMap<string, Int32Array>;
  readonly rows: number;
}

/**
 * @param csv as it was written: whole numbers without quotes, so that a comma is always between two cells
 * @param keys the names of its key columns
 */
export function heldFile(csv: string, keys: readonly string[]): HeldFile {
  const [header = '', ...lines] = csv.split('\r\n').filter((line) => line !== '');
  const columns = header.split(',').map((name) => [name, new Int32Array(lines.length)] as const);
  lines.forEach((line, row) => {
    line.split(',').forEach((cell, place) => {
      const numbers = columns[place]?.[1];
      if (numbers) numbers[row] = Number(cell);
    });
  });
  return { keys, columns: new Map(columns.slice(1)), rows: lines.length };
}

/** Keys that would come together, or rows that the difference would show. */
export type Conflict = 'keys' | 'rows';

/**
 * Why a file cannot stand beside an earlier one: undefined when it can. Each must hold all keys of the other or fewer,
 * and the rows that only one of them has must be in classes of at least k on its keys. If both have such rows, the same
 * people may stand in both with other cells withheld, and then what is withheld in one can be read in the other.
 * @param k the smaller one that the two files keep
 */
export function findConflict(earlier: HeldFile, now: HeldFile, k: number): Conflict | undefined {
  const within = (one: HeldFile, other: HeldFile) => one.keys.every((key) => other.keys.includes(key));
  if (!within(earlier, now) && !within(now, earlier)) return 'keys';
  const shared = [...now.columns.keys()].filter((name) => earlier.columns.has(name));
  const before = looks(earlier, shared);
  const after = looks(now, shared);
  const [gone, come] = [without(before, after), without(after, before)];
  if (gone.length > 0 && come.length > 0) return 'rows';
  return leastClass(earlier, gone) < k || leastClass(now, come) < k ? 'rows' : undefined;
}

/** How each row looks on these columns. */
function looks({ columns, rows }: HeldFile, names: readonly string[]): string[] {
  const cells = names.map((name) => columns.get(name) ?? new Int32Array());
  return Array.from({ length: rows }, (_, row) => cells.map((column) => column[row]).join());
}

/** The rows of one that have no partner in the other. */
function without(one: readonly string[], other: readonly string[]): number[] {
  const partners = new Map<string, number>();
  for (const look of other) partners.set(look, (partners.get(look) ?? 0) + 1);
  return one.flatMap((look, row) => {
    const left = partners.get(look) ?? 0;
    partners.set(look, left - 1);
    return left > 0 ? [] : [row];
  });
}

function leastClass(file: HeldFile, rows: readonly number[]): number {
  const all = looks(file, file.keys);
  const sizes = new Map<string, number>();
  for (const row of rows) sizes.set(all[row] ?? '', (sizes.get(all[row] ?? '') ?? 0) + 1);
  return Math.min(...sizes.values(), Number.POSITIVE_INFINITY);
}
