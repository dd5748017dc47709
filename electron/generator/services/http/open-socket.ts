// Opens a TCP connection, or a TLS one over a socket, within a time limit.
import net, { isIP, type Socket } from 'node:net';
import tls from 'node:tls';
import { withoutBrackets } from './proxy-rules';

/** Maximum time to connect to a proxy, or through one, in milliseconds. The same as in Node's fetch. */
export const connectTimeoutMs = 10_000;

/** @throws the socket's error with its `code`. */
export function openSocket(host: string, port: number, signal: AbortSignal): Promise<Socket> {
  return whenReady(net.connect({ host, port }), 'connect', signal);
}

/**
 * Returns a TLS connection over a socket. The server's certificate must be valid for `hostname`.
 *
 * @throws the socket's error with its `code`.
 */
export function secure(socket: Socket, hostname: string, signal: AbortSignal): Promise<Socket> {
  const host = withoutBrackets(hostname);
  // TLS does not permit an address as the server name: https://www.rfc-editor.org/rfc/rfc6066#section-3
  const name = isIP(host) === 0 ? { servername: host } : {};
  const options = { socket, host, ALPNProtocols: ['http/1.1'], ...name };
  return whenReady(tls.connect(options), 'secureConnect', signal);
}

function whenReady(socket: Socket, event: 'connect' | 'secureConnect', signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const onAbort = () => socket.destroy(new Error('Aborted.'));
    // Keep the listener, because an error before the request takes over would end the process.
    socket.on('error', reject);
    socket.once('close', () => reject(new Error('The connection was closed.')));
    socket.setTimeout(connectTimeoutMs, () => socket.destroy(timedOut()));
    signal.addEventListener('abort', onAbort, { once: true });
    socket.once(event, () => {
      socket.setTimeout(0);
      resolve(socket);
    });
    socket.once('close', () => signal.removeEventListener('abort', onAbort));
    if (signal.aborted) onAbort();
  });
}

/** Returns the error of a connection that did not open within the time limit. */
export function timedOut(): Error {
  return Object.assign(new Error('The connection took too long.'), { code: 'ETIMEDOUT', syscall: 'connect' });
}
