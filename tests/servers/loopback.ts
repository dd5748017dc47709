// The common part of the loopback servers: listening, hanging, breaking connections and closing.

import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { closeServer, listen } from './listen';

/** A failure of the connection, independent of the answer. */
export type Mishap =
  /** The connection is reset before the first byte, or closed in the middle of the body. */
  | { kind: 'reset'; when: 'before' | 'midway' }
  /** No answer until `release()`. */
  | { kind: 'hang' }
  /** Half of the body; the rest never comes. */
  | { kind: 'drip' };

export type Body = {
  status: number;
  contentType: string;
  bytes: Uint8Array;
  headers?: Record<string, string>;
};

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Body {
  return { status, contentType: 'application/json', bytes: Buffer.from(JSON.stringify(value)), headers };
}

/** Returns a response with any content. */
export function raw(
  status: number,
  contentType: string,
  text: string,
  headers: Record<string, string> = {},
): Body {
  return { status, contentType, bytes: Buffer.from(text), headers };
}

/** A request. `abandoned`: the client disconnected before the answer was complete. */
export type Incoming = {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  bytes: Buffer;
  abandoned: boolean;
};

export type Answer = { body: Body; mishap?: Mishap | undefined };

/**
 * Starts a server on a free port of 127.0.0.1.
 *
 * @param answerTo called when a request has been read.
 * @param onUpgrade called when a client requests a WebSocket; absent: such a request is treated like any other.
 */
export async function startLoopback(
  answerTo: (incoming: Incoming) => Promise<Answer> | Answer,
  onUpgrade?: (message: IncomingMessage, socket: Duplex, head: Buffer) => void,
) {
  const events = new EventEmitter<{ release: [] }>();
  // A test may have any number of hanging requests.
  events.setMaxListeners(0);
  const closing = new AbortController();

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = message;
    const incoming: Incoming = {
      method,
      path: url,
      headers,
      bytes: await readAll(message),
      abandoned: false,
    };
    response.once('close', () => {
      incoming.abandoned = !response.writableFinished && !closing.signal.aborted;
    });
    const { body, mishap } = await answerTo(incoming);
    if (mishap?.kind === 'hang') await once(events, 'release', { signal: closing.signal });
    if (mishap?.kind === 'reset' && mishap.when === 'before') {
      response.socket?.resetAndDestroy();
      return;
    }
    const length = body.bytes.length;
    response.writeHead(body.status, {
      'Content-Type': body.contentType,
      'Content-Length': length,
      ...body.headers,
    });
    if (mishap?.kind === 'reset') {
      response.write(body.bytes.subarray(0, length / 2), () => response.socket?.destroy());
      return;
    }
    if (mishap?.kind === 'drip') {
      response.write(body.bytes.subarray(0, length / 2));
      await wait(600_000, undefined, { signal: closing.signal });
    }
    response.end(body.bytes);
  }

  const server = createServer((message, response) => {
    serve(message, response).catch((error: unknown) => {
      // A disconnected client or a closing server is expected; any other error is a bug of this file.
      if (!closing.signal.aborted && !message.socket.destroyed) throw error;
    });
  });
  if (onUpgrade) server.on('upgrade', onUpgrade);
  const port = await listen(server);

  return {
    origin: `http://127.0.0.1:${port}`,
    closing: closing.signal,
    /** Continues every hanging request. */
    release: (): void => {
      events.emit('release');
    },
    /** Closes every connection; resolves when the port is free. */
    close: async (): Promise<void> => {
      closing.abort();
      await closeServer(server);
    },
  };
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}
