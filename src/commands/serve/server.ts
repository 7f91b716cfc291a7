/** The web server, and how it stops without cutting anybody off. */
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, Server as NetServer, type Socket } from 'node:net';
import { CommandFailed } from '../support.ts';

/** How long a slow request may take to end, in milliseconds. Docker kills ten seconds after it asked. */
const GRACE = 8000;

export interface RunningServer {
  readonly port: number;
  /** Takes no new requests and waits for those that came. */
  stop(): Promise<void>;
}

/** Listens. @throws CommandFailed where that address cannot be had */
export async function listen(
  handler: RequestListener,
  { port, host }: Readonly<{ port: number; host: string }>,
): Promise<RunningServer> {
  const server = createServer(handler);
  const unanswered = new Map<Socket, number>();
  let stopping = false;
  const count = (socket: Socket, more: number) => {
    const left = (unanswered.get(socket) ?? 0) + more;
    unanswered.set(socket, left);
    if (stopping && left === 0) socket.destroySoon();
  };
  server.on('connection', (socket) => {
    unanswered.set(socket, 0);
    socket.once('close', () => unanswered.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    count(socket, 1);
    response.once('close', () => count(socket, -1));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(new CommandFailed(refusal(error, host, port))));
    server.listen(port, host, resolve);
  });
  return {
    // A server that listens on TCP has an AddressInfo.
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        stopping = true;
        const enough = setTimeout(() => server.closeAllConnections(), GRACE);
        // Not the web server's own close, which cuts off a reply that is still on its way to a slow reader.
        NetServer.prototype.close.call(server, () => {
          clearTimeout(enough);
          resolve();
        });
        for (const [socket, left] of unanswered) if (left === 0) socket.destroy();
      }),
  };
}

function refusal({ code, message }: NodeJS.ErrnoException, host: string, port: number): string {
  const reason = REASONS[code ?? ''] ?? message;
  return `Cannot listen on ${host}, port ${port}: ${reason}. Set PORT or HOST to something else.`;
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another program is using it',
  EACCES: 'this user may not',
  EADDRNOTAVAIL: 'this machine does not have that address',
  ENOTFOUND: 'there is no host of that name',
};
