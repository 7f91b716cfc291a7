/** What is wrong with text that is not JSON, in the words of somebody who never meant to write any. */

export interface Fault {
  /** Where to look, in characters from the start. */
  readonly offset: number;
  /** What stands there. */
  readonly message: string;
  /** How to mend it. */
  readonly mend: string;
}

/**
 * The first thing that keeps a text from being JSON; undefined where it is JSON. Pure; never throws.
 * @param text not nested deeper than `readSource` allows, since it is read by recursion
 */
export function findFault(text: string): Fault | undefined {
  try {
    new Scanner(text).readAll();
    return undefined;
  } catch (error) {
    if (error instanceof FaultFound) return error.fault;
    throw error;
  }
}

/** Reads JSON up to its first fault. */
class Scanner {
  private readonly text: string;
  private place = 0;
  /** The last text, number or word that was read. */
  private last: readonly [start: number, end: number] = [0, 0];
  /** The brackets that are open, with their places. */
  private readonly open: { readonly bracket: string; readonly offset: number }[] = [];

  constructor(text: string) {
    this.text = text;
  }

  /** @throws FaultFound */
  readAll(): void {
    this.space();
    this.value();
    this.space();
    if (this.place >= this.text.length) return;
    this.strange();
    if (/[}\]]/.test(this.here))
      this.fail(`There is one "${this.here}" too many: everything is closed already.`, 'Take it out.');
    this.fail('Something stands after the end of the survey.', 'A file holds one survey: {…} and nothing after it.');
  }

  private get here(): string {
    return this.text.charAt(this.place);
  }

  private fail(message: string, mend: string, offset = this.place): never {
    throw new FaultFound({ offset, message, mend });
  }

  private space(): void {
    while (' \t\r\n'.includes(this.here) && this.here !== '') this.place++;
  }

  private value(key?: string): void {
    if (this.here === '"') this.string();
    else if (this.here === '{') this.object();
    else if (this.here === '[') this.list();
    else this.plain(key);
  }

  private object(): void {
    this.enter();
    for (let first = true; ; first = false) {
      if (this.here === '}' && first) break;
      const key = this.key();
      this.space();
      this.colon(key);
      this.space();
      this.value(key);
      if (this.next('}')) break;
    }
    this.leave();
  }

  private list(): void {
    this.enter();
    for (let first = true; ; first = false) {
      if (this.here === ']' && first) break;
      this.value();
      if (this.next(']')) break;
    }
    this.leave();
  }

  private enter(): void {
    this.open.push({ bracket: this.here, offset: this.place++ });
    this.space();
  }

  private leave(): void {
    this.open.pop();
    this.last = [this.place, ++this.place];
  }

  private key(): string {
    const start = this.place;
    if (this.here === '"') {
      this.string();
      return this.text.slice(start, this.place);
    }
    this.strange();
    if (this.here === ',') this.fail('A comma stands where a key should.', 'Take the comma out.');
    const word = this.word();
    if (/^[\d.]+$/.test(word) && /\d\s*,\s*$/.test(this.text.slice(0, start)))
      this.fail('A number has a comma in it.', 'Write a point instead, such as 1.5, and nothing between thousands.');
    if (/^[\w$-]+$/.test(word))
      this.fail(`The key ${word} has no quotes.`, `Write "${word}": every key stands in straight double quotes.`);
    return this.fail(`A key should stand here, but "${this.here}" does.`, 'Between { and } write "key": value.');
  }

  private colon(key: string): void {
    if (this.here === ':') {
      this.place++;
      return;
    }
    this.strange();
    const touches = this.text.charAt(this.place - 1) === '"';
    const isValue = /^(=|[-\d]|(true|false|null)\b)/.test(this.text.slice(this.place, this.place + 6));
    if ((touches && this.here === '"') || (this.followsOnItsLine() && !isValue)) this.quoteInside(key);
    if (/[,}\]]/.test(this.here)) this.noValue(key);
    this.fail(`A colon is missing after the key ${key}.`, `Write ${key}: and then its value.`, this.last[0]);
  }

  private noValue(key: string): never {
    this.fail(`The key ${key} has no value.`, `Write ${key}: and its value, or take it out.`, this.last[0]);
  }

  /** What follows a value: the end of what holds it, or a comma and more. @returns whether it is the end */
  private next(closer: string): boolean {
    const end = this.place;
    this.space();
    if (this.here === closer) return true;
    if (this.here === ',') {
      const comma = this.place++;
      this.space();
      if (this.here === ',') this.fail('Two commas stand side by side.', 'Take one out.');
      if (this.here === closer)
        this.fail(`A comma stands before the "${closer}", with nothing after it.`, 'Take the comma out.', comma);
      return false;
    }
    this.strange();
    if (/[}\]]/.test(this.here)) this.fail(...this.mismatch(closer));
    const token = this.text.slice(...this.last);
    const last = /^[}\]]$/.test(token) ? `the "${token}"` : short(token);
    if (this.here === ':')
      this.fail(
        `A colon stands after ${last}, which is no key.`,
        closer === ']'
          ? 'Put a key and its value into {…}.'
          : 'Put a comma before the next key, or take the colon out.',
      );
    if (token.startsWith('"') && this.followsOnItsLine()) this.quoteInside(token);
    return this.fail(`A comma is missing after ${last}.`, 'Add it.', end - 1);
  }

  private mismatch(closer: string): [message: string, mend: string] {
    const opened = this.open.at(-1);
    return [
      `"${this.here}" stands here, but what was opened last is the "${opened?.bracket}" in line ${this.lineOf(opened?.offset ?? 0)}.`,
      `Close that with "${closer}" first.`,
    ];
  }

  /** Whether words go on where a text in quotes has ended: then its quotes ended it too early. */
  private followsOnItsLine(): boolean {
    const line = this.text.slice(0, this.place).split('\n').at(-1) ?? '';
    return line.trim() !== '' && /[^\s"{}[\],:]/.test(this.here);
  }

  private quoteInside(before: string): never {
    if (/[”“]\s*[,:]/.test(before)) this.curlyEnd(before, this.place - 1);
    const word = this.word();
    if (/,\s*"$/.test(before) && /^"\s*:/.test(this.text.slice(this.place + word.length)))
      this.fail(
        `The text ${short(before.replace(/,\s*"$/, ''))} is not closed before the comma.`,
        'End it with ".',
        this.place - 1,
      );
    this.fail(
      `A straight double quote inside a text ends it too early: ${short(before)} is followed by ${short(word)}.`,
      'Inside a text use curly quotes (“like these”), or write \\" for each.',
      this.place - 1,
    );
  }

  private curlyEnd(text: string, offset: number): never {
    const [, shown = text] = /^(.*[”“])\s*[,:]/.exec(text) ?? [];
    this.fail(`The text ${short(shown)} begins with a straight quote and ends with a curly one.`, STRAIGHT, offset);
  }

  private string(): void {
    const start = this.place++;
    for (; ; this.place++) {
      const letter = this.here;
      if (letter === '"') break;
      if (letter === '' || letter === '\n' || letter === '\r') this.unclosed(start);
      if (letter === '\\') this.escape();
      else if (letter < ' ')
        this.fail(
          `${letter === '\t' ? 'A tab' : 'A control character'} stands inside a text.`,
          'Put a space in its place.',
        );
    }
    this.last = [start, ++this.place];
  }

  private unclosed(start: number): never {
    const content = this.text.slice(start, this.place).trimEnd();
    if (/[”“][,:]?$/.test(content)) this.curlyEnd(content, start);
    return this.fail(
      `The text ${short(content)} is not closed in its line.`,
      'End it with ". A longer text is a list of lines: ["first line", "second line"].',
      start,
    );
  }

  private escape(): void {
    const [escaped] = /^\\(["\\/bfnrt]|u[0-9a-fA-F]{4})/.exec(this.text.slice(this.place, this.place + 6)) ?? [];
    if (escaped === undefined)
      this.fail('A backslash stands inside a text.', 'Write a slash, or two backslashes for one that people see.');
    this.place += escaped.length - 1;
  }

  /** A number, true, false or null; or what was written in place of a value. */
  private plain(key: string | undefined): void {
    this.strange();
    const word = this.word();
    if (/^(true|false|null|-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?)$/.test(word)) {
      this.last = [this.place, this.place + word.length];
      this.place += word.length;
      return;
    }
    if (key !== undefined && /[,}\]]/.test(this.here)) this.noValue(key);
    if (/[,}\]]/.test(this.here)) this.fail(`"${this.here}" stands where a value should.`, 'Take it out.');
    if (/^(true|false|null)$/i.test(word)) this.fail(`${word} is not in lower case.`, `Write ${word.toLowerCase()}.`);
    if (/^[-+.\d][-+.\deE]*$/.test(word) && !/^\d+[-.]\d+[-.]\d+$/.test(word))
      this.fail(`${word} is not written as a number.`, 'Write it like 5, 0.5 or -5, or in quotes if it is a text.');
    this.fail(
      `${short(word === '' ? this.here : word)} has no quotes.`,
      'Put a text into straight double quotes. Only numbers, true, false and null stand without.',
    );
  }

  /** What stands here up to a comma, a bracket, a quote or the end of the line. */
  private word(): string {
    const [word = ''] = /^[^,:{}[\]"\n\r]*/.exec(this.text.slice(this.place, this.place + 200)) ?? [];
    return word.trimEnd();
  }

  /** What is never JSON, wherever it stands outside a text. */
  private strange(): void {
    const rest = this.text.slice(this.place, this.place + 2);
    if (rest === '') this.unfinished();
    const letter = rest.charAt(0);
    if (rest === '//' || rest === '/*' || letter === '#')
      this.fail(
        'A comment stands here, and JSON has none.',
        'Take it out. A question may have a "note" for your team.',
      );
    if (/[“”„«»]/.test(letter)) this.fail(`A curly quote (${letter}) stands where a straight one should.`, STRAIGHT);
    if (/['‘’`]/.test(letter)) this.fail(`A single quote (${letter}) stands where a double one should.`, STRAIGHT);
    if (/[\u00a0\u2000-\u200f\u2028\u2029\u2060\u3000\ufeff\v\f]/.test(letter))
      this.fail(
        'A space that is not a plain space stands here, as word processors make them.',
        'Type a space over it.',
      );
  }

  private unfinished(): never {
    const { bracket, offset } = this.open.at(-1) ?? { bracket: '', offset: 0 };
    if (bracket === '') this.fail('The file is empty.', 'Begin with a copy of surveys/examples/training-day.json.', 0);
    return this.fail(
      `The file ends, but the "${bracket}" in line ${this.lineOf(offset)} is never closed.`,
      `Add the missing "${bracket === '{' ? '}' : ']'}". If the end of the file is missing, take it from a copy.`,
    );
  }

  private lineOf(offset: number): number {
    return this.text.slice(0, offset).split('\n').length;
  }
}

class FaultFound {
  readonly fault: Fault;

  constructor(fault: Fault) {
    this.fault = fault;
  }
}

const STRAIGHT = 'Begin and end every key and every text with a straight double quote: "like this".';

/** A piece of the file, short enough for a sentence. */
const short = (text: string) => (text.length > 40 ? `${text.slice(0, 28)}…${text.slice(-9)}` : text);
