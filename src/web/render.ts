/**
 * How a page is made. `response.render('room/page', { … })` runs `views/room/page.ejs`, where a template sees:
 *
 * - `page`: what the route passed; nothing in it can hide a helper or switch escaping off
 * - `t(key, values)`: the interface's words in the page's language (`page.lang`, English where it is left out)
 * - `ui.radios({ … })`, `ui.errorSummary({ … })`: one function for each file of `views/components`
 * - `asset(name)`, `markdown(text)`, `attributes({ … })`, `joined(…)`, `concat(…)`
 * - `include('/layout/head')`; what an include is given beside, as in `include('/a/row', { row })`, is `locals.row`
 *
 * `<%= %>` escapes everything but `Html`, which only our own code makes. `<%- %>` is for `include` alone.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ejs from 'ejs';
import type { Express } from 'express';
import { LRUCache } from 'lru-cache';
import { asset } from './assets.ts';
import { attributes, concat, escapeHtml, Html, joined } from './html.ts';
import { markdown } from './markdown.ts';
import { PATHS } from './paths.ts';
import { type Words, wordsFor } from './words.ts';

/** The components as functions: parameters as in govuk-frontend's documentation in, `Html` out. */
type Components = Readonly<Record<string, (params?: object) => Html>>;

interface Helpers {
  readonly ui: Components;
  readonly t: Words;
  readonly asset: typeof asset;
  readonly markdown: typeof markdown;
  readonly attributes: typeof attributes;
  readonly joined: typeof joined;
  readonly concat: typeof concat;
}

const HELPERS = [
  'ui',
  't',
  'asset',
  'markdown',
  'attributes',
  'joined',
  'concat',
] as const satisfies readonly (keyof Helpers)[];

type Template = (values: Helpers & Readonly<Record<string, unknown>>) => string;

/** Strict templates have no `with`: a value named `escapeFn` or `include` is only a value. */
function compileTemplate(file: string, subject: 'page' | 'params'): Template {
  return ejs.compile(readFileSync(file, 'utf8'), {
    filename: file,
    root: PATHS.views,
    strict: true,
    cache: true,
    escape: escapeHtml,
    destructuredLocals: [subject, ...HELPERS],
  });
}

const componentFolder = join(PATHS.views, 'components');
const camelCase = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
const components = readdirSync(componentFolder)
  .filter((file) => file.endsWith('.ejs'))
  .map((file) => [camelCase(basename(file, '.ejs')), compileTemplate(join(componentFolder, file), 'params')] as const);

const helpersByLanguage = new Map<string, Helpers>();

/** The helpers of a template, bound to a language and made once for each. */
export function helpersFor(language: string): Helpers {
  const known = helpersByLanguage.get(language);
  if (known) return known;
  const ui: Record<string, (params?: object) => Html> = {};
  const helpers: Helpers = { ui, t: wordsFor(language), asset, markdown, attributes, joined, concat };
  const values = { ...helpers, params: {} };
  for (const [name, template] of components) {
    // One object for all calls: each template takes its values out of it first, before it calls another.
    ui[name] = (params = {}) => new Html(template(Object.assign(values, { params })).trim());
  }
  helpersByLanguage.set(language, helpers);
  return helpers;
}

const pages = new Map<string, Template>();

const languageOf = ({ lang }: { lang?: unknown }): string => (typeof lang === 'string' ? lang : 'en');

/** Rendered pages that say nothing about anybody, by their template and data. */
const kept = new LRUCache<string, string>({ max: 500 });

/**
 * A page's HTML. `page.lang` chooses the interface's language. A page with `page.keep` is rendered once for the same
 * data: a question that nobody has answered yet looks the same to everybody, and rendering is most of its time. What
 * somebody typed must never be kept. Throws where the template is missing or fails.
 */
export function renderPage(file: string, page: Readonly<Record<string, unknown>>): string {
  if (page.keep !== true) return renderAnew(file, page);
  const key = JSON.stringify([file, page]);
  const html = kept.get(key) ?? renderAnew(file, page);
  kept.set(key, html);
  return html;
}

function renderAnew(file: string, page: Readonly<Record<string, unknown>>): string {
  const template = pages.get(file) ?? compileTemplate(file, 'page');
  pages.set(file, template);
  return template({ ...helpersFor(languageOf(page)), page });
}

/** Makes `response.render` use our templates. */
export function useTemplates(app: Express): void {
  app.set('views', PATHS.views);
  app.set('view engine', 'ejs');
  // Express looks each template up on the disk again unless it is told that it runs in production.
  app.enable('view cache');
  app.engine('ejs', (file: string, options: object, done: (error: unknown, html?: string) => void) => {
    // Express adds its own settings to what a route passed.
    const { settings, _locals, cache, ...page }: Record<string, unknown> = { ...options };
    let html: string;
    try {
      html = renderPage(file, page);
    } catch (error) {
      return done(error);
    }
    done(null, html);
  });
}
