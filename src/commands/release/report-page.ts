/** The disclosure report as a page that stands alone. */
import { join } from 'node:path';
import { reportView } from '../../release/microdata/report/report-view.ts';
import { PATHS } from '../../web/paths.ts';
import { renderPage } from '../../web/render.ts';

const PAGE = join(PATHS.views, 'release/disclosure-report.ejs');

/**
 * @param report for staff or for everybody: the page shows what is in it
 * @param notice what has to be known of the release before anything else, while it waits
 */
export function reportPage(report: object, notice?: string): string {
  return renderPage(PAGE, { report: reportView(report), notice });
}
