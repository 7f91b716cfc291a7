/** Prints a calendar file with one entry, as a server in this zone makes it. */
import { calendarOf } from '../../src/signups/calendar.ts';
import { ENTRY, NOW, SITE_OF } from './calendar-entry.ts';

process.stdout.write(calendarOf([ENTRY(process.argv[2] ?? '')], { site: SITE_OF, now: NOW }));
