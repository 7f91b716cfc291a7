/** What each choice of keys would leave of the data: fewer or coarser keys, fewer small classes; but columns go too. */
import type { Snapshot } from '../../results/snapshot.ts';
import { type Classes, oneClass, refine, statesOf } from './classes.ts';
import { type ChosenColumn, chooseColumns, keyVersions, type Versions, variablesNamed } from './columns.ts';
import { groupingsOf, type Numbers, numbersIn } from './table.ts';
import { keepRows } from './withhold.ts';

export interface KeyTrial {
  readonly keyNames: readonly string[];
  /** How many rows would be in the file. */
  readonly rows: number;
  /** How many columns, keys among them. */
  readonly columns: number;
  /** How many kinds of rows the keys tell apart in the file. */
  readonly classes: number;
}

/** Tries choices of keys on a snapshot. */
export interface KeyTrials {
  of(keyNames: readonly string[]): KeyTrial;
  /**
   * Each declared key in one of its versions or not at all. A key that is the same for everybody and tells nothing else
   * is left out of all. @param report told how many were tried
   */
  all(report?: (done: number, total: number) => void): KeyTrial[];
}

export function tryKeys(versions: Versions, snapshot: Snapshot, k: number): KeyTrials {
  const numbers = numbersIn(snapshot);
  const tellAlso = statesTogether(numbers);
  const by = (classes: Classes, name: string) =>
    variablesNamed(snapshot.variables, name)
      .map((variable) => numbers.of(variable))
      .reduce(refine, classes);
  const count = (keyNames: readonly string[], classes: Classes): KeyTrial => {
    const choice = chooseColumns(versions, snapshot.variables, keyNames);
    const together = refine(classes, tellAlso(choice.columns));
    const kept = keepRows(together, k, groupingsOf(numbers, versions, snapshot, choice));
    return {
      keyNames,
      rows: kept.reduce((sum, each) => sum + each, 0),
      columns: choice.keys.length + choice.columns.length,
      classes: new Set(classes.of.filter((_, row) => kept[row] === 1)).size,
    };
  };
  const of = (keyNames: readonly string[]) => count(keyNames, keyNames.reduce(by, oneClass(numbers.rows)));
  const isIdle = ([finest = '']: readonly string[], declared: readonly string[]) =>
    by(oneClass(numbers.rows), finest).count <= 1 &&
    of(declared.filter((name) => name !== finest)).columns ===
      of(declared).columns - variablesNamed(snapshot.variables, finest).length;
  return {
    of,
    all: (report = () => {}) => {
      const lists = keyVersions(versions);
      const declared = lists.flatMap(([finest = '']) => [finest]);
      const keys = lists.filter((list) => !isIdle(list, declared));
      const total = keys.reduce((product, own) => product * (own.length + 1), 1);
      const trials: KeyTrial[] = [];
      const visit = (place: number, keyNames: readonly string[], classes: Classes): void => {
        const own = keys[place];
        if (own) {
          for (const name of own) visit(place + 1, [...keyNames, name], by(classes, name));
          visit(place + 1, keyNames, classes);
        } else {
          trials.push(count(keyNames, classes));
          report(trials.length, total);
        }
      };
      visit(0, [], oneClass(numbers.rows));
      return trials;
    },
  };
}

/** The share of rows that may be withheld before a coarser choice of keys is better than all of them (rule M8). */
const BUDGET = 0.05;

/** All declared keys where they leave nearly all rows; else the choice that keeps most cells. @param compare the trials */
export function chooseKeys(declared: KeyTrial, responses: number, compare: () => readonly KeyTrial[]): KeyTrial {
  if (declared.rows >= (1 - BUDGET) * responses) return declared;
  return compare().reduce((best, trial) => (isBetter(trial, best) ? trial : best), declared);
}

/** Of each number of keys the choice that keeps most cells and of these the one that tells most, most keys first. */
export function bestByNumber(trials: readonly KeyTrial[]): KeyTrial[] {
  const best = new Map<number, KeyTrial>();
  for (const trial of trials) {
    const known = best.get(trial.keyNames.length);
    if (!known || isBetter(trial, known)) best.set(trial.keyNames.length, trial);
  }
  return [...best.values()].sort((one, other) => other.keyNames.length - one.keyNames.length);
}

function isBetter(one: KeyTrial, other: KeyTrial): boolean {
  const more = one.rows * one.columns - other.rows * other.columns;
  return more > 0 || (more === 0 && one.classes > other.classes);
}

/** What having been asked says of each row over all columns, as one column; the same columns come up many times. */
function statesTogether(numbers: Numbers): (columns: readonly ChosenColumn[]) => Int32Array {
  const known = new Map<string, Int32Array>();
  return (columns) => {
    const name = columns.map(({ variable, telling }) => `${variable.name} ${telling}`).join();
    const found =
      known.get(name) ??
      columns
        .map(({ variable, telling }) => statesOf(numbers.of(variable), telling))
        .reduce(refine, oneClass(numbers.rows)).of;
    known.set(name, found);
    return found;
  };
}
