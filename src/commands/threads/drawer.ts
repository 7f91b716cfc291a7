/** Drawing pictures in a thread: to draw the first takes a second of a core, and the next ones less than half. */
import { z } from 'zod';
import type { Context } from '../../web/context.ts';
import { standingThread } from './standing-thread.ts';

const drawn = z.instanceof(Uint8Array).optional();

export function pictureDrawer(): NonNullable<Context['drawPicture']> {
  const draw = standingThread(new URL('./drawing-thread.js', import.meta.url), {});
  return async (svg) => drawn.parse(await draw({ svg }));
}
