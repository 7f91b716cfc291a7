/** Our components against govuk-frontend's own examples: its parameters in, its HTML out. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Html } from '../../src/web/html.ts';
import { helpersFor } from '../../src/web/render.ts';

/** Each component we have, with the names of the examples that it leaves out, by what we do without. */
const LEFT_OUT: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  'back-link': {},
  button: { 'a start button with markup in it': ['start link with html'] },
  'character-count': {
    'counting words': [
      'with maxwords',
      "with count type 'words'",
      "with count type 'words' and value",
      "with count type 'words' and error message",
      "with count type 'words' and threshold",
    ],
    'another way of counting: ours is the server’s': [
      "with count type 'length'",
      "with count type 'characters'",
      "with count type 'characters' and value",
      "with count type 'characters' and error message",
      "with count type 'characters' and threshold",
    ],
    'a threshold': ['with threshold'],
    'its own translations: ours come from the words': ['with custom textarea description', 'with translations'],
    'no limit at all': [
      'to configure in JavaScript',
      'with neither maxlength nor maxwords set',
      'with neither maxlength, maxwords nor textarea description set',
    ],
  },
  checkboxes: {},
  'date-input': {
    'errors told by class names': [
      'with error on single field using classes',
      'with error on single item using classes',
    ],
    'two ways of naming the same box': ['with field value and items'],
  },
  details: {},
  'error-message': {},
  'error-summary': { 'a summary that does not take focus': ['autofocus disabled', 'autofocus explicitly enabled'] },
  fieldset: {},
  hint: {},
  input: {},
  'inset-text': {},
  label: {},
  'notification-banner': {
    'a banner that does not take focus': [
      'auto-focus disabled, with type as success',
      'auto-focus explicitly enabled, with type as success',
    ],
  },
  panel: {
    'interruption panels': [
      'interruption',
      'interruption-with-content-with-long-line-length',
      'interruption-with-headings-content-and-lists',
      'interruption with custom classes',
      'interruption, with actions classes and attributes',
      'interruption, submit action',
      'interruption, button link',
      'interruption, no actions',
      'interruption, no actions items',
    ],
  },
  'phase-banner': {},
  radios: {},
  select: { 'options whose value is the boolean false': ['with falsy values'] },
  'skip-link': {},
  'summary-list': {
    'summary cards': [
      'as a summary card with a text header',
      'as a summary card with a html header',
      'as a summary card with actions',
      'as a summary card with actions plus summary list actions',
      'as a summary card extreme',
      'as a summary card with a custom header level',
      'summary card with custom classes',
      'summary card with custom attributes',
      'summary card with only 1 action',
    ],
  },
  table: {},
  tag: {},
  textarea: {},
  'warning-text': {},
};

const fixturesSchema = z.object({
  fixtures: z.array(z.object({ name: z.string(), options: z.record(z.string(), z.unknown()), html: z.string() })),
});

function examplesOf(component: string): z.infer<typeof fixturesSchema>['fixtures'] {
  const file = `govuk-frontend/dist/govuk/components/${component}/fixtures.json`;
  return fixturesSchema.parse(JSON.parse(readFileSync(createRequire(import.meta.url).resolve(file), 'utf8'))).fixtures;
}

/** What govuk-frontend trusts by the parameter's name (`html`, `titleHtml`) our components trust by its type alone. */
function trusted(value: unknown, name = ''): unknown {
  if (typeof value === 'string') return /html$/i.test(name) ? new Html(value) : value;
  if (Array.isArray(value)) return value.map((item) => trusted(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, trusted(inner, key)]));
}

/**
 * HTML without the differences that a browser does not see (spaces, the order of attributes, the spelling of quotes),
 * and without the words we give our own counting script.
 */
const plain = (html: string): string =>
  html
    .replaceAll(/ data-(left|over)="[^"]*"/g, '')
    .replaceAll(/<[a-z][^<>]*>/g, (tag) => tag.replaceAll(/( [\w.-]+(="[^"]*")?)+/g, sortAttributes))
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([<>]) ?/g, '$1')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .trim();

const sortAttributes = (list: string): string => (list.match(/ [\w.-]+(="[^"]*")?/g) ?? []).sort().join('');

const render = (component: string, params: object): string =>
  String(helpersFor('en').ui[component.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())]?.(params));

describe.each(Object.entries(LEFT_OUT))('%s', (component, reasons) => {
  const leftOut = Object.values(reasons).flat();
  const examples = examplesOf(component);

  test.each(examples.filter(({ name }) => !leftOut.includes(name)))('$name', ({ options, html }) => {
    expect(plain(render(component, Object(trusted(options))))).toBe(plain(html));
  });

  test('what is left out exists', () => {
    expect(examples.map(({ name }) => name)).toEqual(expect.arrayContaining(leftOut));
  });
});

test('most of the examples are kept: 450 or more', () => {
  const kept = Object.entries(LEFT_OUT).map(
    ([component, reasons]) => examplesOf(component).length - Object.values(reasons).flat().length,
  );
  expect(kept.reduce((sum, n) => sum + n, 0)).toBeGreaterThanOrEqual(450);
});

test.each(['text', 'html'])('text that looks like markup shows literally, given as "%s"', (name) => {
  const attack = { [name]: '<img src=x onerror=alert(1)>' };
  expect(render('hint', attack)).toContain('&lt;img src=x onerror=alert(1)&gt;');
  expect(render('radios', { name: 'a"b', items: [{ value: '"><b>', ...attack }] })).not.toMatch(/<(img|b)\b/);
});
