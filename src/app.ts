import compression from 'compression';
import express, { type Express } from 'express';
import { sql } from 'kysely';
import { accessLog } from './web/access-log.ts';
import type { Context } from './web/context.ts';
import { refuseCrossSite } from './web/cross-site.ts';
import { notFound, showProblems } from './web/errors.ts';
import { readForms } from './web/forms.ts';
import { noStore, securityHeaders } from './web/headers.ts';
import { PATHS } from './web/paths.ts';
import { useTemplates } from './web/render.ts';
import { mountRoutes, type Route } from './web/route-table.ts';
import { siteRoutes } from './web/routes.ts';

/** Every door of the site, in order. */
export function routesOf(context: Context): readonly Route[] {
  return [
    ...siteRoutes({
      findOpenSurveys: async () => [],
      checkStore: async () => {
        await sql`select 1`.execute(context.db);
      },
    }),
  ];
}

/** The whole shape of the site, in the order in which a request meets it. */
export function createApp(context: Context): Express {
  const { publicUrl } = context.settings;
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  useTemplates(app);

  app.use(accessLog(context.log));
  app.use(securityHeaders(publicUrl));
  app.use(compression());
  app.use('/assets', express.static(PATHS.builtAssets, { immutable: true, maxAge: '1y', index: false }));
  app.use(noStore);
  app.use(refuseCrossSite(publicUrl));
  app.use(readForms());

  mountRoutes(app, routesOf(context));

  app.use(notFound);
  app.use(showProblems(context.log));
  return app;
}
