/** Starting a thread of the program, from its compiled files or from its sources. */
import { Worker } from 'node:worker_threads';

/** The program runs from its sources, and not compiled. */
export const FROM_SOURCE = import.meta.url.endsWith('.ts');

/** As in the process that makes releases: what comes and goes is cleared away after so many MiB, and not after 48. */
const resourceLimits = { maxYoungGenerationSizeMb: 24 };

/**
 * @param file as it is when compiled: it ends with `.js`
 * @param workerData what the thread is told
 * @param memory how much it may hold, in MiB, before it is ended
 */
export function startThread(file: URL, workerData: object, memory?: number): Worker {
  const limits = { ...resourceLimits, ...(memory !== undefined && { maxOldGenerationSizeMb: memory }) };
  if (!FROM_SOURCE) return new Worker(file, { workerData, resourceLimits: limits });
  const source = file.href.replace(/\.js$/, '.ts');
  // Run from its sources, the thread needs the same help to read them as the program had.
  const helped = `import('tsx/esm/api').then(({ register }) => { register(); return import('${source}'); })`;
  return new Worker(helped, { eval: true, workerData, resourceLimits: limits });
}
