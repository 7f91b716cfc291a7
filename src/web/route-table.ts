import type { Express, Request, RequestHandler, Response } from 'express';
import { readForms } from './forms.ts';
import { readFormWithFile } from './uploads.ts';

/** Who a route is for. What one may not see looks like what does not exist. */
type Anybody = 'everyone' | 'respondent' | 'participant';

/**
 * Staff: an `entrant` is half-way through signing in, `staff` anybody who is signed in, a `researcher` or `approver`
 * one of the `:survey` in the path and a `member` either of them, an `admin` looks after accounts.
 */
type StaffOnly = 'entrant' | 'staff' | 'member' | 'researcher' | 'approver' | 'admin';

/** One route of the site: the only way to answer an address, so that a list of routes is a list of all doors. */
export interface Route {
  readonly method: 'get' | 'post';
  /** The whole path as Express writes it, such as `/surveys/:survey/answer/:page`. */
  readonly path: string;
  readonly who: Anybody | StaffOnly;
  readonly handle: RequestHandler;
  /** Whether its form may bring a file. */
  readonly takesFile?: true;
}

/**
 * Stands before every route for staff. @returns whether the request may go on; if not, it has been answered.
 * @throws Problem not_found where there is nothing to see for whoever asks
 */
export type Guard = (who: StaffOnly, request: Request, response: Response) => Promise<boolean>;

const ANYBODY: ReadonlySet<string> = new Set<Anybody>(['everyone', 'respondent', 'participant']);

const isForStaff = (who: Route['who']): who is StaffOnly => !ANYBODY.has(who);

/**
 * Opens the doors in the table, in its order, those for staff behind the guard. A form is read between the two: what
 * somebody sends who may not use a route is not even looked at. Throws where two routes have the same
 * method and path, where one for staff has no guard, and where one is for a survey's staff and its path names none.
 */
export function mountRoutes(app: Express, routes: readonly Route[], guard?: Guard): void {
  const seen = new Set<string>();
  for (const { method, path, who, handle, takesFile } of routes) {
    const read = takesFile ? readFormWithFile() : readForms();
    const door = `${method.toUpperCase()} ${path}`;
    if (seen.has(door)) throw new Error(`${door} stands in the route table twice.`);
    seen.add(door);
    if (!isForStaff(who)) {
      app[method](path, ...read, handle);
      continue;
    }
    if (!guard) throw new Error(`${door} is for staff, and nothing guards it.`);
    if ((who === 'member' || who === 'researcher' || who === 'approver') && !path.includes('/:survey')) {
      throw new Error(`${door} is for the ${who} of a survey, and its path names none.`);
    }
    const admit: RequestHandler = async (request, response, next) => {
      if (await guard(who, request, response)) next();
    };
    app[method](path, admit, ...read, handle);
  }
}
