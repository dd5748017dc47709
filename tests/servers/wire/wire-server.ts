// A strict loopback server for one wire profile: it rejects requests that the real service rejects, and can be made
// to fail.
import { EventEmitter, once } from 'node:events';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Body, type Incoming, json, type Mishap, raw, startLoopback } from '../loopback';

export type WireRequest = {
  method: string;
  /** The path without the base and the query. */
  path: string;
  query: URLSearchParams;
  headers: Incoming['headers'];
  /** The JSON body; undefined for a form and for an empty body. */
  body: unknown;
  /** The fields and files of a form; null for another body. `fieldsOf` reads the text fields. */
  form: FormData | null;
  /** The files of a form with the names of their fields. */
  files: readonly { field: string; bytes: Uint8Array }[];
};

/** Thrown if the service rejects a request, with an error in its own form. */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export type WireState = {
  origin: string;
  base: string;
  picture: Uint8Array;
  base64: string;
  /** Whether answers link to their picture, if the service supports that. */
  byUrl: boolean;
  /** Number of pictures in an answer, if the service supports several. */
  count: number;
  /** Returns the number of valid requests for pictures so far. */
  made: () => number;
  /** Whether jobs stay unfinished. */
  hold: boolean;
  /** Creates a file with the picture, and returns its address. */
  link: () => string;
  /** Records that the client cancelled the job. */
  stopped: () => void;
  /** The files that were uploaded before the picture was requested. */
  uploads: Uint8Array[];
  /** Sends messages to the client with this id at `socketPath`. */
  report: (client: string, messages: readonly (string | Uint8Array)[]) => void;
};

export type WireProtocol = {
  /** The path of the API, such as `/api/v1`; empty if the service's address has no path. */
  base: string;
  /** Another path that the server also has, such as `/v1/`. Requests for it keep their whole path. */
  beside?: string;
  /** The address that the user enters, if it is not the base. */
  configured?: string;
  /** The header with the key, and its value; null if no key is needed. */
  auth: { header: string; value: (key: string) => string } | null;
  /** The path of the WebSocket, to which clients connect with a `clientId`; absent if there is none. */
  socketPath?: string;
  /** Returns whether a request is one for a picture, to which scripted failures apply. */
  makes: (request: WireRequest) => boolean;
  /** Returns the answer, or null for an unknown path. Throws Refusal. */
  answer: (request: WireRequest, state: WireState) => Body | null;
  /** Returns an error in the service's own form. */
  error: (status: number, message: string) => object;
  /** Returns the error for an unknown model: its status and its body. */
  unknownModel: (model: string) => { status: number; body: object };
  /** Returns the shape that a valid request for a picture asks for. */
  shape: (request: WireRequest) => string;
};

export type WireFailure = { kind: 'body'; body: Body } | { kind: 'mishap'; mishap: Mishap };

/** A picture of one pixel, because nothing opens it. */
export const smallPicture: Uint8Array = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export const wireKey = 'test-key-0123456789';

