import type { Express, RequestHandler } from 'express';

/** Who a route is for. What one may not see looks like what does not exist. */
type Who = 'everyone' | 'respondent' | 'participant' | 'researcher' | 'admin';

/** One route of the site: the only way to answer an address, so that a list of routes is a list of all doors. */
export interface Route {
  readonly method: 'get' | 'post';
  /** The whole path as Express writes it, such as `/surveys/:survey/answer/:page`. */
  readonly path: string;
  readonly who: Who;
  readonly handle: RequestHandler;
}

/** Opens the doors in the table, in its order. Throws where two routes have the same method and path. */
export function mountRoutes(app: Express, routes: readonly Route[]): void {
  const seen = new Set<string>();
  for (const { method, path, handle } of routes) {
    const door = `${method.toUpperCase()} ${path}`;
    if (seen.has(door)) throw new Error(`${door} stands in the route table twice.`);
    seen.add(door);
    app[method](path, handle);
  }
}
