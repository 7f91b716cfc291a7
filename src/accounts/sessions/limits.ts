/** How long a session lasts. Times in minutes. */
export const IDLE_MINUTES = 60;
export const LONGEST_HOURS = 12;
/** From the passphrase, or the link, to the code. */
export const SIGN_IN_MINUTES = 15;

/** Wrong codes after which the passphrase has to be given again. */
export const WRONG_CODES = 5;

/** How long a browser is known after its last sign-in, and a link can be used. */
export const DEVICE_DAYS = 180;
export const INVITATION_DAYS = 7;

/** The step of signing in that somebody has come to: a code is asked for, a second factor is to be set up, all done. */
type Step = 'code' | 'set-up' | 'full';

export interface SessionTimes {
  readonly step: Step;
  readonly beganAt: Date;
  readonly seenAt: Date;
}

/** Whether a session is over: too long unused, or too long in all. */
export function isOver({ step, beganAt, seenAt }: SessionTimes, now: Date): boolean {
  const minutes = (since: Date) => (now.getTime() - since.getTime()) / 60_000;
  if (step !== 'full') return minutes(beganAt) >= SIGN_IN_MINUTES;
  return minutes(seenAt) >= IDLE_MINUTES || minutes(beganAt) >= LONGEST_HOURS * 60;
}

/** Whether it is worth writing down that a session is used: not for each page. */
export function isWorthNoting({ seenAt }: SessionTimes, now: Date): boolean {
  return now.getTime() - seenAt.getTime() >= 60_000;
}

/** The moment a number of days before or, negative, after another. */
export function daysBefore(moment: Date, days: number): Date {
  return new Date(moment.getTime() - days * 86_400_000);
}
