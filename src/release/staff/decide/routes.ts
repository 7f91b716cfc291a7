/** Deciding about a release in the browser: each decision has a page of its own, which says what comes of it. */
import type { Request, Response } from 'express';
import { type Fault, getStaff } from '../../../accounts/signed-in.ts';
import { listAccounts } from '../../../accounts/store.ts';
import { hashFile } from '../../../db/hash-file.ts';
import type { Context } from '../../../web/context.ts';
import { findValue, formOf, offeringAgain } from '../../../web/forms.ts';
import type { Route } from '../../../web/route-table.ts';
import { leadSaying } from '../../../web/said.ts';
import { whyNotAsMade } from '../../ledger/data-content.ts';
import { NotDecided } from '../../ledger/ledger.ts';
import { reasonSchema } from '../../ledger/reason.ts';
import { explain, isAlone, isOwn, listVerbs, VERBS, type Verb, WHO } from '../decisions.ts';
import { type Asked, getAsked, HOME, staffFrame, viewOne } from '../routes.ts';
import { decide } from '../store.ts';

export function decisionRoutes(context: Context): Route[] {
  const { db, now } = context;

  /** Whether it is somebody's own release, and there is nobody else to approve it. */
  const isAloneWith = async ({ survey, standing }: Asked, response: Response) => {
    const staff = getStaff(response);
    return isOwn(standing, staff) && isAlone(staff, survey.file.survey, await listAccounts(db));
  };

  const showDecision = async (
    verb: Verb,
    response: Response,
    asked: Asked,
    { reason = '', errors = [] }: { readonly reason?: string; readonly errors?: readonly Fault[] } = {},
  ) => {
    const { survey, standing, home } = asked;
    const { number } = standing;
    const title = {
      approve: `Approve release ${number}`,
      refuse: `Refuse release ${number}`,
      withdraw: `Withdraw release ${number}`,
    }[verb];
    response.render('release/staff-decide', {
      ...staffFrame(context, response, survey, title, errors),
      back: { href: home, text: `Release ${number}` },
      ...explain(verb, standing),
      verb,
      alone: verb === 'approve' && (await isAloneWith(asked, response)),
      action: `${home}/${verb}`,
      shown: standing.audience === 'public',
      reason,
    });
  };

  /** The step before what cannot be undone; where there is nothing to decide, the release's page says why. */
  const askFirst = (verb: Verb) => async (request: Request, response: Response) => {
    const asked = await getAsked(context, request);
    const { survey, standing, home } = asked;
    const verbs = listVerbs(standing, getStaff(response), survey.file.survey, await isAloneWith(asked, response));
    if (!verbs.includes(verb)) return response.redirect(303, home);
    return showDecision(verb, response, asked);
  };

  const takeDecision = (verb: Verb) => async (request: Request, response: Response) => {
    const asked = await getAsked(context, request);
    const form = formOf(request);
    const typed = findValue(form, 'reason') ?? '';
    const alone = verb === 'approve' && (await isAloneWith(asked, response));
    const reason = verb === 'approve' && !alone ? undefined : reasonSchema.safeParse(typed);
    const errors = [
      ...(verb === 'approve' && findValue(form, 'looked') !== 'yes'
        ? [{ href: '#looked', text: 'Look at the release first, then tick that you have' }]
        : []),
      ...(reason?.success === false ? [{ href: '#reason', text: `Enter ${reason.error.issues[0]?.message}` }] : []),
    ];
    if (errors.length > 0) return showDecision(verb, response.status(422), asked, { reason: typed, errors });
    const name = { survey: asked.survey.file.survey, number: asked.standing.number };
    try {
      if (verb === 'approve') await refuseUnlessAsMade(context, asked);
      await decide(db, name, { verb, reason: reason?.data ?? '', alone }, getStaff(response), now());
    } catch (error) {
      if (!(error instanceof NotDecided)) throw error;
      const fresh = await getAsked(context, request);
      const view = await viewOne(context, response, fresh, [{ href: '#main-content', text: error.message }]);
      return response.status(409).render('release/staff-release', view);
    }
    leadSaying(context, response, asked.home, SAID[verb]);
  };

  return VERBS.flatMap((verb): Route[] => [
    { method: 'get', path: `${HOME}/:release/${verb}`, who: WHO[verb], handle: askFirst(verb) },
    { method: 'post', path: `${HOME}/:release/${verb}`, who: WHO[verb], handle: offeringAgain(takeDecision(verb)) },
  ]);
}

const SAID = { approve: 'release_approved', refuse: 'release_refused', withdraw: 'release_withdrawn' } as const;

/** @throws NotDecided where the zip is not what was made: nobody has looked at what would be let out */
async function refuseUnlessAsMade({ settings }: Context, { standing, data }: Asked): Promise<void> {
  const { releasesPath } = settings;
  if (!data || standing.state !== 'waiting') return;
  const found = releasesPath === undefined ? undefined : await hashFile(`${releasesPath}/${data.file}`);
  const why = whyNotAsMade(data, found);
  if (why !== undefined) throw new NotDecided(why);
}