export async function startWireServer(protocol: WireProtocol) {
  const picture = smallPicture;
  const made: WireRequest[] = [];
  const refusals: string[] = [];
  const failures: WireFailure[] = [];
  const files = new Set<string>();
  const events = new EventEmitter<{ change: [] }>();
  events.setMaxListeners(0);
  let total = 0;
  let stops = 0;

  const sockets = new WebSocketServer({ noServer: true });
  const clients = new Map<string, WebSocket>();
  const { socketPath } = protocol;
  const onUpgrade: Parameters<typeof startLoopback>[1] = (message, socket, head) => {
    const url = new URL(message.url ?? '', 'http://server');
    if (url.pathname !== `${protocol.base}${socketPath}`) return socket.destroy();
    sockets.handleUpgrade(message, socket, head, (client) =>
      clients.set(url.searchParams.get('clientId') ?? '', client),
    );
  };

  const answerTo = async (incoming: Incoming) => {
    const url = new URL(incoming.path, 'http://server');
    if (files.has(url.pathname))
      return { body: { status: 200, contentType: 'image/png', bytes: state.picture } };
    total += 1;
    try {
      return await respond(incoming, url);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusals.push(error.message);
      return { body: json(error.status, protocol.error(error.status, error.message)) };
    } finally {
      events.emit('change');
    }
  };
  const loopback = await startLoopback(answerTo, socketPath === undefined ? undefined : onUpgrade);

  const state: WireState = {
    origin: loopback.origin,
    base: `${loopback.origin}${protocol.base}`,
    picture,
    base64: Buffer.from(picture).toString('base64'),
    byUrl: false,
    count: 1,
    made: () => made.length,
    hold: false,
    uploads: [],
    report: (name, messages) => {
      for (const message of messages) clients.get(name)?.send(message);
    },
    link: () => {
      const path = `/files/${files.size}.png`;
      files.add(path);
      return `${loopback.origin}${path}`;
    },
    stopped: () => {
      stops += 1;
    },
  };

  async function respond(incoming: Incoming, url: URL) {
    const { auth } = protocol;
    if (auth && incoming.headers[auth.header.toLowerCase()] !== auth.value(wireKey))
      throw new Refusal(401, 'Invalid credentials.');
    const isBeside = protocol.beside !== undefined && url.pathname.startsWith(protocol.beside);
    if (!isBeside && !url.pathname.startsWith(`${protocol.base}/`)) throw new Refusal(404, 'Not found.');
    const request = await readRequest(incoming, url, isBeside ? '' : protocol.base);
    const body = protocol.answer(request, state);
    if (body === null) throw new Refusal(404, `There is no ${request.method} ${url.pathname}.`);
    if (!protocol.makes(request)) return { body };
    made.push(request);
    const failure = failures.shift();
    if (failure?.kind === 'body') return { body: failure.body };
    return { body, mishap: failure?.mishap };
  }

  return {
    baseUrl: `${loopback.origin}${protocol.configured ?? protocol.base}`,
    state,
    /** The valid requests for pictures. */
    made: made as readonly WireRequest[],
    /** Why the other requests were refused. */
    refusals: refusals as readonly string[],
    /** All requests but downloads. */
    total: () => total,
    stops: () => stops,
    /** Makes the next request for a picture fail. */
    failNext: (failure: WireFailure): void => void failures.push(failure),
    /** Resolves when the condition holds after a request. */
    until: async (condition: () => boolean): Promise<void> => {
      while (!condition()) await once(events, 'change', { signal: loopback.closing });
    },
    /** Continues every request that hangs. */
    release: loopback.release,
    /** How many clients have listened to reports. */
    listeners: () => clients.size,
    close: async () => {
      for (const client of clients.values()) client.terminate();
      await loopback.close();
    },
  };
}

async function readRequest(
  { method, headers, bytes }: Incoming,
  url: URL,
  base: string,
): Promise<WireRequest> {
  const type = headers['content-type'] ?? '';
  const request = {
    ...{ method, headers, body: undefined, form: null, files: [] },
    path: url.pathname.slice(base.length),
    query: url.searchParams,
  };
  if (bytes.length === 0) return request;
  if (type.startsWith('multipart/form-data')) {
    const body = new Uint8Array(bytes);
    const form = await new Response(body, { headers: { 'Content-Type': type } }).formData();
    const files: { field: string; bytes: Uint8Array }[] = [];
    for (const [field, value] of form) {
      if (value instanceof File) files.push({ field, bytes: new Uint8Array(await value.arrayBuffer()) });
    }
    return { ...request, form, files };
  }
  if (!type.startsWith('application/json')) throw new Refusal(415, 'Unsupported media type.');
  return { ...request, body: JSON.parse(bytes.toString('utf8')) };
}

/** Returns another server's web page, such as that of a sign-in portal. */
export function page(): Body {
  return raw(200, 'text/html', '<!doctype html><html><body>Please sign in.</body></html>');
}
