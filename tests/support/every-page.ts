/** Every page of a respondent, in every state, of the survey with every type of question; for looking at it in a browser. */
import { sql } from 'kysely';
import { goTo, PAGES } from './every-type.ts';
import type { Fieldwork } from './fieldwork.ts';
import type { Entries, Respondent } from './respondent.ts';

const HOME = '/surveys/every-type';

export interface PageState {
  readonly name: string;
  /** Somebody on their way to it; their cookies are lent to the browser. */
  readonly arrive: (fieldwork: Fieldwork) => Promise<Respondent>;
  /** Opened after that. */
  readonly address: string;
  /** Filled into the page and sent from the browser, where the state comes from a form. */
  readonly send?: Entries;
  /** Comes over the site before the form is sent. */
  readonly before?: (fieldwork: Fieldwork) => Promise<unknown>;
  readonly heading: string;
}

const stranger = ({ visit }: Fieldwork) => visit();
const at =
  (code: string) =>
  async ({ begin }: Fieldwork) =>
    goTo(await begin(), code);
const sent = async (fieldwork: Fieldwork) => (await at('check')(fieldwork)).press('Send your answers');
const readOnly = ({ db }: Fieldwork) => sql`PRAGMA query_only = ON`.execute(db);

const closeToNew = ({ db }: Fieldwork) =>
  db.updateTable('surveys').set({ last_day: '2027-03-10', last_begin: '2027-02-28' }).execute();

const ANSWER_PAGES: readonly PageState[] = [
  { code: 'one', heading: 'Which thing do you use most?' },
  { code: 'many', heading: 'Which things have you tried?' },
  { code: 'list', heading: 'Where did you find your first thing?' },
  { code: 'grid', heading: 'How good are things for each of these?' },
  { code: 'scale', heading: 'How much do you like things?' },
  { code: 'rank', heading: 'Which matter most to you?' },
  { code: 'number', heading: 'How much did you spend on things last year?' },
  { code: 'date', heading: 'When did you get your first thing?' },
  { code: 'words', heading: 'In your own words' },
  { code: 'together', heading: 'All together' },
].flatMap(({ code, heading }) => {
  const page = PAGES.find((each) => each.code === code);
  const address = `${HOME}/answer/${code}`;
  return [
    { name: `${code}, fresh`, arrive: at(code), address, heading },
    {
      name: `${code}, filled`,
      arrive: async (fieldwork: Fieldwork) => (await at(code)(fieldwork)).answer(page?.answer ?? {}),
      address,
      heading,
    },
    { name: `${code}, wrong`, arrive: at(code), address, send: page?.wrong ?? {}, heading },
  ];
});

export const STATES: readonly PageState[] = [
  { name: 'information', arrive: stranger, address: HOME, heading: 'Every type of question' },
  { name: 'information, wrong', arrive: stranger, address: HOME, send: {}, heading: 'Every type of question' },
  { name: 'information, begun', arrive: at('one'), address: HOME, heading: 'Every type of question' },
  { name: 'information, sent', arrive: sent, address: HOME, heading: 'Every type of question' },
  {
    name: 'information, gone',
    arrive: async (fieldwork) => {
      const respondent = await at('one')(fieldwork);
      await fieldwork.db.deleteFrom('drafts').execute();
      return respondent;
    },
    address: HOME,
    heading: 'Every type of question',
  },
  ...ANSWER_PAGES,
  {
    name: 'pause over blanks',
    arrive: at('odd-names'),
    address: `${HOME}/answer/odd-names`,
    send: {},
    heading: 'Questions with odd names',
  },
  {
    name: 'pause over an odd answer',
    arrive: at('echo'),
    address: `${HOME}/answer/echo`,
    send: { E1: 'small' },
    heading: 'About Bertie',
  },
  {
    name: 'answers not saved',
    arrive: at('number'),
    address: `${HOME}/answer/number`,
    before: readOnly,
    send: { W1: '12' },
    heading: 'How much did you spend on things last year?',
  },
  {
    name: 'new questions after a change',
    arrive: at('one'),
    address: `${HOME}/answer/one?from=check`,
    heading: 'Which thing do you use most?',
  },
  { name: 'check', arrive: at('check'), address: `${HOME}/check`, heading: 'Check your answers before you send them' },
  { name: 'not sent', arrive: at('check'), address: `${HOME}/check`, before: readOnly, send: {}, heading: 'Not saved' },
  { name: 'receipt', arrive: sent, address: `${HOME}/done`, heading: 'Your answers have been sent' },
  { name: 'save', arrive: at('many'), address: `${HOME}/save`, heading: 'Come back later' },
  { name: 'resume', arrive: stranger, address: `${HOME}/resume`, heading: 'Carry on with your answers' },
  {
    name: 'resume, wrong',
    arrive: stranger,
    address: `${HOME}/resume`,
    send: { code: 'x' },
    heading: 'Carry on with your answers',
  },
  { name: 'withdraw', arrive: sent, address: `${HOME}/withdraw`, heading: 'Take back your answers' },
  {
    name: 'withdraw, wrong',
    arrive: stranger,
    address: `${HOME}/withdraw`,
    send: { code: 'x' },
    heading: 'Take back your answers',
  },
  { name: 'leave', arrive: at('check'), address: `${HOME}/withdraw`, heading: 'Delete the answers you have not sent' },
  { name: 'withdrawn', arrive: sent, address: `${HOME}/withdraw`, send: {}, heading: 'Your answers have been deleted' },
  {
    name: 'withdraw, late',
    arrive: async ({ travelTo, visit }) => {
      travelTo('2027-08-01T00:00:00Z');
      return visit();
    },
    address: `${HOME}/withdraw`,
    heading: 'Take back your answers',
  },
  {
    name: 'not asked',
    arrive: async ({ begin }) => (await begin()).answer({ A2: 'no' }),
    address: `${HOME}/check`,
    heading: 'This survey is for other people',
  },
  { name: 'declined', arrive: stranger, address: HOME, send: { A1: 'no' }, heading: 'Thank you' },
  {
    name: 'only for those who have begun, begun',
    arrive: async (fieldwork) => {
      const respondent = await at('one')(fieldwork);
      await closeToNew(fieldwork);
      return respondent;
    },
    address: HOME,
    heading: 'Nobody new can begin this survey',
  },
  {
    name: 'only for those who have begun, new',
    arrive: async (fieldwork) => {
      await closeToNew(fieldwork);
      return fieldwork.visit();
    },
    address: HOME,
    heading: 'Nobody new can begin this survey',
  },
  {
    name: 'closed',
    arrive: async ({ travelTo, visit }) => {
      travelTo('2027-07-01T00:00:00Z');
      return visit();
    },
    address: HOME,
    heading: 'This survey is closed',
  },
  { name: 'not found', arrive: at('one'), address: `${HOME}/answer/nowhere`, heading: 'Page not found' },
];
