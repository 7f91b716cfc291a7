/** The files of a data release, as they are written, kept in the ledger and given again. */
import { z } from 'zod';
import type { Codebook } from './codebook.ts';
import { readmeOf } from './readme.ts';

/** By name. The text is kept, so that the same bytes can be had again in ten years. */
export const releaseFilesSchema = z.record(z.string().regex(/^[\w.-]+$/), z.string());
export type ReleaseFiles = Readonly<Record<string, string>>;

/** What a release of made-up answers is called says so. */
export function dataName({ survey, release, synthetic }: Codebook): string {
  return `${survey}-${release}${synthetic ? '-synthetic' : ''}.csv`;
}

/** All files but the sums. @param page the codebook as a page */
export function filesOf(codebook: Codebook, csv: string, page: string): ReleaseFiles {
  const data = dataName(codebook);
  return {
    'README.txt': readmeOf(codebook, data),
    [data]: csv,
    'codebook.html': page,
    'codebook.json': `${JSON.stringify(codebook, null, 2)}\n`,
  };
}
