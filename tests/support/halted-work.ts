import { workOnFile } from '../../src/fieldwork/versions/file-work.ts';
import type { Context } from '../../src/web/context.ts';

/** Work on files as it is, which stops at 40 per cent until it may go on: a page meets it under way. */
export function haltWork(): { readonly workOnFile: NonNullable<Context['workOnFile']>; readonly goOn: () => void } {
  let goOn = () => {};
  const turn = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  return {
    goOn: () => goOn(),
    workOnFile: async (task, told) => {
      told(40);
      await turn;
      return workOnFile(task, () => {});
    },
  };
}
