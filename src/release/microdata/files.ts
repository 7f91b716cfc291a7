/** The files of a data release, as they are written, kept in the ledger and given again. */
import { z } from 'zod';
import type { Codebook } from './codebook.ts';
import { readmeOf } from './readme.ts';

/** By name. The text is kept, so that the same bytes can be had again in ten years. */
export const releaseFilesSchema = z.record(z.string().regex(/^[\w.-]+$/), z.string());
export type ReleaseFiles = Readonly<Record<string, string>>;

/** What the folder of a release and its data are called: made-up answers say so. */
export function releaseName(survey: string, number: number, synthetic: boolean): string {
  return `${survey}-${number}${synthetic ? '-synthetic' : ''}`;
}

/** All files but the sums. @param page the codebook as a page */
export function filesOf(codebook: Codebook, csv: string, page: string): ReleaseFiles {
  const data = `${releaseName(codebook.survey, codebook.release, codebook.synthetic)}.csv`;
  return {
    'README.txt': readmeOf(codebook, data),
    [data]: csv,
    'codebook.html': page,
    'codebook.json': `${JSON.stringify(codebook, null, 2)}\n`,
  };
}
