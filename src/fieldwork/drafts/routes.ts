/** The page of a draft: what is wrong with it, what it would change, publishing it, and throwing it away. */
import type { Request, RequestHandler, Response } from 'express';
import { NotChanged } from '../../accounts/people/store.ts';
import { type Fault, getStaff } from '../../accounts/signed-in.ts';
import { showMoment } from '../../accounts/times.ts';
import { type Context, wholeAddress } from '../../web/context.ts';
import { findValue, formOf, offeringAgain } from '../../web/forms.ts';
import type { Route } from '../../web/route-table.ts';
import { leadSaying } from '../../web/said.ts';
import { addressOf, draftAddressOf, getKnown, type KnownSurvey, knownFrame, LIST, publicAddressOf } from '../routes.ts';
import { inSteps } from '../steps.ts';
import { findLiveSurvey, getVersion, listPublished, VersionTaken } from '../store.ts';
import { touches } from '../versions/changes.ts';
import { isPublishable, tellFindings } from '../versions/review.ts';
import { countByVersion, LiveChanged, publishFile } from '../versions/store.ts';
import {
  DraftChanged,
  type DraftReview,
  type DraftVersion,
  discardDraftVersion,
  findDraftVersion,
  findReview,
  listDraftVersions,
} from './store.ts';

/** A draft and the survey that it is of. */
interface Asked {
  readonly known: KnownSurvey;
  readonly draft: DraftVersion;
}

