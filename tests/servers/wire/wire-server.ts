// A strict loopback server for one wire profile: it refuses what the real service refuses, and can be told to fail.
import { EventEmitter, once } from 'node:events';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Body, type Incoming, json, type Mishap, raw, startLoopback } from '../loopback';

export type WireRequest = {
  method: string;
  /** Without the base path and the query. */
  path: string;
  query: URLSearchParams;
  headers: Incoming['headers'];
  /** The JSON body; undefined for a form, and without one. */
  body: unknown;
  /** The fields and files of a form; null if it is none. `fieldsOf` reads those that are texts. */
  form: FormData | null;
  /** The files of a form, by the names of their fields. */
  files: readonly { field: string; bytes: Uint8Array }[];
};

/** The service refuses a request, in its own form of errors. */
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
  /** Whether answers link to their picture, where the service offers both. */
  byUrl: boolean;
  /** How many pictures an answer has, where the service can answer with several. */
  count: number;
  /** The number of valid requests for pictures so far. */
  made: () => number;
  /** Whether jobs stay unfinished. */
  hold: boolean;
  /** Returns the address of a new file with the picture. */
  link: () => string;
  /** Records that the client stopped the work. */
  stopped: () => void;
  /** The number of looks at jobs so far. */
  looks: number;
  /** The files that were uploaded before the picture was asked for. */
  uploads: Uint8Array[];
  /** Sends messages to the client that has this name at `socketPath`. */
  report: (client: string, messages: readonly (string | Uint8Array)[]) => void;
};

export type WireProtocol = {
  /** Of the whole server, such as `/api/v1`; empty if the service's address has no path. */
  base: string;
  /** Where the server has more than at its base, such as `/v1/`. Requests for it have their whole path. */
  beside?: string;
  /** What the user enters as the address, if it is not the base. */
  configured?: string;
  /** The header that carries the key, and what it has to be; null if none is needed. */
  auth: { header: string; value: (key: string) => string } | null;
  /** Where clients listen to reports by WebSocket, with their `clientId`; absent if there is no such thing. */
  socketPath?: string;
  /** Returns whether a request asks for a picture, so that a scripted failure is for it. */
  makes: (request: WireRequest) => boolean;
  /** Returns the answer, or null if there is no such path. Throws Refusal. */
  answer: (request: WireRequest, state: WireState) => Body | null;
  /** In the service's own form. */
  error: (status: number, message: string) => object;
  /** The error of a model that does not exist: its status and its body. */
  unknownModel: (model: string) => { status: number; body: object };
  /** The shape that a valid request for a picture asked for. */
  shape: (request: WireRequest) => string;
};

export type WireFailure = { kind: 'body'; body: Body } | { kind: 'mishap'; mishap: Mishap };

/** One pixel: nothing here opens the picture. */
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
    looks: 0,
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

export function page(): Body {
  return raw(200, 'text/html', '<!doctype html><html><body>Please sign in.</body></html>');
}
