import type { Entry } from '../../src/signups/calendar.ts';

export const NOW = new Date('2027-03-01T09:00:00.000Z');
export const SITE_OF = new URL('https://soundings.example.org');

/** A made-up entry of a calendar. */
export const ENTRY = (startsAt: string): Entry => ({
  uid: 'booking-1',
  sequence: 3,
  event: {
    about: {
      title: 'First steps; with AI, and more (synthetic)',
      summary: '',
      place: 'Room 1, upstairs',
      link: '',
      meantFor: '',
      asks: [],
      stages: [],
      consent: 'Made up.',
      remind: [],
    },
  },
  session: { id: 's', startsAt: new Date(startsAt), minutes: 90, capacity: 5, host: '', place: '', status: 'planned' },
  notes: 'Your booking:\nhttps://soundings.example.org/bookings/x',
});
