// The client's side of a SOCKS proxy, without a login, as in Chromium. The proxy resolves the server's name.
import { isIPv4 } from 'node:net';
import type { Duplex } from 'node:stream';

/** Thrown if the server is not a SOCKS proxy of this version, or closed the connection. */
export class SocksError extends Error {
  override readonly name = 'SocksError';
}

/** Thrown if the proxy refused. */
export class SocksRefusal extends Error {
  override readonly name = 'SocksRefusal';
  /** The proxy's status; null if it requires a login. */
  readonly status: number | null;
  /** Whether the same request may succeed a moment later. */
  readonly isTemporary: boolean;

  constructor(status: number | null, isTemporary = false) {
    super(`SOCKS: ${status ?? 'login'}`);
    this.status = status;
    this.isTemporary = isTemporary;
  }
}

/**
 * SOCKS 5: not allowed, unknown command, unknown type of address. Other statuses concern the connection from the
 * proxy to the server.
 */
const permanentStatuses5 = [2, 7, 8];
/** SOCKS 4: the proxy requires an identification of the user. */
const permanentStatuses4 = [92, 93];

/**
 * Requests a connection from the proxy at the other end of `socket`: https://www.rfc-editor.org/rfc/rfc1928
 *
 * @param host a name or an address, at most 255 bytes, without brackets.
 * @throws SocksError, SocksRefusal, or the socket's error.
 */
export async function connectBySocks5(socket: Duplex, host: string, port: number): Promise<void> {
  const name = Buffer.from(host);
  if (name.length > 255) throw new SocksError('The name of the server is too long.');
  const read = reader(socket);
  // Version 5, one method: no login.
  socket.write(Buffer.of(5, 1, 0));
  const method = await read(2);
  if (method[0] !== 5) throw new SocksError('The answer is not of SOCKS 5.');
  if (method[1] !== 0) throw new SocksRefusal(null);
  // Connect to a name. Proxies accept addresses in this form, too.
  socket.write(Buffer.concat([Buffer.of(5, 1, 0, 3, name.length), name, bytesOf(port)]));
  const [version, status = 0, , kind] = await read(4);
  if (version !== 5) throw new SocksError('The answer is not of SOCKS 5.');
  if (status !== 0) throw new SocksRefusal(status, !permanentStatuses5.includes(status));
  const length = kind === 1 ? 4 : kind === 4 ? 16 : ((await read(1))[0] ?? 0);
  await read(length + 2);
}

/**
 * Like `connectBySocks5`, for version 4 with names: https://www.openssh.com/txt/socks4a.protocol
 *
 * @throws SocksError, SocksRefusal, or the socket's error.
 */
export async function connectBySocks4(socket: Duplex, host: string, port: number): Promise<void> {
  const read = reader(socket);
  const isAddress = isIPv4(host);
  const address = isAddress ? Buffer.from(host.split('.').map(Number)) : Buffer.of(0, 0, 0, 1);
  const name = isAddress ? Buffer.alloc(0) : Buffer.concat([Buffer.from(host), Buffer.of(0)]);
  socket.write(Buffer.concat([Buffer.of(4, 1), bytesOf(port), address, Buffer.of(0), name]));
  const [version, status = 0] = await read(8);
  if (version !== 0) throw new SocksError('The answer is not of SOCKS 4.');
  if (status !== 90) throw new SocksRefusal(status, !permanentStatuses4.includes(status));
}

function bytesOf(port: number): Buffer {
  return Buffer.of(port >> 8, port & 255);
}

/** Returns a function that reads an exact number of bytes, and leaves the rest in the stream. */
function reader(socket: Duplex): (length: number) => Promise<Buffer> {
  return (length) =>
    new Promise((resolve, reject) => {
      const stop = () => {
        socket.off('readable', take).off('error', onError).off('end', onEnd).off('close', onEnd);
      };
      const onError = (error: Error) => {
        stop();
        reject(error);
      };
      const onEnd = () => onError(new SocksError('The proxy closed the connection.'));
      const take = () => {
        const bytes: unknown = socket.read(length);
        if (!Buffer.isBuffer(bytes)) return;
        // At its end, a stream returns fewer bytes than requested.
        if (bytes.length < length) return onEnd();
        stop();
        resolve(bytes);
      };
      socket.on('readable', take).on('error', onError).on('end', onEnd).on('close', onEnd);
      take();
    });
}
