/** What the site answers to requests that no page of ours sends. */
import { gzipSync } from 'node:zlib';
import supertest from 'supertest';
import { describe, expect, test } from 'vitest';
import { createApp } from '../../src/app.ts';
import { StoreUnavailable } from '../../src/db/store-unavailable.ts';
import { formOf } from '../../src/web/forms.ts';
import { Problem } from '../../src/web/problems.ts';
import type { Route } from '../../src/web/route-table.ts';
import { type LogLines, testContext } from '../support/site.ts';

const FORM = 'application/x-www-form-urlencoded';

/** A page that takes a form, and pages that fail. */
const ROUTES: readonly Route[] = [
  {
    method: 'post',
    path: '/echo',
    who: 'everyone',
    handle: (request, response) => void response.json(formOf(request)),
  },
  { method: 'post', path: '/people/:token', who: 'respondent', handle: (_, response) => void response.send('kept') },
  { method: 'get', path: '/gone', who: 'everyone', handle: () => Promise.reject(new Problem('not_found')) },
  {
    method: 'get',
    path: '/locked',
    who: 'everyone',
    handle: () => Promise.reject(new StoreUnavailable('locked', undefined)),
  },
  {
    method: 'post',
    path: '/locked',
    who: 'everyone',
    handle: () => Promise.reject(new StoreUnavailable('locked', undefined)),
  },
  {
    method: 'get',
    path: '/broken/:token',
    who: 'everyone',
    handle: ({ params }) => Promise.reject(new TypeError(`no row for ${params.token}`)),
  },
  {
    method: 'get',
    path: '/half',
    who: 'everyone',
    handle: (_, response) => {
      response.write('half a page');
      throw new Error('then nothing');
    },
  },
];

async function openEdge(publicUrl?: string): Promise<{ site: supertest.Agent; lines: LogLines }> {
  const context = await testContext({
    settings: { publicUrl: publicUrl === undefined ? undefined : new URL(publicUrl) },
  });
  return { site: supertest(createApp(context, ROUTES)), lines: context.lines };
}

