/** What the ledger keeps of a data file; the file itself lies beside the store, under the name that stands here. */
import { z } from 'zod';
import { outlineSchema } from '../microdata/reopen-file.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const dataContentSchema = z.strictObject({
  /** The zip's name in the folder of releases. */
  file: z.string().regex(/^[\w.-]+\.zip$/),
  /** Of the zip. */
  sha256: hash,
  bytes: z.int(),
  /** The data file without its values. */
  outline: outlineSchema,
  /** The disclosure report in full, for staff. */
  report: z.record(z.string(), z.unknown()),
  /** Random, so that the content's hash tells nothing of it; content of earlier versions of the program has none. */
  salt: z.string().optional(),
});
export type ZippedData = Omit<z.infer<typeof dataContentSchema>, 'salt'>;
export type DataContent = ZippedData | { readonly files: Readonly<Record<string, string>> };

/**
 * Why nobody can approve a release with this data file, in a sentence: what is let out has to be what was made.
 * @param found the hash of the zip as it lies there now; undefined where it is not there
 */
export function whyNotAsMade({ file, sha256 }: ZippedData, found: string | undefined): string | undefined {
  if (found === sha256) return undefined;
  const what = found === undefined ? 'is not there' : 'is not as it was made';
  return `The data file ${file} ${what}, so nobody can let it out. Restore it from a backup, or refuse the release and make it again.`;
}

/** Reads it back. Files made before there were zips stand in the ledger as text. @throws when it is neither */
export function dataContentOf(content: string): DataContent {
  const value: unknown = JSON.parse(content);
  const zipped = dataContentSchema.safeParse(value);
  return zipped.success ? zipped.data : { files: z.record(z.string(), z.string()).parse(value) };
}
