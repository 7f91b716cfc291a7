/** Drawing pictures in a thread, one at a time: each takes part of a second of one core. */
import { z } from 'zod';
import type { Context } from '../../web/context.ts';
import { startThread } from '../thread.ts';

const drawn = z.instanceof(Uint8Array).optional();

/** The thread ends with its picture: what takes memory to draw does not keep it. */
export function pictureDrawer(): NonNullable<Context['drawPicture']> {
  let last: Promise<unknown> = Promise.resolve();
  return (svg) => {
    const next = last.then(() => drawInThread(svg));
    last = next.catch(() => undefined);
    return next;
  };
}

function drawInThread(svg: string): Promise<Uint8Array | undefined> {
  const worker = startThread(new URL('./drawing-thread.js', import.meta.url), { svg });
  return new Promise((resolve, reject) => {
    worker.on('message', (message) => resolve(drawn.parse(message.png)));
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('the thread that draws pictures ended without one')));
  });
}
