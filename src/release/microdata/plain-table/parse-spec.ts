/** Reading a spec: its shape, and then what it means. */
import type { z } from 'zod';
import { findNearest } from '../../../questionnaire/checks/nearest.ts';
import { at, type Finding, type Path, readSource, type Source } from '../../../questionnaire/source.ts';
import { specFindings } from './check-spec.ts';
import { columnSchema, specSchema, type TableSpec } from './spec.ts';

/** Parses a spec. Never throws: what is wrong comes back with its line. */
export function parseSpec(text: string): { readonly spec?: TableSpec; readonly findings: readonly Finding[] } {
  const { source, findings } = readSource(text);
  if (!source) return { findings };
  const parsed = specSchema.safeParse(source.value);
  if (!parsed.success) return { findings: parsed.error.issues.flatMap((issue) => shapeFindings(issue, source)) };
  const found = specFindings(parsed.data, source);
  return found.length > 0 ? { findings: found } : { spec: parsed.data, findings: [] };
}

const KEYS = [...Object.keys(specSchema.shape), ...Object.keys(columnSchema.shape)];

function shapeFindings(issue: z.core.$ZodIssue, source: Source): Finding[] {
  const path: Path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const nearest = findNearest(key, KEYS);
      const mend = nearest === undefined ? 'Check its spelling, or take it out.' : `Did you mean "${nearest}"?`;
      return at(
        'unknown-key',
        [...path, key],
        source.lineOf([...path, key]),
        `"${key}" is not something that can be said here.`,
        mend,
      );
    });
  }
  const message = issue.code === 'invalid_key' ? (issue.issues[0]?.message ?? issue.message) : issue.message;
  const where = path.length === 0 ? '' : `${path.join(' → ')}: `;
  return [at('shape', path, source.lineOf(path), `${where}${message}.`)];
}
