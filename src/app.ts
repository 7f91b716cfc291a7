import compression from 'compression';
import express, { type Express } from 'express';
import { sql } from 'kysely';
import { auditRoutes } from './accounts/audit/routes.ts';
import { invitationRoutes } from './accounts/invitations/routes.ts';
import { ownRoutes } from './accounts/own/routes.ts';
import { peopleRoutes } from './accounts/people/routes.ts';
import { guardStaff, hideStaffAddresses } from './accounts/routes.ts';
import { limitStrangers, signInRoutes } from './accounts/sign-in/routes.ts';
import { listAccounts } from './accounts/store.ts';
import { draftRoutes } from './fieldwork/drafts/routes.ts';
import { listNewSurveys } from './fieldwork/drafts/store.ts';
import { pathRoutes } from './fieldwork/paths/routes.ts';
import { surveyRoutes } from './fieldwork/routes.ts';
import { statusRoutes } from './fieldwork/status/routes.ts';
import { listSurveys } from './fieldwork/store.ts';
import { translationRoutes } from './fieldwork/translations/routes.ts';
import { versionRoutes } from './fieldwork/versions/routes.ts';
import { compareRoutes } from './release/compare/routes.ts';
import { makingRoutes } from './release/making/routes.ts';
import { reportRoutes, staffReportRoutes } from './release/report/routes.ts';
import { researchRoutes } from './release/research/routes.ts';
import { releaseRoutes } from './release/routes.ts';
import { decisionRoutes } from './release/staff/decide/routes.ts';
import { listTasks, staffReleaseRoutes } from './release/staff/routes.ts';
import { answerRoutes } from './responses/answer/routes.ts';
import { doubtRoutes } from './responses/doubts/routes.ts';
import { fieldworkRoutes } from './responses/fieldwork/routes.ts';
import { finishRoutes } from './responses/finish/routes.ts';
import { previewRoutes } from './responses/preview/routes.ts';
import { previewWalkRoutes } from './responses/preview/walk/routes.ts';
import { plainText } from './responses/question-view.ts';
import { returnRoutes } from './responses/return/routes.ts';
import { isClosed, isClosedToNew } from './responses/routes.ts';
import { startRoutes } from './responses/start/routes.ts';
import { attendanceRoutes } from './signups/attendance/routes.ts';
import { callRoutes } from './signups/calls/routes.ts';
import { eventRoutes } from './signups/events/routes.ts';
import { feedRoutes } from './signups/feed/routes.ts';
import { mineRoutes } from './signups/mine/routes.ts';
import { outboxRoutes } from './signups/outbox/routes.ts';
import { participantRoutes } from './signups/participants/routes.ts';
import { messagePreviewRoutes } from './signups/previews/routes.ts';
import { sessionRoutes } from './signups/sessions/routes.ts';
import { hasOpenEvents } from './signups/store.ts';
import { takePartRoutes } from './signups/take-part/routes.ts';
import { writingRoutes } from './signups/writing/routes.ts';
import { yourDataRoutes } from './signups/your-data/routes.ts';
import { accessLog } from './web/access-log.ts';
import type { ContactsContext, Context } from './web/context.ts';
import { refuseCrossSite } from './web/cross-site.ts';
import { notFound, placeOf, showProblems } from './web/errors.ts';
import { noStore, securityHeaders } from './web/headers.ts';
import { PATHS } from './web/paths.ts';
import { useTemplates } from './web/render.ts';
import { mountRoutes, type Route } from './web/route-table.ts';
import { siteRoutes } from './web/routes.ts';

