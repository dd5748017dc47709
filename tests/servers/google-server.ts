// A loopback server that implements Google's Gemini API and Vertex's `:predict`, with scripted delays and failures.

import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { check, type GoogleRequest } from './google-requests';
import { echo } from './google-stream';
import { bodyOf, errorBody, type GoogleAnswer, type PictureOptions } from './google-wire';
import { closeServer, listen } from './listen';

export type { GoogleRequest } from './google-requests';
export type { GoogleAnswer } from './google-wire';

export type GoogleServerOptions = PictureOptions & {
  /** Delay of answers without their own. */
  delayMs?: number;
  /** Answers to the first requests, in order. */
  script?: readonly GoogleAnswer[];
};

type Choice = GoogleAnswer | ((request: GoogleRequest) => GoogleAnswer);

/**
 * Starts a server on a free port of 127.0.0.1. Its `baseUrl` is for the SDK. See
 * https://ai.google.dev/api/generate-content#method:-models.generatecontent
 */
export async function startGoogleServer(options: GoogleServerOptions = {}) {
  const requests: GoogleRequest[] = [];
  const rejections: string[] = [];
  const queue: GoogleAnswer[] = [...(options.script ?? [])];
  const signals = new EventEmitter<{ received: []; release: [] }>();
  const closing = new AbortController();
  let defaultAnswer: Choice = { kind: 'picture' };

  /** A text request is answered with an echo, and a list request with a list, instead of a picture. */
  function defaultAnswerTo(request: GoogleRequest): GoogleAnswer {
    const answer = typeof defaultAnswer === 'function' ? defaultAnswer(request) : defaultAnswer;
    if (answer.kind !== 'picture') return answer;
    if (request.method === 'list') return { kind: 'models', models: [] };
    return request.method === 'streamGenerateContent' ? echo(request) : answer;
  }

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await readText(incoming);
    const receivedAt = now();
    const checked = check(incoming, text, receivedAt);
    if ('problem' in checked) {
      rejections.push(checked.problem);
      return send(response, checked.status, errorBody(checked.status, checked.code, checked.problem));
    }
    const request = checked;
    requests.push(request);
    signals.emit('received');
    const answer = queue.shift() ?? defaultAnswerTo(request);
    response.once('finish', () => {
      request.answeredAt = now();
    });
    response.once('close', () => {
      request.abandoned = !response.writableFinished && answer.kind !== 'reset' && !closing.signal.aborted;
    });

    // The body is made before the delay, so that the delay is exact.
    const [body] = await Promise.all([
      bodyOf(answer, request, options),
      answer.kind === 'hang' ? once(signals, 'release', { signal: closing.signal }) : null,
    ]);
    const due = receivedAt + (answer.delayMs ?? options.delayMs ?? 0);
    // A loop, because a timer may fire a millisecond early.
    while (now() < due) await wait(Math.ceil(due - now()), undefined, { signal: closing.signal });

    if (answer.kind === 'reset') return breakOff(response, answer.when, body);
    if (answer.kind === 'raw') {
      return send(response, answer.status, body, { 'Content-Type': answer.contentType, ...answer.headers });
    }
    if (request.method === 'streamGenerateContent' && answer.kind !== 'error') {
      return stream(response, answer.kind === 'hang' ? echo(request) : answer, body);
    }
    if (answer.kind === 'picture' && answer.drip) {
      const { chunks, everyMs } = answer.drip;
      response.writeHead(200, { 'Content-Type': jsonType, 'Content-Length': body.length });
      for (let chunk = 0; chunk < chunks - 1; chunk += 1) {
        response.write(slice(body, chunk, chunks));
        await wait(everyMs, undefined, { signal: closing.signal });
      }
      response.end(slice(body, chunks - 1, chunks));
      return;
    }
    if (answer.kind !== 'error') return send(response, 200, body);
    send(response, answer.status, body, { 'Content-Type': jsonType, ...answer.headers });
  }

  /** Sends the answer as events. An answer that is not a stream is a single event. */
  async function stream(response: ServerResponse, answer: GoogleAnswer, body: Uint8Array): Promise<void> {
    const isStream = answer.kind === 'stream';
    const events = isStream
      ? answer.events.map((event) => JSON.stringify(event))
      : [Buffer.from(body).toString()];
    const { everyMs, held = 0, ending } = isStream ? answer : {};
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (const [index, event] of events.entries()) {
      if (held > 0 && index === events.length - held)
        await once(signals, 'release', { signal: closing.signal });
      if (index > 0 && everyMs) await wait(everyMs, undefined, { signal: closing.signal });
      await written(response, `data: ${event}\r\n\r\n`);
    }
    if (ending === 'silence') await once(signals, 'release', { signal: closing.signal });
    if (ending === 'break') response.socket?.destroy();
    else response.end();
  }

  const server = createServer((incoming, response) => {
    serve(incoming, response).catch((error: unknown) => {
      // A disconnected client or a closing server is expected; any other error is a bug of this file.
      if (!closing.signal.aborted && !incoming.socket.destroyed) throw error;
    });
  });
  const port = await listen(server);

  return {
    baseUrl: `http://127.0.0.1:${port}`,
    /** All valid requests, in order of arrival. */
    requests: requests as readonly GoogleRequest[],
    /** The reasons for which the other requests were rejected. */
    rejections: rejections as readonly string[],
    /** Queues the answer to one request. */
    answerNext: (answer: GoogleAnswer): void => {
      queue.push(answer);
    },
    /** Sets the answer to requests for which none is queued. */
    setDefault: (choice: Choice): void => {
      defaultAnswer = choice;
    },
    /** Forgets the requests and the scripted answers, for the next step of a test. */
    reset: (): void => {
      for (const list of [requests, rejections, queue]) list.length = 0;
      defaultAnswer = { kind: 'picture' };
    },
    /** Continues every hanging request. */
    release: (): void => {
      signals.emit('release');
    },
    /** Resolves when `count` requests have been read. */
    received: async (count: number): Promise<void> => {
      while (requests.length < count) await once(signals, 'received', { signal: closing.signal });
    },
    /** Closes every connection; resolves when the port is free. */
    close: async (): Promise<void> => {
      closing.abort();
      await closeServer(server);
    },
  };
}

export type GoogleServer = Awaited<ReturnType<typeof startGoogleServer>>;

/** Returns milliseconds since 1970, more precise than `Date.now()` and comparable between processes. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

async function readText(incoming: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

const jsonType = 'application/json; charset=UTF-8';

function send(
  response: ServerResponse,
  status: number,
  body: Uint8Array,
  headers: Readonly<Record<string, string>> = { 'Content-Type': jsonType },
): void {
  response.writeHead(status, { ...headers, 'Content-Length': body.length }).end(body);
}

/** Resolves when the operating system has the text, so that it is sent before the connection breaks. */
function written(response: ServerResponse, text: string): Promise<void> {
  return new Promise((resolve) => response.write(text, () => resolve()));
}

function breakOff(response: ServerResponse, when: 'before' | 'midway', body: Uint8Array): void {
  if (when === 'before') {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(200, { 'Content-Type': jsonType, 'Content-Length': body.length });
  response.write(slice(body, 0, 2), () => response.socket?.destroy());
}

/** Returns part `index` of `count` nearly equal parts. */
function slice(body: Uint8Array, index: number, count: number): Uint8Array {
  return body.subarray((body.length * index) / count, (body.length * (index + 1)) / count);
}
