import markdownIt from 'markdown-it';
import { Html } from './html.ts';

const parser = markdownIt({ html: false, linkify: false, typographer: false }).disable('image');

/** A link leads to a site or a mailbox; anything else (`javascript:`, `data:`) stays the text that was written. */
parser.validateLink = (address) => /^(https?:\/\/|mailto:)/i.test(address.trim());

const GOVUK_CLASSES: Readonly<Record<string, string>> = {
  paragraph_open: 'govuk-body',
  bullet_list_open: 'govuk-list govuk-list--bullet',
  ordered_list_open: 'govuk-list govuk-list--number',
  link_open: 'govuk-link',
};
const HEADING_CLASSES = ['govuk-heading-m', 'govuk-heading-s'] as const;

parser.core.ruler.push('house_style', (state) => {
  const levels = state.tokens.filter(({ type }) => type === 'heading_open').map(({ tag }) => Number(tag.slice(1)));
  const first = Math.min(...levels);
  for (const block of state.tokens) {
    for (const token of [block, ...(block.children ?? [])]) {
      const className = GOVUK_CLASSES[token.type];
      if (className) token.attrSet('class', className);
    }
    // The page's own title is its only h1: the highest level that an author uses is our second.
    if (block.type === 'heading_open' || block.type === 'heading_close') {
      const level = Math.min(Number(block.tag.slice(1)) - first + 1, 2);
      block.tag = `h${level + 1}`;
      if (block.nesting === 1) block.attrSet('class', HEADING_CLASSES[level - 1] ?? HEADING_CLASSES[1]);
    }
  }
});

/** An author's small Markdown (paragraphs, lists, headings, emphasis, links) as HTML; HTML in it shows literally. */
export const markdown = (text: string): Html => new Html(parser.render(text));
