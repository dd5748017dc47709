// A loopback proxy that supports only CONNECT and leads every tunnel to one server.
import { once } from 'node:events';
import http from 'node:http';
import { connect, type Socket } from 'node:net';

export type ConnectProxy = {
  port: number;
  /** The requested targets, such as "example.com:443". */
  targets: string[];
  /** Answers the next tunnels with this status; null opens them. */
  refuseWith: (status: number | null) => void;
  close: () => Promise<void>;
};

/** @param port the port of the server on this computer where every tunnel ends. */
export async function startConnectProxy(port: number): Promise<ConnectProxy> {
  const targets: string[] = [];
  const tunnels = new Set<Socket>();
  let refusal: number | null = null;
  const server = http.createServer((_request, response) => response.writeHead(405).end());
  server.on('connect', (request, socket) => {
    targets.push(request.url ?? '');
    if (refusal !== null) return void socket.end(`HTTP/1.1 ${refusal} No\r\n\r\n`);
    const onward = connect(port, '127.0.0.1', () => {
      tunnels.add(onward);
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.pipe(socket);
      socket.pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
    socket.on('close', () => onward.destroy());
    onward.on('close', () => {
      tunnels.delete(onward);
      socket.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The proxy has no port.');
  return {
    port: address.port,
    targets,
    refuseWith: (status) => {
      refusal = status;
    },
    async close() {
      for (const tunnel of tunnels) tunnel.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
