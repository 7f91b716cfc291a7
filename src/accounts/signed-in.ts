/**
 * Who is signed in, and the frame of a page of staff: for this room's pages and for those of other rooms. The guard in
 * `routes.ts` says who it is before any route for staff is met.
 */
import type { Response } from 'express';
import type { Context } from '../web/context.ts';
import type { Staff } from './account.ts';

const signedIn = new WeakMap<Response, Staff>();

/** The guard's word on whose request this is. */
export function keepStaff(response: Response, staff: Staff): void {
  signedIn.set(response, staff);
}

/** Who is signed in, in a route for staff. */
export function getStaff(response: Response): Staff {
  const staff = signedIn.get(response);
  if (!staff) throw new Error('This route is not for staff: its place in the route table is wrong.');
  return staff;
}

/** Something to put right: in the summary above the page and at its box. */
export interface Fault {
  readonly href: string;
  readonly text: string;
}

/** Where the pages that stand beside each other lead back to. */
export const FIRST_PAGE = { href: '/staff', text: 'Staff' };

/** What `layout/head` reads, on a page of somebody who is signed in. */
export function frameOf(
  context: Pick<Context, 'settings'>,
  response: Response,
  title: string,
  errors: readonly Fault[] = [],
) {
  const staff = getStaff(response);
  return {
    ...outerFrame(context, title, errors),
    staff: { name: staff.name, admin: staff.admin, here: response.req.path },
  };
}

/** The same before anybody has signed in. */
export function outerFrame({ settings }: Pick<Context, 'settings'>, title: string, errors: readonly Fault[] = []) {
  /** The message at a box, by the summary's link to it. */
  const errorAt = (href: string) => {
    const found = errors.find((fault) => fault.href === href);
    return found && { text: found.text };
  };
  return { title, errors, errorAt, synthetic: settings.trial ?? false };
}
