/** All pages of a release as files that lead to each other, for whoever looks at it before anybody else may. */
import type { AddressOf, Wanted } from './results-page.ts';

/** A page in a language. */
export interface DiskPage {
  readonly wanted: Wanted;
  readonly lang: string;
  /** The name of its file. */
  readonly file: string;
}

const START: Wanted = { section: undefined, by: undefined, dontKnowOut: false };

/**
 * Every page that can be reached from the overview, in every language, each once.
 * @param languages the first has no mark in the names of its files
 * @param show shows one, and asks for the address of each page that it leads to
 * @returns the file of the overview in the first language
 */
export function walkPages(languages: readonly string[], show: (page: DiskPage, addressOf: AddressOf) => void): string {
  for (const lang of languages) {
    const nameOf = (wanted: Wanted) => fileOf(wanted, lang === languages[0] ? undefined : lang);
    const found = new Map([[nameOf(START), START]]);
    // A map's entries that are added while it is gone through come in their turn.
    for (const [file, wanted] of found) {
      show({ wanted, lang, file }, (other) => {
        const name = nameOf(other);
        if (!found.has(name)) found.set(name, other);
        return name;
      });
    }
  }
  return fileOf(START, undefined);
}

/** The same page in another language. */
export function inOtherLanguage({ wanted }: DiskPage, lang: string, languages: readonly string[]): string {
  return fileOf(wanted, lang === languages[0] ? undefined : lang);
}

/** Codes have no full stop in them, so no two pages have one name. */
function fileOf({ section, by, dontKnowOut }: Wanted, lang: string | undefined): string {
  return [
    section === undefined ? 'results' : `results-${section}`,
    ...(by === undefined ? [] : [`by-${by}`]),
    ...(dontKnowOut ? ['without-dont-know'] : []),
    ...(lang === undefined ? [] : [lang]),
    'html',
  ].join('.');
}