export function draftRoutes(context: Context): Route[] {
  const { db, now } = context;
  const typed = (request: Request, name: string) => findValue(formOf(request), name) ?? '';

  const showDraft = async (response: Response, { known, draft }: Asked, errors: readonly Fault[] = []) => {
    const { code, live } = known;
    const { version, source, hash, savedBy, savedAt } = draft;
    const review = await findReview(context, draft);
    if ('percent' in review) return showChecking(response, { known, draft }, review.percent, errors);
    const publishable = isPublishable(review);
    response.render('fieldwork/draft', {
      ...knownFrame(context, response, known, `Draft of version ${version}`, errors),
      ...tellFindings(review, source),
      code,
      version,
      saved: { by: savedBy, at: showMoment(savedAt) },
      address: draftAddressOf(code, version),
      whole: wholeAddress(context, draftAddressOf(code, version)),
      opensAt: wholeAddress(context, publicAddressOf(code)) ?? publicAddressOf(code),
      publishable,
      walkable: review.survey !== undefined,
      admin: getStaff(response).admin,
      archived: live !== undefined && live.archivedOn !== null,
      before: live?.survey.file.version,
      changes: publishable && live ? await changesTold(context, code, review.changes) : [],
      seen: { draft: hash, live: live?.hash },
    });
  };
  const showChecking = (response: Response, { known, draft }: Asked, percent: number, errors: readonly Fault[]) => {
    const address = draftAddressOf(known.code, draft.version);
    response.render('layout/working', {
      ...knownFrame(context, response, known, `Draft of version ${draft.version}`, errors),
      refresh: true,
      address,
      saved: { by: draft.savedBy, at: showMoment(draft.savedAt) },
      step: 'The file is being checked',
      percent,
      meanwhile: 'the draft is saved, and the check goes on.',
      links: [
        { href: `${address}/replace`, text: 'Change or replace the file' },
        { href: `${address}/discard`, text: 'Throw the draft away' },
      ],
    });
  };
  const showDiscard = (response: Response, { known, draft }: Asked, errors: readonly Fault[] = []) =>
    response.render('fieldwork/discard-draft', {
      ...knownFrame(context, response, known, `Throw the draft of version ${draft.version} away`, errors),
      version: draft.version,
      saved: { by: draft.savedBy, at: showMoment(draft.savedAt) },
      address: draftAddressOf(known.code, draft.version),
      seen: draft.hash,
    });
  const showGone = (request: Request, response: Response, known: KnownSurvey) =>
    response.status(404).render('fieldwork/no-draft', {
      ...knownFrame(context, response, known, 'There is no such draft'),
      version: String(request.params.draft),
      address: addressOf(known.code),
    });

  /** A page of the draft in the address; where it is gone, one that says so. */
  const showing =
    (show: (response: Response, asked: Asked) => unknown): RequestHandler =>
    async (request, response) => {
      const known = await getKnown(context, request);
      const draft = await findDraftVersion(db, { survey: known.code, version: String(request.params.draft) });
      await (draft ? show(response, { known, draft }) : showGone(request, response, known));
    };

  const publish: RequestHandler = async (request, response) => {
    const known = await getKnown(context, request);
    const draft = await findDraftVersion(db, { survey: known.code, version: String(request.params.draft) });
    const [seenDraft, seenLive] = [typed(request, 'draft'), typed(request, 'live')];
    // The button was pressed twice: it is done.
    if (!draft && known.live?.hash === seenDraft) {
      return leadSaying(context, response, addressOf(known.code), 'survey_published');
    }
    if (!draft) return showGone(request, response, known);
    try {
      if (draft.hash !== seenDraft) throw new DraftChanged();
      const review = await findReview(context, draft);
      if ('percent' in review) throw new NotChanged('Not published yet: it is still being checked. Publish it then.');
      if (!isPublishable(review)) throw new NotChanged('There are errors in it: nothing was published.');
      const file = { source: draft.source, survey: review.survey };
      await publishFile(db, file, seenLive || undefined, getStaff(response), now());
    } catch (error) {
      const faults = [{ href: '#main-content', text: reasonOf(error) }];
      const live = await findLiveSurvey(db, known.code);
      return showDraft(response.status(422), { known: { ...known, live }, draft }, faults);
    }
    leadSaying(context, response, addressOf(known.code), 'survey_published');
  };

  const discard: RequestHandler = async (request, response) => {
    const code = String(request.params.survey);
    const name = { survey: code, version: String(request.params.draft) };
    try {
      await discardDraftVersion(db, name, typed(request, 'draft'), getStaff(response), now());
    } catch (error) {
      const draft = await findDraftVersion(db, name);
      if (!(error instanceof DraftChanged) || !draft) throw error;
      const asked = { known: await getKnown(context, request), draft };
      return showDiscard(response.status(422), asked, [{ href: '#main-content', text: reasonOf(error) }]);
    }
    // A survey that was never published is gone with its last draft.
    const rest = (await findLiveSurvey(db, code)) ?? (await listDraftVersions(db, code))[0];
    leadSaying(context, response, rest ? addressOf(code) : LIST, 'draft_discarded');
  };

  const path = '/staff/surveys/:survey/drafts/:draft';
  return [
    { method: 'get', path, who: 'researcher', handle: showing(showDraft) },
    { method: 'post', path: `${path}/publish`, who: 'admin', handle: offeringAgain(publish) },
    { method: 'get', path: `${path}/discard`, who: 'researcher', handle: showing(showDiscard) },
    { method: 'post', path: `${path}/discard`, who: 'researcher', handle: offeringAgain(discard) },
  ];
}

/** Why nothing was done, as a sentence. @throws what nobody expected */
function reasonOf(error: unknown): string {
  if (error instanceof DraftChanged) {
    return 'Nothing was done: somebody else saved another file as this draft since the page was made. This is what stands there now';
  }
  if (error instanceof LiveChanged) {
    return 'Not published: another version went live since this page was made. Look at what the draft would change now';
  }
  if (error instanceof VersionTaken || error instanceof NotChanged) return error.message;
  throw error;
}

/** The changes with how many people answered under a version that has what is changed. */
async function changesTold({ db }: Context, code: string, changes: DraftReview['changes']) {
  const people = await countByVersion(db, code);
  const versions = await Promise.all(
    (await listPublished(db, code)).map(async ({ hash }) => ({
      survey: await getVersion(db, hash),
      ...(people.get(hash) ?? { sent: 0, begun: 0 }),
    })),
  );
  return changes.map((change) => {
    const touched = versions.filter(({ survey }) => touches(change, survey));
    const sum = (key: 'sent' | 'begun') => inSteps(touched.reduce((n, version) => n + version[key], 0));
    return {
      ...change,
      touched: touched.length > 0 ? { sent: sum('sent'), begun: sum('begun') } : undefined,
    };
  });
}
