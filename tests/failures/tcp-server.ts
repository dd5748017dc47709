// A bare TCP server: something else that lives where a service was expected.
import { createServer, type Socket } from 'node:net';

/** @param greet is called with each connection. @returns its port, and how to end it. */
export async function startTcpServer(
  greet: (socket: Socket) => void,
): Promise<{ port: number; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const listener = createServer((socket) => {
    sockets.add(socket);
    greet(socket.on('error', () => undefined));
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  const close = () =>
    new Promise<void>((resolve) => {
      for (const socket of sockets) socket.destroy();
      listener.close(() => resolve());
    });
  return { port: address.port, close };
}
