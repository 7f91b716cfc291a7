/**
 * HTML made by our own code (a component, the small Markdown). Everything that is not an `Html` is escaped wherever
 * it is printed, so nothing a person typed or an author wrote can become markup: posted text is never an `Html`.
 */
export class Html {
  readonly #markup: string;
  constructor(markup: string) {
    this.#markup = markup;
  }
  toString(): string {
    return this.#markup;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** What `<%= %>` prints: an `Html` as it is, nothing for `undefined` or `null`, anything else escaped. */
export function escapeHtml(value: unknown): string {
  if (value instanceof Html) return value.toString();
  if (value === undefined || value === null) return '';
  return String(value).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/**
 * The attributes of an element, each with a space before it: ` id="a" disabled`. `undefined`, `null` and `false`
 * leave an attribute out, `true` prints its name alone, an empty string stays.
 */
export function attributes(values: Readonly<Record<string, unknown>> | undefined): Html {
  let printed = '';
  for (const [name, value] of Object.entries(values ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    printed += value === true ? ` ${escapeHtml(name)}` : ` ${escapeHtml(name)}="${escapeHtml(value)}"`;
  }
  return new Html(printed);
}

/** Class names or ids joined by spaces; what is `undefined`, `false` or empty is left out, all empty is `undefined`. */
export function joined(...parts: readonly (string | false | undefined | null)[]): string | undefined {
  return parts.filter(Boolean).join(' ') || undefined;
}

/** Pieces of a page one after the other; a piece that is text is escaped. */
export const concat = (...parts: readonly unknown[]): Html => new Html(parts.map(escapeHtml).join('\n'));
