// A loopback SOCKS proxy of version 4a or 5, without a login, that leads every connection to one server.

import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { listen } from './listen';

export type SocksProxy = {
  port: number;
  /** The requested targets with the version of SOCKS, such as "5 example.com:443". */
  targets: string[];
  /** Refuses the next connections. */
  refuse: () => void;
  close: () => Promise<void>;
};

/** @param port the port of the local server at which every connection ends. */
export async function startSocksProxy(port: number): Promise<SocksProxy> {
  const targets: string[] = [];
  const sockets = new Set<Socket>();
  let refuses = false;

  function relay(socket: Socket, accepted: Buffer, rest: Buffer): void {
    const onward = connect(port, '127.0.0.1', () => {
      socket.write(accepted);
      if (rest.length > 0) onward.write(rest);
      onward.pipe(socket);
      socket.pipe(onward);
    });
    sockets.add(onward);
    onward.on('error', () => socket.destroy());
    onward.on('close', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  }

  /** Returns the host, the port and the length of a complete request; null while a part is missing. */
  function readTarget(bytes: Buffer): { host: string; port: number; length: number } | null {
    if (bytes[0] === 4) {
      // The fields are version, command, port, address, user, and a name if the address is 0.0.0.x.
      const endOfUser = bytes.indexOf(0, 8);
      if (endOfUser < 0) return null;
      const hasName = bytes.readUInt32BE(4) < 256;
      if (!hasName)
        return {
          host: [...bytes.subarray(4, 8)].join('.'),
          port: bytes.readUInt16BE(2),
          length: endOfUser + 1,
        };
      const endOfName = bytes.indexOf(0, endOfUser + 1);
      if (endOfName < 0) return null;
      return {
        host: bytes.toString('utf8', endOfUser + 1, endOfName),
        port: bytes.readUInt16BE(2),
        length: endOfName + 1,
      };
    }
    const nameLength = bytes[4] ?? 0;
    const length = 5 + nameLength + 2;
    if (bytes.length < length) return null;
    if (bytes[3] !== 3) throw new Error('Only names are supported.');
    return {
      host: bytes.toString('utf8', 5, 5 + nameLength),
      port: bytes.readUInt16BE(5 + nameLength),
      length,
    };
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    let received = Buffer.alloc(0);
    let isGreeted = false;
    socket.on('error', () => socket.destroy());
    socket.on('data', function onData(bytes: Buffer) {
      received = Buffer.concat([received, bytes]);
      const version = received[0];
      if (version === 5 && !isGreeted) {
        if (received.length < 2 || received.length < 2 + (received[1] ?? 0)) return;
        received = received.subarray(2 + (received[1] ?? 0));
        isGreeted = true;
        socket.write(Buffer.of(5, 0));
        if (received.length === 0) return;
      }
      const target = received.length < 8 ? null : readTarget(received);
      if (target === null) return;
      socket.off('data', onData);
      targets.push(`${version} ${target.host}:${target.port}`);
      const rest = received.subarray(target.length);
      const refusal =
        version === 4 ? Buffer.of(0, 91, 0, 0, 0, 0, 0, 0) : Buffer.of(5, 2, 0, 1, 0, 0, 0, 0, 0, 0);
      if (refuses) return void socket.end(refusal);
      // The bound address is an IPv6 one, which is the longest.
      const accepted =
        version === 4
          ? Buffer.of(0, 90, 0, 0, 0, 0, 0, 0)
          : Buffer.concat([Buffer.of(5, 0, 0, 4), Buffer.alloc(18)]);
      relay(socket, accepted, rest);
    });
  });
  return {
    port: await listen(server),
    targets,
    refuse: () => {
      refuses = true;
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
