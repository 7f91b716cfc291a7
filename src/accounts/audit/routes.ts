/** The record of who did what, for admins. */
import type { Request, Response } from 'express';
import type { Context } from '../../web/context.ts';
import type { Route } from '../../web/route-table.ts';
import { asParameters, linksOf, queryOf, readSorting } from '../../web/sorting.ts';
import type { Account } from '../account.ts';
import { frameOf } from '../routes.ts';
import { showMoment } from '../times.ts';
import { actionsBeside, DEEDS_BY, readFilter, sentenceOf } from './audit.ts';
import { auditCsv } from './csv.ts';
import { listActors, listDeeds, listObjects } from './store.ts';

const ON_A_PAGE = 100;

/** A store's audit, and where it is shown: answers and contacts each have their own. */
export interface AuditShown {
  readonly db: Parameters<typeof listDeeds>[0];
  readonly path: `/staff/${string}`;
  readonly title: string;
  readonly beside: Parameters<typeof actionsBeside>[0];
  /** Everybody with an account; left out, whoever stands in the record can be asked for. */
  readonly listPeople?: () => Promise<readonly Pick<Account, 'id' | 'name' | 'email'>[]>;
  /** The record of the other store, if there is one. */
  readonly other?: { readonly href: string; readonly text: string };
}

export function auditRoutes(
  context: Pick<Context, 'settings'>,
  { db, path, title, beside, listPeople, other }: AuditShown,
): Route[] {
  const people = async () =>
    listPeople
      ? (await listPeople()).map(({ id, name, email }) => ({ value: id, text: `${name} (${email})` }))
      : (await listActors(db)).map(({ id, name }) => ({ value: id, text: name }));
  const show = async (request: Request, response: Response) => {
    const filter = readFilter(request.query);
    const order = readSorting(request.query, DEEDS_BY);
    const after = Number(request.query.after);
    const lines = await listDeeds(db, filter, {
      order,
      after: Number.isSafeInteger(after) && after > 0 ? after : undefined,
      limit: ON_A_PAGE + 1,
    });
    const shown = lines.slice(0, ON_A_PAGE);
    response.render('accounts/audit', {
      ...frameOf(context, response, title),
      action: path,
      filter,
      sorting: linksOf(DEEDS_BY, order, { ...filter }),
      order: asParameters(order),
      accounts: await people(),
      objects: (await listObjects(db)).map(({ code, name }) => ({ value: code, text: name })),
      actions: actionsBeside(beside),
      other,
      lines: shown.map((line) => ({ moment: showMoment(line.at), sentence: sentenceOf(line) })),
      file: `${path}.csv?${queryOf({ ...filter })}`,
      more:
        lines.length > shown.length
          ? `?${queryOf({ ...filter, ...asParameters(order), after: String(shown.at(-1)?.line) })}`
          : undefined,
    });
  };
  const send = async (request: Request, response: Response) => {
    const lines = await listDeeds(db, readFilter(request.query));
    response
      .attachment(`soundings-${path.split('/').slice(2).join('-')}.csv`)
      .type('text/csv; charset=utf-8')
      .send(auditCsv(lines.toReversed()));
  };
  return [
    { method: 'get', path, who: 'admin', handle: show },
    { method: 'get', path: `${path}.csv`, who: 'admin', handle: send },
  ];
}
