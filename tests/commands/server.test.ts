/** How the web server stops (D6), where that needs a slower or a bigger page than the site has. */
import { once } from 'node:events';
import type { RequestListener } from 'node:http';
import { connect, type Socket } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { listen, type RunningServer } from '../../src/commands/serve/server.ts';

/** Starts a server and sends it one request. */
async function ask(handler: RequestListener): Promise<{ server: RunningServer; socket: Socket }> {
  const server = await listen(handler, { port: 0, host: '127.0.0.1' });
  const socket = connect(server.port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  return { server, socket };
}

test('a long reply to a slow reader comes whole', async () => {
  const length = 20_000_000;
  const replied = vi.fn<RequestListener>((_, response) => void response.end(Buffer.alloc(length)));
  const { server, socket } = await ask(replied);
  await vi.waitFor(() => expect(replied).toHaveBeenCalled());
  const stopped = server.stop();
  let received = 0;
  for await (const chunk of socket) received += chunk.length;
  expect(received).toBeGreaterThan(length);
  await stopped;
});

test('a connection ends with the reply in hand, and nothing more is taken from it', async () => {
  const replies: (() => void)[] = [];
  const { server, socket } = await ask((_, response) => {
    replies.push(() => void response.end('done'));
  });
  await vi.waitFor(() => expect(replies).toHaveLength(1));
  const stopped = server.stop();
  replies[0]?.();
  const [chunk] = await once(socket, 'data');
  expect(String(chunk)).toMatch(/done$/);
  socket.on('error', () => {});
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
  await stopped;
  expect(replies).toHaveLength(1);
});

test('a request that never ends does not hold the stop up for ever', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const asked = vi.fn<RequestListener>();
  const { server, socket } = await ask(asked);
  const closed = once(socket, 'close');
  await once(socket, 'connect');
  while (asked.mock.calls.length === 0) await new Promise(setImmediate);
  const stopped = server.stop();
  await vi.advanceTimersByTimeAsync(9000);
  await Promise.all([closed, stopped]);
});
