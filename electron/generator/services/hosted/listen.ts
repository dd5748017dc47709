// Listens to a service's WebSocket, through the same proxies as all requests.
import { connectThroughProxy } from '../http/connect';

/** A message with a preview of a large picture can have a few megabytes. */
const maxMessageBytes = 16 * 1024 * 1024;
/** A picture must not wait longer for a connection that only shows its progress. */
const openTimeoutMs = 3_000;

/**
 * Opens a connection and forwards each message until the connection is closed, `signal` aborts or the service ends
 * it. Never rejects, because the picture arrives without it, too; only its progress is not shown.
 *
 * @param address http or https.
 * @returns a function that closes the connection.
 */
export async function listen(
  address: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
  onMessage: (message: string | Uint8Array) => void,
): Promise<() => void> {
  try {
    const through = await connectThroughProxy(new URL(address), signal);
    // Loaded on first use, because most services have no such connection.
    const { WebSocket } = await import('ws');
    const socket = new WebSocket(address.replace(/^http/i, 'ws'), {
      ...{ headers, maxPayload: maxMessageBytes, handshakeTimeout: openTimeoutMs },
      ...{ followRedirects: false, perMessageDeflate: false },
      ...(through !== null && { createConnection: () => through }),
    });
    const close = () => {
      signal.removeEventListener('abort', close);
      socket.terminate();
    };
    signal.addEventListener('abort', close);
    socket.on('message', (data, isBinary) => {
      const parts = Array.isArray(data) ? data : [data];
      const bytes = Buffer.concat(
        parts.map((part) => (part instanceof ArrayBuffer ? new Uint8Array(part) : part)),
      );
      onMessage(isBinary ? bytes : bytes.toString('utf8'));
    });
    await new Promise<void>((resolve) => {
      socket.on('open', resolve);
      socket.on('error', () => resolve());
      socket.on('close', () => resolve());
      if (signal.aborted) close();
    });
    return close;
  } catch {
    return () => {};
  }
}
