/** What waits for whom, on the first page of staff. */
import { expect, test } from 'vitest';
import { openReleases } from '../staff/staff-releases.ts';
import { HOME, openMaking, signInAs } from './making-site.ts';

test('an approver finds what waits for them, its maker that it waits for somebody else, a stranger nothing', async () => {
  const site = await openReleases();
  const waits = async (browser: Awaited<ReturnType<typeof signInAs>>) => {
    await browser.open('/staff');
    return browser.links.filter(({ href }) => href === `${HOME}/2`).map(({ text }) => text);
  };
  const maker = await signInAs(site, 'Ada Maker', 'researcher', 'approver');
  expect(await waits(maker)).toEqual(['Release 2 waits for you to look at it, and to approve or refuse it']);
  const bo = await signInAs(site, 'Bo', 'approver');
  expect(await waits(bo)).toEqual(['Release 2 waits for you to look at it, and to approve or refuse it']);
  expect(await waits(maker)).toEqual(['Release 2 waits for somebody else to approve it']);
  const stranger = await site.signIn(await site.add('Cy', { roles: [{ survey: 'two-languages', role: 'approver' }] }));
  expect(await waits(stranger)).toEqual([]);
  await bo.post(`${HOME}/2/approve`, 'looked=yes');
  expect(await waits(bo)).toEqual([]);
});

test('researchers find the work that is under way', async () => {
  const site = await openMaking(undefined, false);
  const ada = await signInAs(site, 'Ada', 'researcher');
  await ada.post(`${HOME}/new`, 'holds=tables&do=make');
  const { address } = ada;
  await ada.open('/staff');
  expect(ada.links).toContainEqual(expect.objectContaining({ href: address, text: 'Making a release: under way' }));
  const bo = await signInAs(site, 'Bo', 'approver');
  await bo.open('/staff');
  expect(bo.links.map(({ href }) => href)).not.toContain(address);
});