describe('a form is read strictly', () => {
  test.each([
    ['plain fields', 'S1=yes&S2=', { S1: 'yes', S2: '' }],
    ['spaces, signs and other alphabets', 'a=x+y%20z%2B1&b=%C5%B5%F0%9F%98%80', { a: 'x y z+1', b: 'ŵ😀' }],
    ['letters that are not escaped', 'a=ŵ', { a: 'ŵ' }],
    ['the same name more than once', 'T1=a&T1=b&T1=c', { T1: ['a', 'b', 'c'] }],
    ['a name without a value', 'a&b=1', { a: '', b: '1' }],
    ['brackets as plain letters', 'a[b]=1&a[]=2', { 'a[b]': '1', 'a[]': '2' }],
    ['text that looks like code', 'a=%3Cscript%3E%7B%7B7*7%7D%7D', { a: '<script>{{7*7}}' }],
    ['line breaks as they came', 'a=one%0D%0Atwo', { a: 'one\r\ntwo' }],
    ['nothing at all', '', {}],
  ])('%s', async (_, body, form) => {
    const { site } = await openEdge();
    const response = await site.post('/echo').type(FORM).send(body);
    expect(response.status).toBe(200);
    expect(response.body).toEqual(form);
  });

  test.each([
    ['NUL', FORM, 'a=%00', 400],
    ['NUL in a name', FORM, 'a%00=1', 400],
    ['a lone surrogate', FORM, 'a=%ED%A0%80', 400],
    ['bytes that are not UTF-8', FORM, 'a=%FF', 400],
    ['a broken escape', FORM, 'a=%zz', 400],
    ['__proto__', FORM, '__proto__=1', 400],
    ['constructor', FORM, 'constructor=1', 400],
    ['a very long name', FORM, `${'a'.repeat(101)}=1`, 400],
    ['1,001 fields', FORM, 'a=1&'.repeat(1001), 413],
    ['more than 1 MB', FORM, `a=${'x'.repeat(1_000_001)}`, 413],
    ['JSON', 'application/json', '{"a":1}', 415],
    ['deep JSON', 'application/json', '['.repeat(100_000), 415],
    ['multipart', 'multipart/form-data; boundary=x', '--x--', 415],
    ['text', 'text/plain', 'a=1', 415],
    ['another alphabet’s encoding', `${FORM}; charset=utf-16`, 'a=1', 415],
    ['a type that is none', 'nonsense', 'a=1', 415],
  ])('%s is refused in plain words', async (_, type, body, status) => {
    const { site, lines } = await openEdge();
    const response = await site.post('/echo').set('Content-Type', type).send(body);
    expect(response.status).toBe(status);
    expect(response.text).toContain('Nothing was saved');
    expect(lines.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });

  test('a compressed body is refused unopened', async () => {
    const { site } = await openEdge();
    const bomb = gzipSync(`a=${'x'.repeat(10_000_000)}`);
    const response = await site.post('/echo').type(FORM).set('Content-Encoding', 'gzip').send(bomb);
    expect(response.status).toBe(415);
  });

  test('bytes that were not escaped must be UTF-8 too', async () => {
    const { site } = await openEdge();
    const response = await site
      .post('/echo')
      .type(FORM)
      .serialize((body) => body)
      .send(Buffer.from([97, 61, 0xff]));
    expect(response.status).toBe(400);
  });
});

describe('a form from another site is refused', () => {
  const OURS = 'https://surveys.example.org';
  test.each([
    ['same origin', OURS, { 'Sec-Fetch-Site': 'same-origin' }, 200],
    ['typed by hand', OURS, { 'Sec-Fetch-Site': 'none' }, 200],
    ['another site', OURS, { 'Sec-Fetch-Site': 'cross-site' }, 403],
    ['a neighbour under the same domain', OURS, { 'Sec-Fetch-Site': 'same-site' }, 403],
    ['another site that claims our origin', OURS, { 'Sec-Fetch-Site': 'cross-site', Origin: OURS }, 403],
    ['an older browser on our page', OURS, { Origin: OURS }, 200],
    ['an older browser on another page', OURS, { Origin: 'https://evil.example' }, 403],
    ['our name on http', OURS, { Origin: 'http://surveys.example.org' }, 403],
    ['a sandboxed frame', OURS, { Origin: 'null' }, 403],
    ['nonsense', OURS, { Origin: '%%%' }, 403],
    ['the Host header does not decide', OURS, { Origin: 'https://evil.example', Host: 'evil.example' }, 403],
    ['no browser', OURS, {}, 200],
    ['a trial on our host', undefined, { Origin: 'http://soundings.test', Host: 'soundings.test' }, 200],
    ['a trial, from another host', undefined, { Origin: 'http://evil.example', Host: 'soundings.test' }, 403],
  ])('%s', async (_, publicUrl, headers, status) => {
    const { site } = await openEdge(publicUrl);
    const response = await site.post('/echo').set(headers).type(FORM).send('a=1');
    expect(response.status).toBe(status);
  });

  test('the log says once that PUBLIC_URL may be wrong, and nothing of who sent the form', async () => {
    const { site, lines } = await openEdge(OURS);
    for (let round = 0; round < 3; round++)
      await site.post('/echo').set('Origin', 'http://10.0.0.7:3000').type(FORM).send('a=1');
    const warnings = lines.filter(({ level }) => level === 40);
    expect(warnings).toMatchObject([{ publicUrl: OURS, msg: 'a form came from another address than PUBLIC_URL' }]);
    expect(JSON.stringify(lines)).not.toContain('10.0.0.7');
  });

  test('reading is open to links from everywhere', async () => {
    const { site } = await openEdge(OURS);
    expect((await site.get('/gone').set('Sec-Fetch-Site', 'cross-site')).status).toBe(404);
  });
});

describe('every answer carries the security headers', () => {
  const ANSWERS: readonly [string, (site: supertest.Agent) => supertest.Test][] = [
    ['a page', (site) => site.post('/echo')],
    ['an unknown address', (site) => site.get('/nowhere')],
    ['an address that cannot be read', (site) => site.get('/broken/%ff')],
    ['a form from elsewhere', (site) => site.post('/echo').set('Sec-Fetch-Site', 'cross-site')],
    [
      'a form too large',
      (site) =>
        site
          .post('/echo')
          .type(FORM)
          .send(`a=${'x'.repeat(1_000_001)}`),
    ],
    ['our own mistake', (site) => site.get('/broken/1')],
    ['a stylesheet', (site) => site.get('/assets/soundings.css')],
    ['a missing asset', (site) => site.get('/assets/none.css')],
  ];
  test.each(ANSWERS)('%s', async (_, ask) => {
    const { headers } = await ask((await openEdge()).site);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none';script-src 'self';style-src 'self';font-src 'self';img-src 'self' data:;connect-src 'self';" +
        "form-action 'self';base-uri 'none';frame-ancestors 'none'",
    );
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
    });
    expect(headers).not.toHaveProperty('strict-transport-security');
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  test('on https, browsers are told to stay there', async () => {
    const { headers } = await (await openEdge('https://surveys.example.org')).site.get('/gone');
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
    expect(headers['content-security-policy']).toContain('upgrade-insecure-requests');
  });

  test('pages are not kept; files that carry their hash are kept for a year', async () => {
    const { site } = await openEdge();
    expect((await site.post('/echo')).headers['cache-control']).toBe('no-store');
    expect((await site.get('/gone')).headers['cache-control']).toBe('no-store');
    expect((await site.get('/assets/soundings.css')).headers['cache-control']).toBe(
      'public, max-age=31536000, immutable',
    );
  });
});