/** Every door of the site, in order. @param contacts left out, nobody can sign up for anything */
export function routesOf(context: Context, contacts?: ContactsContext): readonly Route[] {
  const limited = limitStrangers(context);
  const listForStaff = () => listOwn(context);
  return [
    ...siteRoutes({
      findOpenSurveys: () => findSurveys(context, false),
      findClosedSurveys: () => findSurveys(context, true),
      hasEvents: () => findWhetherEvents(contacts),
      checkStore: async () => {
        await sql`select 1`.execute(context.db);
      },
    }),
    ...startRoutes(context),
    ...answerRoutes(context),
    ...finishRoutes(context, () => findWhetherEvents(contacts)),
    ...returnRoutes(context),
    ...releaseRoutes(context),
    ...reportRoutes(context),
    ...signInRoutes(context, limited),
    ...invitationRoutes(context, limited),
    ...ownRoutes(context, listForStaff, (staff, surveys) => listTasks(context, staff, surveys)),
    ...peopleRoutes(context, listForStaff),
    ...auditRoutes(context, {
      db: context.db,
      path: '/staff/audit',
      title: 'Audit',
      beside: 'answers',
      listPeople: () => listAccounts(context.db),
      ...(contacts && { other: { href: '/staff/events/audit', text: 'What was done to events stands apart' } }),
    }),
    ...versionRoutes(context),
    ...draftRoutes(context),
    ...surveyRoutes(context),
    ...pathRoutes(context),
    ...translationRoutes(context),
    ...statusRoutes(context),
    ...fieldworkRoutes(context),
    ...doubtRoutes(context),
    ...previewRoutes(context),
    ...previewWalkRoutes(context),
    ...makingRoutes(context),
    ...decisionRoutes(context),
    ...staffReleaseRoutes(context),
    ...staffReportRoutes(context),
    ...compareRoutes(context),
    // After whatever else stands under a survey's results: a question's address could be any word there.
    ...researchRoutes(context),
    ...(contacts ? signUpRoutes(contacts) : []),
  ];
}

/** Whether there is anything to sign up for. Where that cannot be read just now, no page waits for it. */
async function findWhetherEvents(signUps: ContactsContext | undefined): Promise<boolean> {
  if (!signUps) return false;
  const { contacts, now, log } = signUps;
  return hasOpenEvents(contacts, now()).catch((error: unknown) => {
    log.error(placeOf(error), 'looking for events failed');
    return false;
  });
}

/** Signing up, which never meets the answers: the feed and the messages stand before an event's own address. */
function signUpRoutes(contacts: ContactsContext): Route[] {
  return [
    ...takePartRoutes(contacts),
    ...mineRoutes(contacts),
    ...yourDataRoutes(contacts),
    ...outboxRoutes(contacts),
    ...feedRoutes(contacts),
    ...auditRoutes(contacts, {
      db: contacts.contacts,
      path: '/staff/events/audit',
      title: 'Who did what to events',
      beside: 'sign-ups',
      other: { href: '/staff/audit', text: 'What was done to accounts, surveys and releases stands apart' },
    }),
    ...eventRoutes(contacts),
    ...sessionRoutes(contacts),
    ...attendanceRoutes(contacts),
    ...participantRoutes(contacts),
    ...writingRoutes(contacts),
    ...callRoutes(contacts),
    ...messagePreviewRoutes(contacts),
  ];
}

/** The surveys that staff look after: those in the archive are looked up there. */
async function listOwn({ db, now }: Context) {
  const published = (await listSurveys(db)).filter(({ archivedOn }) => archivedOn === null);
  const drafts = await listNewSurveys(db);
  return [
    ...published.map((live) => {
      const { file } = live.survey;
      const title = plainText(live.survey, file.title, file.languages[0] ?? 'en');
      const standing = isClosed(live, now()) ? ('closed' as const) : ('open' as const);
      return { survey: file.survey, title, standing };
    }),
    ...drafts.map(({ code, title }) => ({ survey: code, title, standing: 'draft' as const })),
  ];
}

async function findSurveys({ db, now, settings }: Context, closed: boolean) {
  const all = (await listSurveys(db)).filter(({ archivedOn }) => archivedOn === null);
  const wanted = all.filter((live) => isClosedToNew(live, now()) === closed);
  return wanted.map(({ survey }) => {
    const { file } = survey;
    const lang = file.languages[0] ?? 'en';
    const text = (words: typeof file.title) => plainText(survey, words, lang);
    return {
      survey: file.survey,
      lang,
      title: text(file.title),
      summary: text(file.information.summary),
      minutes: text(file.information.minutes),
      synthetic: file.synthetic ?? settings.trial ?? false,
    };
  });
}

/** The whole shape of the site, in the order in which a request meets it. */
export function createApp(context: Context, routes: readonly Route[] = routesOf(context)): Express {
  const { publicUrl, proxies } = context.settings;
  const app = express();
  app.set('trust proxy', proxies ?? 0);
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('query parser', 'simple');
  useTemplates(app);

  app.use(accessLog(context.log));
  app.use(securityHeaders(publicUrl));
  app.use(compression());
  app.use('/assets', express.static(PATHS.builtAssets, { immutable: true, maxAge: '1y', index: false }));
  app.use(noStore);
  app.use(refuseCrossSite(publicUrl, context.log));

  mountRoutes(app, routes, guardStaff(context));
  app.use('/staff', hideStaffAddresses(context));

  app.use(notFound);
  app.use(showProblems(context.log));
  return app;
}
