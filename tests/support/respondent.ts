/** Somebody at a browser without scripts: they see only what the page shows and send only what stands on it. */
import supertest from 'supertest';
import { type Form, formsIn, type Link, linksIn, partOf, wordsIn } from './page-html.ts';

/** A file to choose in a form, by the name that its computer gives it. */
export interface ChosenFile {
  readonly name: string;
  readonly content: string | Buffer;
}

/** What to enter, by the name of the input: a value, the ticks, or null to leave it empty. */
export type Entries = Readonly<Record<string, string | readonly string[] | null>>;

export class Respondent {
  readonly #agent: ReturnType<typeof supertest.agent>;
  /** The address of the page in sight. */
  address = '';
  status = 0;
  html = '';
  headers: Readonly<Record<string, string>> = {};

  /** @param url where the site listens */
  constructor(url: string) {
    this.#agent = supertest.agent(url);
  }

  /** Opens an address and follows where it leads. */
  async open(address: string): Promise<this> {
    const [path = ''] = new URL(address, `http://x${this.address}`).href.split('#');
    return this.#arrive(path.replace('http://x', ''), await this.#agent.get(path.replace('http://x', '')));
  }

  /** Sends a form as it would be sent from any page; for what no page of ours sends. */
  async post(address: string, body: string): Promise<this> {
    const reply = await this.#agent.post(address).type('application/x-www-form-urlencoded').send(body);
    return this.#arrive(address, reply);
  }

  /** Sends a form in the kind that can bring files. */
  async postMultipart(address: string, fields: readonly [string, string][], file?: ChosenFile): Promise<this> {
    const sending = this.#agent.post(address);
    for (const [name, value] of fields) sending.field(name, value);
    if (file) sending.attach('file', Buffer.from(file.content), { filename: file.name });
    return this.#arrive(address, await sending);
  }

  async #arrive(address: string, reply: supertest.Response): Promise<this> {
    const { location } = reply.headers;
    if (reply.status === 303 && location) return this.open(location);
    Object.assign(this, { address, status: reply.status, html: reply.text, headers: reply.headers });
    return this;
  }

  /** Follows the link with these words. */
  async follow(words: string): Promise<this> {
    return this.open(this.link(words).href);
  }

  /** Fills in the form and presses its first button, as Enter does. */
  async answer(entries: Entries = {}): Promise<this> {
    return this.press(undefined, entries);
  }

  /** Fills in the form that has this button, chooses a file where one is given, and presses it. */
  async press(button: string | undefined, entries: Entries = {}, file?: ChosenFile): Promise<this> {
    const { action, fields, body } = this.filledIn(entries, button);
    return this.#form(button).multipart ? this.postMultipart(action, fields, file) : this.post(action, body);
  }

  /** The form with these entries as a browser would send it. */
  filledIn(entries: Entries = {}, button?: string): { action: string; fields: [string, string][]; body: string } {
    const form = this.#form(button);
    const pressed = form.buttons.find(({ text }) => button === undefined || text === button);
    const fields = sentBy(form, entries);
    if (pressed?.name) fields.push([pressed.name, pressed.value]);
    return { action: form.action, fields, body: new URLSearchParams(fields).toString() };
  }

  #form(button: string | undefined): Form {
    const form = formsIn(this.html).find(({ buttons }) => !button || buttons.some(({ text }) => text === button));
    if (!form) throw new Error(`There is no form${button ? ` with "${button}"` : ''} on ${this.#sight}.`);
    return form;
  }

  /** The link with these words, which must be on the page. */
  link(words: string): Link {
    const link = this.links.find(({ text }) => text === words);
    if (!link) throw new Error(`There is no link "${words}" on ${this.#sight}.`);
    return link;
  }

  get #sight(): string {
    return `${this.address} (${this.status}, "${this.heading}")`;
  }

  get links(): Link[] {
    return linksIn(this.html);
  }

  get forms(): Form[] {
    return formsIn(this.html);
  }

  /** The names of the inputs that can be seen, in order, once each. */
  get inputs(): string[] {
    const inputs = this.forms.flatMap((form) => form.inputs.filter(({ kind }) => kind !== 'hidden'));
    return [...new Set(inputs.map(({ name }) => name))];
  }

  /** What stands in the inputs: values, and what is chosen or ticked. */
  get entered(): Record<string, string | string[]> {
    const entered: Record<string, string | string[]> = {};
    for (const { name, kind, value, checked } of this.forms.flatMap((form) => form.inputs)) {
      if (kind === 'hidden' || value === '' || (!checked && (kind === 'choice' || kind === 'tick'))) continue;
      if (kind === 'tick') entered[name] = [...(entered[name] ?? []), value];
      else entered[name] = value;
    }
    return entered;
  }

  get heading(): string {
    return wordsIn(partOf(this.html, /<h1\b/, '</h1>'));
  }

  /** The words of the page's middle. */
  get words(): string {
    return wordsIn(partOf(this.html, /<main\b/, '</main>'));
  }

  /** What the error summary says. */
  get errors(): Link[] {
    return linksIn(partOf(this.html, /<div class="govuk-error-summary"/, '</ul>'));
  }

  /** The code on the receipt or on the "come back later" page. */
  get code(): string {
    return wordsIn(partOf(this.html, /<p class="sn-secret"/, '</p>'));
  }

  /** "Check your answers": questions with the answers in words. */
  get summary(): [question: string, answer: string][] {
    const rows = this.html.matchAll(/<dt\b[^>]*>([\s\S]*?)<\/dt>\s*<dd\b[^>]*>([\s\S]*?)<\/dd>/g);
    return [...rows].map(([, question = '', answer = '']) => [wordsIn(question), wordsIn(answer)]);
  }

  /** The cookies that this browser would send, as text. */
  get cookies(): string {
    return this.#agent.jar.getCookies({ domain: '127.0.0.1', path: '/', secure: false, script: false }).toValueString();
  }
}

