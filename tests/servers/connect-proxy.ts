// A loopback proxy that leads every tunnel to one server, and optionally forwards http requests as well.

import http from 'node:http';
import { connect, type Socket } from 'node:net';
import { closeServer, listen } from './listen';

export type ConnectProxy = {
  port: number;
  /** The requested targets, such as "example.com:443", including those of refused requests. */
  targets: string[];
  /** The user names and passwords of the requests, such as "name:password"; null for a request without one. */
  logins: (string | null)[];
  /** Answers the next tunnels with this status; null opens them. */
  refuseWith: (status: number | null) => void;
  /** Requires this login, such as "name:password", for the next tunnels, and offers these authentication schemes. */
  requireLogin: (login: string, challenges?: string[]) => void;
  /** A second call has no effect. */
  close: () => Promise<void>;
};

/**
 * @param port the port of the local server at which every tunnel ends.
 * @param forwards whether requests without a tunnel are supported, which Chromium sends for http.
 */
export async function startConnectProxy(
  port: number,
  { forwards = false }: { forwards?: boolean } = {},
): Promise<ConnectProxy> {
  const targets: string[] = [];
  const logins: (string | null)[] = [];
  const tunnels = new Set<Socket>();
  let refusal: number | null = null;
  let required: { login: string; challenges: string[] } | null = null;
  /** Records a request. Returns the challenges unless it has the required login. */
  function challengesFor(target: string, header: string | undefined): string[] | null {
    targets.push(target);
    const [, encoded] = /^Basic (.+)$/.exec(header ?? '') ?? [];
    const login = encoded === undefined ? null : Buffer.from(encoded, 'base64').toString();
    logins.push(login);
    return required === null || login === required.login ? null : required.challenges;
  }

  const server = http.createServer((request, response) => {
    if (!forwards) return void response.writeHead(405).end();
    const { host, pathname, search } = new URL(request.url ?? '');
    const challenges = challengesFor(host, request.headers['proxy-authorization']);
    if (challenges) return void response.writeHead(407, { 'proxy-authenticate': challenges }).end();
    const onward = http.get({ port, host: '127.0.0.1', path: `${pathname}${search}` }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
  });
  server.on('connect', (request, socket) => {
    const challenges = challengesFor(request.url ?? '', request.headers['proxy-authorization']);
    socket.on('error', () => socket.destroy());
    if (refusal !== null) return void socket.end(`HTTP/1.1 ${refusal} No\r\n\r\n`);
    if (challenges) {
      const lines = challenges.map((text) => `Proxy-Authenticate: ${text}\r\n`).join('');
      return void socket.end(`HTTP/1.1 407 Login\r\n${lines}Content-Length: 0\r\n\r\n`);
    }
    const onward = connect(port, '127.0.0.1', () => {
      tunnels.add(onward);
      socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      onward.pipe(socket);
      socket.pipe(onward);
    });
    onward.on('error', () => socket.destroy());
    socket.on('close', () => onward.destroy());
    onward.on('close', () => {
      tunnels.delete(onward);
      socket.destroy();
    });
  });
  return {
    port: await listen(server),
    targets,
    logins,
    refuseWith: (status) => {
      refusal = status;
    },
    requireLogin: (login, challenges = ['Basic realm="Office"']) => {
      required = { login, challenges };
    },
    async close() {
      if (!server.listening) return;
      for (const tunnel of tunnels) tunnel.destroy();
      await closeServer(server);
    },
  };
}