describe('trouble is shown in plain words', () => {
  test.each([
    ['get', '/gone', 404, 'Page not found'],
    ['get', '/broken/%ff', 400, 'We could not read that address'],
    ['get', '/locked', 503, 'The service is not working at the moment'],
    ['post', '/locked', 503, 'Not saved'],
  ] as const)('%s %s is %i', async (method, path, status, title) => {
    const response = await (await openEdge()).site[method](path);
    expect(response.status).toBe(status);
    expect(response.text).toContain(`<h1 class="govuk-heading-l">${title}</h1>`);
    expect(response.headers['retry-after']).toBe(status === 503 ? '30' : undefined);
  });

  test('a program that prefers JSON gets JSON', async () => {
    const response = await (await openEdge()).site.get('/gone').accept('application/json');
    expect(response.body).toEqual({ problem: 'not_found' });
  });

  test('our own mistake shows an id and nothing else; the log has the id and the place, not what was typed', async () => {
    const { site, lines } = await openEdge();
    const response = await site.get('/broken/secret-token-1');
    const [line] = lines.filter(({ level }) => level === 50);
    expect(response.status).toBe(500);
    expect(response.text).toContain(`tell us this number: ${line?.id}`);
    expect(response.text).not.toMatch(/secret-token-1|TypeError|edge\.test/);
    expect(line).toMatchObject({ kind: 'TypeError', route: '/broken/:token' });
    expect(JSON.stringify(lines)).toContain('edge.test.ts');
    expect(JSON.stringify(lines)).not.toContain('secret-token-1');
  });

  test('a page that fails half-way is cut off, not ended as if it were whole', async () => {
    const { site, lines } = await openEdge();
    await expect(site.get('/half')).rejects.toThrow();
    expect(lines.filter(({ level }) => level === 50)).toHaveLength(1);
  });
});

test('the log says which kind of page, the status and the time, and nothing of who asked', async () => {
  const { site, lines } = await openEdge();
  await site
    .post('/people/token-2?from=mail-3')
    .set({ Cookie: 'draft=cookie-4', 'User-Agent': 'agent-5', 'X-Forwarded-For': '203.0.113.6', Referer: 'http://x/7' })
    .type(FORM)
    .send('S1=answer-8');
  expect(lines).toEqual([
    {
      level: 30,
      time: expect.any(Number),
      method: 'POST',
      route: '/people/:token',
      status: 200,
      ms: expect.any(Number),
      msg: 'request',
    },
  ]);
});

test('two routes with one address are refused at the start', async () => {
  const context = await testContext();
  const [route] = ROUTES;
  expect(() => createApp(context, route ? [route, route] : [])).toThrow('POST /echo stands in the route table twice.');
});
