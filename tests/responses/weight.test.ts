/** A page of the questionnaire weighs under 30 KB with its styles and script, and asks for at most three files and the font. */
import { statSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PATHS } from '../../src/web/paths.ts';
import { openFieldwork } from '../support/fieldwork.ts';
import { answerPages } from '../support/respondent.ts';

const MOST = 30_000;

/** The bytes of a reply's body as they travel. */
function weigh(url: string, cookie: string): Promise<number> {
  return new Promise((done, fail) => {
    request(url, { headers: { cookie, 'accept-encoding': 'gzip' } }, (reply) => {
      let bytes = 0;
      reply.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      reply.on('end', () => (reply.statusCode === 200 ? done(bytes) : fail(new Error(`${url}: ${reply.statusCode}`))));
    })
      .on('error', fail)
      .end();
  });
}

/** The addresses of the files that a page asks for, without the font that the styles ask for. */
const filesOf = (html: string): string[] =>
  [...html.matchAll(/<(?:link|script|img)\b[^>]*\s(?:href|src)="(\/[^"]*)"/g)].map(([, address = '']) => address);

test.each([
  ['an adopter in health and care', { S1: 'informal', S3: 'looking', O2: 'health' }],
  ['a future adopter', { S1: 'no', S3: 'm12' }],
  ['a non-adopter', { S1: 'stopped', S3: 'never' }],
])('every page that %s meets', async (_, given) => {
  const { begin, url } = await openFieldwork('ai-adoption');
  const respondent = await begin();
  const pages = await answerPages(respondent, given);
  const { cookies } = respondent;
  const files = filesOf(respondent.html);
  expect(files).toHaveLength(2);
  const weights = await Promise.all(files.map((file) => weigh(url + file, cookies)));
  const shared = weights.reduce((sum, bytes) => sum + bytes, 0);
  const heavy: string[] = [];
  for (const page of ['', '/check', '/save', ...pages.map((code) => `/answer/${code}`)]) {
    const bytes = shared + (await weigh(`${url}/surveys/ai-adoption${page}`, cookies));
    if (bytes >= MOST) heavy.push(`${page}: ${bytes}`);
  }
  expect(heavy).toEqual([]);
});

test('the font is at most 35 KB', () => {
  expect(statSync(join(PATHS.builtAssets, 'atkinson-hyperlegible-next.woff2')).size).toBeLessThanOrEqual(35_000);
});
