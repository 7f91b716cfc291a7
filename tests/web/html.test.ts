import { describe, expect, test } from 'vitest';
import { attributes, concat, escapeHtml, Html, joined } from '../../src/web/html.ts';
import { markdown } from '../../src/web/markdown.ts';
import { PATHS } from '../../src/web/paths.ts';
import { renderPage } from '../../src/web/render.ts';

describe('printing', () => {
  test.each([
    ['text', `<a href="x" title='y'>&`, '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;'],
    ['our own HTML', new Html('<b>&amp;</b>'), '<b>&amp;</b>'],
    ['something that only looks like our own HTML', { toString: () => '<b>' }, '&lt;b&gt;'],
    ['a number', 0, '0'],
    ['nothing', undefined, ''],
    ['null', null, ''],
  ])('%s', (_, value, printed) => {
    expect(escapeHtml(value)).toBe(printed);
  });

  test('attributes leave out what is not there and print what is true by its name', () => {
    const values = { id: 'a', class: undefined, disabled: true, hidden: false, value: '', title: '"><b>' };
    expect(String(attributes(values))).toBe(' id="a" disabled value="" title="&quot;&gt;&lt;b&gt;"');
  });

  test('pieces are joined, those that are text escaped', () => {
    expect(String(concat(new Html('<b>'), '<i>', undefined))).toBe('<b>\n&lt;i&gt;\n');
    expect(joined('a', undefined, false, '', 'b')).toBe('a b');
    expect(joined(undefined, '')).toBeUndefined();
  });
});

describe('small Markdown', () => {
  test.each([
    ['a paragraph', 'One *two* **three**', '<p class="govuk-body">One <em>two</em> <strong>three</strong></p>'],
    ['HTML shows literally', '<b onclick=x>hi</b>', '<p class="govuk-body">&lt;b onclick=x&gt;hi&lt;/b&gt;</p>'],
    [
      'a link',
      '[us](https://x.org/?a=1&b=2)',
      '<p class="govuk-body"><a href="https://x.org/?a=1&amp;b=2" class="govuk-link">us</a></p>',
    ],
    [
      'a mailbox',
      '[us](mailto:a@b.org)',
      '<p class="govuk-body"><a href="mailto:a@b.org" class="govuk-link">us</a></p>',
    ],
    ['a script is no link', '[x](javascript:alert(1))', '<p class="govuk-body">[x](javascript:alert(1))</p>'],
    ['data is no link', '[x](data:text/html,hi)', '<p class="govuk-body">[x](data:text/html,hi)</p>'],
    ['another page of ours is no link', '[x](/staff)', '<p class="govuk-body">[x](/staff)</p>'],
    [
      'a hidden script is no link',
      '[x](&#106;avascript:alert(1))',
      '<p class="govuk-body">[x](javascript:alert(1))</p>',
    ],
    [
      'an image is text',
      '![x](https://x.org/a.png)',
      '<p class="govuk-body">!<a href="https://x.org/a.png" class="govuk-link">x</a></p>',
    ],
    ['the first heading is the page’s second', '# One', '<h2 class="govuk-heading-m">One</h2>'],
    ['the highest heading is the page’s second, whichever it is', '## Two', '<h2 class="govuk-heading-m">Two</h2>'],
    [
      'deeper headings are all alike',
      '## Two\n\n### Three\n\n##### Five',
      '<h2 class="govuk-heading-m">Two</h2>\n<h3 class="govuk-heading-s">Three</h3>\n<h3 class="govuk-heading-s">Five</h3>',
    ],
    ['a list', '- a', '<ul class="govuk-list govuk-list--bullet">\n<li>a</li>\n</ul>'],
  ])('%s', (_, text, html) => {
    expect(String(markdown(text)).trim()).toBe(html);
  });
});

test('a value on a page cannot switch escaping off or stand for a helper', () => {
  const page = {
    title: '<script>',
    text: 'x',
    escapeFn: (text: string) => text,
    t: () => 'taken',
    include: () => 'taken',
  };
  const html = renderPage(`${PATHS.views}layout/problem.ejs`, page);
  expect(html).toContain('<h1 class="govuk-heading-l">&lt;script&gt;</h1>');
  expect(html).not.toContain('taken');
});
