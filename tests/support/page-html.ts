/** Reading the site's own pages in tests: what stands in them, and what a browser would send from their forms. */

interface Input {
  readonly name: string;
  readonly kind: 'choice' | 'tick' | 'text' | 'hidden' | 'list' | 'file';
  /** What it would send; for a list, what is selected. */
  readonly value: string;
  readonly checked: boolean;
  /** The values of a list. */
  readonly options: readonly string[];
}

interface Button {
  readonly text: string;
  readonly name: string | undefined;
  readonly value: string;
}

export interface Form {
  readonly action: string;
  /** Whether it is sent in the kind that can bring files. */
  readonly multipart: boolean;
  readonly inputs: readonly Input[];
  readonly buttons: readonly Button[];
}

export interface Link {
  readonly text: string;
  readonly href: string;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** Escaped text as a reader sees it. */
const unescaped = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ENTITIES[name] ?? '');

/** The words in a piece of HTML, without its tags. */
export const wordsIn = (html: string): string =>
  unescaped(html.replace(/<[^>]*>/g, ' '))
    .replace(/\s+/g, ' ')
    .trim();

/** Our pages escape every `<`, `>` and `"` in a value, so a tag ends at its first `>`. */
function attributesOf(tag: string): Record<string, string> {
  const found = tag.matchAll(/\s([\w-]+)(?:="([^"]*)")?/g);
  return Object.fromEntries([...found].map(([, name = '', value = '']) => [name, unescaped(value)]));
}

/** The forms of a page. */
export function formsIn(html: string): Form[] {
  return [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].map(([, attributes = '', inside = '']) => ({
    action: attributesOf(attributes).action ?? '',
    multipart: attributesOf(attributes).enctype === 'multipart/form-data',
    inputs: inputsIn(inside),
    buttons: [...inside.matchAll(/<button\b([^>]*)>([\s\S]*?)<\/button>/g)].map(([, button = '', words = '']) => {
      const { name, value = '' } = attributesOf(button);
      return { text: wordsIn(words), name, value };
    }),
  }));
}

function inputsIn(html: string): Input[] {
  const tags = html.matchAll(
    /<input\b([^>]*)>|<select\b([^>]*)>([\s\S]*?)<\/select>|<textarea\b([^>]*)>\n?([\s\S]*?)<\/textarea>/g,
  );
  return [...tags].map(([, input, select, options, textarea, typed]) => {
    const attributes = attributesOf(input ?? select ?? textarea ?? '');
    const { name = '', type = 'text', value = '' } = attributes;
    const plain = { name, checked: false, options: [] };
    if (options !== undefined) return { ...plain, kind: 'list' as const, ...listOf(options) };
    if (typed !== undefined) return { ...plain, kind: 'text' as const, value: unescaped(typed) };
    if (type === 'radio' || type === 'checkbox') {
      const kind = type === 'radio' ? ('choice' as const) : ('tick' as const);
      return { ...plain, kind, value, checked: 'checked' in attributes };
    }
    const kind = type === 'hidden' || type === 'file' ? type : 'text';
    return { ...plain, kind, value };
  });
}

function listOf(html: string): { value: string; options: string[] } {
  const options = [...html.matchAll(/<option\b([^>]*)>/g)].map(([, option = '']) => attributesOf(option));
  const selected = options.find((option) => 'selected' in option) ?? options[0];
  return { value: selected?.value ?? '', options: options.map(({ value = '' }) => value) };
}

/** The links of a page, in order. */
export function linksIn(html: string): Link[] {
  return [...html.matchAll(/<a\b([^>]*)>([\s\S]*?)<\/a>/g)].map(([, attributes = '', words = '']) => ({
    text: wordsIn(words),
    href: attributesOf(attributes).href ?? '',
  }));
}

/** The ids of a page, twice where one stands twice. */
export const idsIn = (html: string): string[] =>
  [...html.matchAll(/<[a-z][^>]*\sid="([^"]*)"/g)].map(([, id = '']) => unescaped(id));

/** The piece of the page between its first `<name …>` with these attributes and the end of that element, as HTML. */
export function partOf(html: string, opening: RegExp, end: string): string {
  const start = html.search(opening);
  return start < 0 ? '' : html.slice(start, html.indexOf(end, start));
}
