/** The report of a release as a file that stands alone. */
import { join } from 'node:path';
import { readSettings } from '../../config.ts';
import type { Survey } from '../../questionnaire/survey.ts';
import type { TablesRelease } from '../../release/ledger/parts/store.ts';
import { viewReport } from '../../release/report/report.ts';
import { PATHS } from '../../web/paths.ts';
import { renderPage } from '../../web/render.ts';
import { wordsFor } from '../../web/words.ts';

/** In the survey's first language. */
export function reportFile({ file }: Survey, release: TablesRelease): string {
  const [lang = 'en'] = file.languages;
  const { publicUrl } = readSettings();
  const view = viewReport(release, 'public', file, { lang, t: wordsFor(lang), site: publicUrl });
  return renderPage(join(PATHS.views, 'release/report.ejs'), { ...view, synthetic: view.report.synthetic });
}
