import { fileURLToPath } from 'node:url';

const folder = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** The project's own folders, found the same way from `src/web` (development) and `dist/web` (compiled). */
export const PATHS = {
  root: folder('../../'),
  views: folder('../../views/'),
  surveys: folder('../../surveys/'),
  scripts: folder('../../public/'),
  builtAssets: folder('../../dist/public/'),
  words: folder('../../src/web/words/'),
  builtWords: folder('../../dist/web/words/'),
};
