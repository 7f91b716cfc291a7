/** Writes the example's release where it is told to, and prints its hash: run under different time zones. */
import { writeZip } from '../../../src/commands/bundle/zip.ts';
import { EXAMPLE } from './example.ts';
import { entriesOf } from './study.ts';

const [path = ''] = process.argv.slice(2);
const { sha256 } = await writeZip(path, entriesOf(EXAMPLE), EXAMPLE.about.madeOn);
process.stdout.write(`${sha256} ${new Date(2026, 0, 1).getTimezoneOffset()}\n`);