function sentBy(form: Form, entries: Entries): [name: string, value: string][] {
  for (const [name, value] of Object.entries(entries)) {
    const inputs = form.inputs.filter((input) => input.name === name);
    if (inputs.length === 0) throw new Error(`There is no input called ${name} in the form for ${form.action}.`);
    if (inputs.some(({ kind }) => kind === 'text')) continue;
    const offered = inputs.flatMap((input) => (input.kind === 'list' ? input.options : [input.value]));
    const missing = listOf(value).find((each) => !offered.includes(each));
    if (missing !== undefined) throw new Error(`${name} does not offer "${missing}", only ${offered.join(', ')}.`);
  }
  return form.inputs.flatMap(({ name, kind, value, checked }): [string, string][] => {
    if (kind === 'file') return [];
    const given = Object.hasOwn(entries, name) ? listOf(entries[name] ?? null) : undefined;
    if (kind === 'choice' || kind === 'tick') {
      return (given ? given.includes(value) : checked) ? [[name, value]] : [];
    }
    return [[name, given ? (given[0] ?? '') : value]];
  });
}

const listOf = (value: string | readonly string[] | null): readonly string[] =>
  value === null ? [] : typeof value === 'string' ? [value] : value;

/** What somebody might enter on the page in sight: the first option, the first two of a tick list, a few words. */
function usualEntries(respondent: Respondent): Entries {
  const entries: Record<string, string | string[]> = {};
  const inputs = respondent.forms.flatMap((form) => form.inputs);
  const opensBox = (name: string) => inputs.some((each) => `${each.name}_${each.value}` === name);
  for (const { name, kind, value, options } of inputs) {
    const before = entries[name];
    if (kind === 'choice') entries[name] ??= value;
    else if (kind === 'tick' && (before === undefined || before.length < 2)) entries[name] = [...(before ?? []), value];
    else if (kind === 'list') entries[name] = options.find((option) => option !== '') ?? '';
    else if (kind === 'text' && !opensBox(name)) entries[name] = 'A made-up answer';
  }
  return entries;
}

/**
 * Answers page after page, with what is given and else as somebody might, until no page of questions is left.
 * @returns the codes of the pages met, in order
 */
export async function answerPages(respondent: Respondent, given: Entries = {}): Promise<string[]> {
  const met: string[] = [];
  for (;;) {
    const page = /\/answer\/([^/?]+)/.exec(respondent.address)?.[1];
    if (page === undefined) return met;
    if (met.length > 200) throw new Error(`The questions never end: ${met.slice(-3).join(', ')}.`);
    met.push(page);
    const entries = { ...usualEntries(respondent) };
    for (const name of respondent.inputs) if (Object.hasOwn(given, name)) entries[name] = given[name] ?? [];
    await respondent.answer(entries);
    if (respondent.status === 422 && respondent.errors.length === 0) await respondent.answer();
    if (respondent.errors.length > 0)
      throw new Error(`${page}: ${respondent.errors.map(({ text }) => text).join('; ')}`);
  }
}
