import { expect, test } from 'vitest';
import { routesOf } from '../../src/app.ts';
import { signUpsBeside } from '../support/contacts.ts';
import { runCommand } from '../support/run-command.ts';
import { testContext } from '../support/site.ts';

test('lists every door with who may use it, and needs no store for that', async () => {
  const context = await testContext();
  const doors = routesOf(context, await signUpsBeside(context)).map(({ method, path, who }) => ({ method, path, who }));
  const json = await runCommand(['routes', '--json'], '/not/there');
  expect(json).toMatchObject({ exit: 0, err: '' });
  expect(JSON.parse(json.out)).toEqual(doors);

  const { out } = await runCommand(['routes'], '/not/there');
  const words = out
    .trimEnd()
    .split('\n')
    .map((line) => line.split(/ +/));
  expect(words).toEqual(doors.map(({ method, path, who }) => [method.toUpperCase(), path, who]));
});
