// A bare TCP server: another program at a service's address.
import { createServer, type Socket } from 'node:net';
import type { FailureCase, Played } from './failure-case';

/** @param greet is called for each connection. */
async function startTcpServer(
  greet: (socket: Socket) => void,
): Promise<{ port: number; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    greet(socket.on('error', () => undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      server.close(() => resolve());
    });
  return { port: address.port, close };
}

/** Returns a function that makes a case in which another program has the service's address. */
export function otherServerCase(play: (origin: string) => Promise<Played>) {
  return (
    situation: string,
    code: FailureCase['code'],
    protocol: 'http' | 'https',
    greet: (socket: Socket) => void,
  ): FailureCase => ({
    situation,
    code,
    charged: false,
    requests: 0,
    play: async () => {
      const server = await startTcpServer(greet);
      const played = await play(`${protocol}://127.0.0.1:${server.port}`);
      await server.close();
      return played;
    },
  });
}
