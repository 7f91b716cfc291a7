/** A site where people can sign up, on stores of its own. */
import { createApp, routesOf } from '../../src/app.ts';
import type { Context } from '../../src/web/context.ts';
import { type Contacts, signUpsBeside } from './contacts.ts';
import { Respondent } from './respondent.ts';
import { type LogLines, serve, testContext } from './site.ts';

export interface SignUpSite {
  readonly url: string;
  readonly contacts: Contacts;
  readonly lines: LogLines;
  readonly now: () => Date;
  /** Sets the clock forward, by so many hours. */
  wait(hours: number): void;
  visit(address?: string): Promise<Respondent>;
}

/** Opens a site at nine on 1 March 2027, which has a mail server unless the settings say otherwise. */
export async function openSignUps(settings: Context['settings'] = {}): Promise<SignUpSite> {
  let clock = new Date('2027-03-01T09:00:00.000Z');
  const now = () => clock;
  const context = await testContext({ now, settings: { sendsMail: true, ...settings } });
  const signUps = await signUpsBeside(context);
  const url = await serve(createApp(context, routesOf(context, signUps)));
  return {
    url,
    contacts: signUps.contacts,
    lines: context.lines,
    now,
    wait: (hours) => {
      clock = new Date(clock.getTime() + hours * 3_600_000);
    },
    visit: (address = '/take-part') => new Respondent(url).open(address),
  };
}
