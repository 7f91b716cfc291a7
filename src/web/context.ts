import type { Kysely } from 'kysely';
import type { Logger } from 'pino';
import type { ContactsTables } from '../db/contacts-tables.ts';
import type { AnswersTables } from '../db/tables.ts';

/** What the rooms' routes are given. */
export interface Context {
  /** The answers store. */
  readonly db: Kysely<AnswersTables>;
  readonly settings: {
    /** Where people reach the site; absolute links are made from it and never from the Host header. */
    readonly publicUrl?: URL | undefined;
    /** A local trial: every page says that its data are made up. */
    readonly trial?: boolean | undefined;
    /** The folder of the releases' files; without it none is given out. */
    readonly releasesPath?: string | undefined;
    /** Seals what staff sign in with; without it nobody can. */
    readonly secret?: string | undefined;
    /** Whether there is a mail server: without one, messages stay in the outbox for staff to pass on. */
    readonly sendsMail?: boolean | undefined;
    /** How many proxies stand before the site: none, and a forwarded address is nobody's word. */
    readonly proxies?: number | undefined;
  };
  /**
   * Asks the network tier of a survey, in a thread of its own: of large files that takes seconds. Left out, nothing
   * can be asked.
   * @param wanted as a researcher put them; none, to hear what can be asked
   * @returns what the release room reads back
   */
  readonly askNetwork?: ((survey: string, wanted: readonly unknown[]) => Promise<string>) | undefined;
  /**
   * Draws an SVG as a PNG of twice its size, in a thread of its own.
   * @returns undefined where it has a character that the program's font does not
   */
  readonly drawPicture?: ((svg: string) => Promise<Uint8Array | undefined>) | undefined;
  /**
   * Works on surveys' files, and compares releases, in a thread of its own: of large ones that takes seconds. Left out, it
   * is done in this one.
   * @param told hears how much is done, in percent
   * @returns what the room reads back that asked
   */
  readonly workOnFile?: ((task: object, told: (percent: number) => void) => Promise<unknown>) | undefined;
  /** Does what stands on the list of work on releases, in a thread of its own. Left out, nothing is made here. */
  readonly releaseWork?:
    | {
        /** Work was put on the list: it is begun as soon as its turn comes. */
        readonly begin: () => void;
        /** Work was taken off the list, by its id: whoever does it stops. */
        readonly stop: (id: string) => void;
      }
    | undefined;
  /** Where people reach the site, or in a trial where it listens: links to pass on are made from it. */
  readonly site?: (() => URL) | undefined;
  readonly log: Logger;
  readonly now: () => Date;
}

type Reached = Pick<Context, 'site' | 'settings'>;

/** Where people reach the site; undefined where nobody has said so. */
export const siteOf = ({ site, settings }: Reached): URL | undefined => site?.() ?? settings.publicUrl;

/** The whole address of a page, to be passed on; undefined where nobody has said how people reach the site. */
export function wholeAddress(reached: Reached, path: string): string | undefined {
  const site = siteOf(reached);
  return site && new URL(path, site).href;
}

/** What the routes of sign-ups are given in its place: their own store, and nothing of the answers'. */
export interface ContactsContext extends Pick<Context, 'settings' | 'log' | 'now'> {
  /** The contacts store. */
  readonly contacts: Kysely<ContactsTables>;
  readonly site: () => URL;
}
