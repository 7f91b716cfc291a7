import highs, { type Highs } from 'highs';

/** The package's types describe its CommonJS form, where the loader is a property; what Node imports is the loader. */
const load = highs as unknown as typeof highs.default;

let solver: Promise<Highs> | undefined;

/** The solver of linear programs: HiGHS in WebAssembly. Loaded when it is first needed, for a release, and then kept. */
export function loadSolver(): Promise<Highs> {
  solver ??= load();
  return solver;
}
