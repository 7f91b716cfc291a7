/** Where no tables are published, staff read a report of what the network tier tells, and are told that it is that. */
import { expect, test } from 'vitest';
import { expectValidHtml } from '../../support/html.ts';
import { wordsIn } from '../../support/page-html.ts';
import { HOME, openFarms } from '../research/farms-site.ts';

test('the report is of the network’s file where nothing is published, and says so', async () => {
  const { site, ida } = await openFarms(['approved']);
  await ida.open(`${HOME}/report`);
  const said = wordsIn(ida.html.replace(/<style>[\s\S]*?<\/style>/, ''));
  for (const words of [
    'The data file of release 1, made on 1 May 2027, has the answers of 100.',
    'which is for researchers of the network: please do not publish it.',
    // The file has 34 rows with wheat, 24 of them northern.
    'Most often “q2_wheat”, 34 of 100 (34%, 95% interval 26% to 44%).',
    'North: most often “q2_wheat”, 24 of 50 (48%, 95% interval 35% to 62%).',
    'North (24 of 50, 48%) clearly more often than South (10 of 50, 20%).',
    'North: 50 of 50 have an answer.',
    'Each figure is of nobody or of at least 5, and rests on at least 10',
    'The file has no answers to: Question Q4?; Question Q5?.',
    'somebody could be recognised: Question Q3?.',
  ])
    expect(said).toContain(words);
  // How many of them were asked is no figure of this tier, and neither is its round.
  expect(said).not.toMatch(/who were asked answered|Round of fieldwork|Report by stage/);
  await expectValidHtml(ida.html);
  expect((await fetch(`${site.url}/surveys/farms/results/report`)).status).toBe(404);
  await ida.follow('Download as one HTML file');
  expect(ida.headers['content-disposition']).toBe('attachment; filename=farms-report-1-synthetic.html');
});

test.each([['refused'], ['withdrawn']] as const)('it is of no file that was %s', async (decision) => {
  const { ida } = await openFarms([decision]);
  await ida.open(`${HOME}/report`);
  expect(ida.words).toContain('There is nothing to report on yet.');
});
