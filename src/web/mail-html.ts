/** The HTML part of a message, from its text: paragraphs, and our own links. */
import { escapeHtml } from './html.ts';

interface Text {
  readonly text: string;
  readonly language?: string | undefined;
}

/** @param site where our links lead: no other address becomes one, whoever wrote it */
export function htmlOf({ text, language }: Text, site: URL): string {
  const paragraphs = text
    .trim()
    .split(/\n{2,}/)
    .map((paragraph) =>
      paragraph
        .split('\n')
        .map((line) => lineOf(line, site))
        .join('<br>'),
    )
    .map((paragraph) => `<p>${paragraph}</p>`);
  const lang = language === undefined ? '' : ` lang="${escapeHtml(language)}"`;
  return `<!DOCTYPE html><html${lang}><body>${paragraphs.join('\n')}</body></html>\n`;
}

function lineOf(line: string, site: URL): string {
  const shown = escapeHtml(line);
  const isOurs = URL.canParse(line) && new URL(line).origin === site.origin;
  return isOurs ? `<a href="${shown}">${shown}</a>` : shown;
}
