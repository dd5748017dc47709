// The Google provider against a real server: the real SDK, over real HTTP, through every way it can end.
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type ErrorCode, errorSentences } from '../../../shared/errors';
import type { PictureJob } from '../../../shared/generator-messages';
import { priceOf } from '../../../shared/models';
import {
  type GoogleAnswer,
  type GoogleServer,
  startGoogleServer,
} from '../../../tests/servers/google-server';
import { samplePicture } from '../../../tests/servers/sample-picture';
import { createGoogleProvider, google } from './google';
import { createProviderContext } from './test-context';

const apiKey = 'AIza-secret-of-this-test';
const price = priceOf('gemini-nano-banana-2.1') ?? Number.NaN;
const small = Uint8Array.from([137, 80, 78, 71, 13, 10, 26, 10, 1, 2, 3]);

const job: PictureJob = {
  kind: 'picture',
  jobId: '01930000-0000-7000-8000-000000000000',
  provider: 'google',
  model: 'gemini-nano-banana-2.1',
  prompt: 'a lighthouse at dusk, “très” calm 🌅',
  params: { aspectRatio: '3:2', seed: 7 },
};

let server: GoogleServer;

beforeEach(async () => {
  server = await startGoogleServer({ picture: small });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

type Changes = { baseUrl?: string; apiKey?: string | null; signal?: AbortSignal };

function contextWith(changes: Changes = {}) {
  const google = {
    apiKey: changes.apiKey === undefined ? apiKey : changes.apiKey,
    baseUrl: changes.baseUrl ?? server.baseUrl,
  };
  return createProviderContext({ google }, changes.signal);
}

async function expectFailure(
  result: ReturnType<typeof google.makePicture>,
  code: ErrorCode,
  costMicroUsd: number | null,
): Promise<string> {
  const outcome = await result;
  expect(outcome).toEqual({ ok: false, code, message: expect.stringMatching(/\w/), costMicroUsd });
  expect(JSON.stringify(outcome)).not.toContain(apiKey);
  return outcome.ok ? '' : outcome.message;
}

const inline = (bytes: Uint8Array, mimeType = 'image/png') => ({
  inlineData: { mimeType, data: Buffer.from(bytes).toString('base64') },
});

describe('a picture', () => {
  it('arrives byte for byte, for what was asked, at its price', async () => {
    const bytes = await samplePicture('3:2');
    server.answerNext({ kind: 'picture', bytes });
    const made = await google.makePicture(job, contextWith());
    expect(made).toEqual({ ok: true, bytes: expect.any(Uint8Array), costMicroUsd: price });
    expect(made.ok && Buffer.compare(made.bytes, bytes)).toBe(0);
    expect(server.rejections).toEqual([]);
    expect(server.requests).toEqual([
      expect.objectContaining({
        apiVersion: 'v1beta',
        model: job.model,
        apiKey,
        prompt: job.prompt,
        aspectRatio: '3:2',
        imageSize: '1K',
        responseModalities: ['IMAGE'],
      }),
    ]);
  });

  it('is the last one that is not a thought', async () => {
    const parts = [
      inline(Uint8Array.of(1)),
      { text: 'Here it is.' },
      inline(small),
      { ...inline(Uint8Array.of(2)), thought: true },
      inline(Uint8Array.of(3), 'audio/wav'),
      { inlineData: { mimeType: 'image/png', data: '' } },
    ];
    server.answerNext({ kind: 'parts', parts });
    const made = await google.makePicture(job, contextWith());
    expect(made.ok && [...made.bytes]).toEqual([...small]);
  });

  it('comes from the configured place, whatever the environment says', async () => {
    vi.stubEnv('GOOGLE_GENAI_USE_VERTEXAI', 'true');
    vi.stubEnv('GOOGLE_GENAI_USE_ENTERPRISE', 'true');
    vi.stubEnv('GOOGLE_GENAI_API_VERSION', 'v1alpha');
    vi.stubEnv('GOOGLE_GEMINI_BASE_URL', 'http://127.0.0.1:9');
    vi.stubEnv('GEMINI_API_KEY', 'another');
    const made = await google.makePicture(job, contextWith());
    expect(made.ok).toBe(true);
    expect(server.requests[0]).toMatchObject({ apiVersion: 'v1beta', apiKey });
  });

  it('is asked for several at once', async () => {
    const prompts = ['one', 'two', 'three', 'four'];
    server.setDefault(({ prompt }) => ({ kind: 'picture', bytes: Buffer.from(`picture of ${prompt}`) }));
    const made = await Promise.all(
      prompts.map((prompt) => google.makePicture({ ...job, prompt }, contextWith())),
    );
    expect(made.map((one) => one.ok && Buffer.from(one.bytes).toString())).toEqual(
      prompts.map((prompt) => `picture of ${prompt}`),
    );
  });
});

const quoting = `API key ${apiKey} was used.`;
const error = (status: number, code: string, details?: readonly object[]): GoogleAnswer => ({
  kind: 'error',
  status,
  code,
  message: quoting,
  ...(details && { details }),
});
const finish = (reason: string): GoogleAnswer => ({ kind: 'finish', reason, message: quoting });
const raw = (status: number, contentType: string, body: string): GoogleAnswer => ({
  kind: 'raw',
  status,
  contentType,
  body,
});
const page = `<!doctype html><title>Sign in</title><p>${quoting}</p>`;
const keyInvalid = { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' };
const retryIn = (retryDelay: string) => [
  { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ quotaId: 'PerMinute' }] },
  { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay },
];

const failures: [name: string, answer: GoogleAnswer, code: ErrorCode, costMicroUsd: number | null][] = [
  ['a wrong key', error(400, 'INVALID_ARGUMENT', [keyInvalid]), 'key_rejected', null],
  ['400', error(400, 'INVALID_ARGUMENT'), 'request_rejected', null],
  ['400 for want of billing', error(400, 'FAILED_PRECONDITION'), 'not_permitted', null],
  ['401', error(401, 'UNAUTHENTICATED'), 'key_rejected', null],
  ['402', error(402, 'RESOURCE_EXHAUSTED'), 'not_permitted', null],
  ['403', error(403, 'PERMISSION_DENIED'), 'not_permitted', null],
  ['404', error(404, 'NOT_FOUND'), 'model_gone', null],
  ['413', error(413, 'INVALID_ARGUMENT'), 'request_rejected', null],
  ['429', error(429, 'RESOURCE_EXHAUSTED'), 'rate_limited', null],
  ['429 with a delay', error(429, 'RESOURCE_EXHAUSTED', retryIn('29s')), 'rate_limited', null],
  ['500', error(500, 'INTERNAL'), 'provider_unavailable', null],
  ['503', error(503, 'UNAVAILABLE'), 'provider_unavailable', null],
  ['504', error(504, 'DEADLINE_EXCEEDED'), 'provider_unavailable', null],
  ['502 with a page', raw(502, 'text/html', page), 'provider_unavailable', null],
  ['404 with a page', raw(404, 'text/html', page), 'bad_answer', null],
  ['401 without a body', raw(401, 'application/json', ''), 'key_rejected', null],
  ['429 with JSON of another form', raw(429, 'application/json', '{"error":"no"}'), 'rate_limited', null],
  ['a page', raw(200, 'text/html', page), 'bad_answer', null],
  ['text', raw(200, 'text/plain', 'hello'), 'bad_answer', null],
  ['half an answer', raw(200, 'application/json', '{"candidates":[{"cont'), 'bad_answer', price],
  ['null', raw(200, 'application/json', 'null'), 'bad_answer', price],
  ['an answer of another form', raw(200, 'application/json', '{"candidates":"many"}'), 'bad_answer', price],
  ['the JSON of another service', raw(200, 'application/json', '{"status":"fine"}'), 'bad_answer', null],
  ['an empty list of candidates', raw(200, 'application/json', '{"candidates":[]}'), 'no_picture', null],
  ['no candidates', { kind: 'no-candidates' }, 'no_picture', null],
  ['text for a picture', { kind: 'parts', parts: [{ text: quoting }] }, 'no_picture', null],
  [
    'nothing but thoughts',
    { kind: 'parts', parts: [{ ...inline(small), thought: true }] },
    'no_picture',
    null,
  ],
  ['a withheld picture', { kind: 'finish', reason: 'IMAGE_SAFETY', countsPicture: true }, 'refused', price],
  ['a reset before the answer', { kind: 'reset', when: 'before' }, 'connection_lost', price],
  ['a break within the answer', { kind: 'reset', when: 'midway' }, 'connection_lost', price],
  ...['STOP', 'NO_IMAGE', 'IMAGE_OTHER', 'MAX_TOKENS', 'OTHER', 'A_NEW_ONE'].map(
    (reason): [string, GoogleAnswer, ErrorCode, null] => [reason, finish(reason), 'no_picture', null],
  ),
  ...[
    ...['SAFETY', 'RECITATION', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII'],
    ...['IMAGE_SAFETY', 'IMAGE_PROHIBITED_CONTENT', 'IMAGE_RECITATION'],
  ].map((reason): [string, GoogleAnswer, ErrorCode, null] => [reason, finish(reason), 'refused', null]),
  ...['SAFETY', 'OTHER', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'IMAGE_SAFETY', 'A_NEW_ONE'].map(
    (reason): [string, GoogleAnswer, ErrorCode, null] => [
      `a prompt blocked for ${reason}`,
      { kind: 'block', reason },
      'refused',
      null,
    ],
  ),
];

describe('a failure', () => {
  it.each(failures)('%s', async (_name, answer, code, costMicroUsd) => {
    server.answerNext(answer);
    await expectFailure(google.makePicture(job, contextWith()), code, costMicroUsd);
    // A second one would get a picture: nothing is sent twice.
    expect(server.requests).toHaveLength(1);
  });

  it.each([
    ['29s', 'Try again in 29 seconds.'],
    ['0.4s', 'Try again in 1 second.'],
    ['12.01s', 'Try again in 13 seconds.'],
    ['soon', errorSentences.rate_limited],
  ])('says when to try again: %s', async (delay, sentence) => {
    server.answerNext(error(429, 'RESOURCE_EXHAUSTED', retryIn(delay)));
    const message = await expectFailure(google.makePicture(job, contextWith()), 'rate_limited', null);
    expect(message.endsWith(sentence)).toBe(true);
  });

  it('does not go on by itself, for money, from a continuation token', async () => {
    const body = JSON.stringify({ candidates: [{ continuationToken: 'bW9yZQ==', content: { parts: [] } }] });
    server.answerNext(raw(200, 'application/json', body));
    await expectFailure(google.makePicture(job, contextWith()), 'no_picture', null);
    expect(server.requests).toHaveLength(1);
  });

  it('does not take the key along a redirect', async () => {
    const elsewhere = await startGoogleServer();
    const headers = { Location: `${elsewhere.baseUrl}/v1beta/models/x:generateContent` };
    server.answerNext({ kind: 'raw', status: 307, contentType: 'text/plain', body: '', headers });
    await expectFailure(google.makePicture(job, contextWith()), 'bad_answer', null);
    expect([...elsewhere.requests, ...elsewhere.rejections]).toEqual([]);
    await elsewhere.close();
  });
});

describe('nothing is sent', () => {
  it.each([
    ['without a key', { apiKey: null }, 'key_missing'],
    ['with an empty key', { apiKey: '' }, 'key_missing'],
    ['with a key that no header can hold', { apiKey: `${apiKey}\n` }, 'key_rejected'],
    ['with a token of the live API', { apiKey: `auth_tokens/${apiKey}` }, 'key_rejected'],
    ['after a cancel', { signal: AbortSignal.abort() }, 'cancelled'],
  ] satisfies [string, Changes, ErrorCode][])('%s', async (_name, changes, code) => {
    await expectFailure(google.makePicture(job, contextWith(changes)), code, null);
    expect(server.requests).toEqual([]);
    expect(server.rejections).toEqual([]);
  });

  it('for a model that this version does not know', async () => {
    const gone = { ...job, model: 'gemini-of-another-version' };
    await expectFailure(google.makePicture(gone, contextWith()), 'model_gone', null);
    expect(server.requests).toEqual([]);
  });
});

describe('giving up', () => {
  const halfThenSilence: GoogleAnswer = { kind: 'picture', drip: { chunks: 2, everyMs: 600_000 } };

  it.each([
    ['before the answer', { kind: 'hang' }],
    ['within the answer', halfThenSilence],
  ] satisfies [string, GoogleAnswer][])('on a cancel %s', async (_name, answer) => {
    server.answerNext(answer);
    const person = new AbortController();
    const result = google.makePicture(job, contextWith({ signal: person.signal }));
    await server.received(1);
    person.abort();
    await expectFailure(result, 'cancelled_late', price);
    await expect.poll(() => server.requests[0]?.abandoned).toBe(true);
  });

  it.each([
    ['before the answer', { kind: 'hang' }],
    ['within the answer', halfThenSilence],
  ] satisfies [string, GoogleAnswer][])('after the time-out %s', async (_name, answer) => {
    server.answerNext(answer);
    const hasty = createGoogleProvider({ timeoutMs: 200 });
    await expectFailure(hasty.makePicture(job, contextWith()), 'timed_out', price);
  });
});

describe('an address where Google does not live', () => {
  let neighbour: Server | undefined;

  afterEach(() => {
    neighbour?.close();
    neighbour = undefined;
  });

  /** @returns the port of a bare TCP server that greets each connection in its own way. */
  async function startNeighbour(greet: (socket: Socket) => void): Promise<number> {
    const listener = createServer((socket) => greet(socket.on('error', () => undefined)));
    neighbour = listener;
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    const address = listener.address();
    if (address === null || typeof address === 'string') throw new Error('The neighbour has no port.');
    return address.port;
  }

  async function expectAt(baseUrl: string, code: ErrorCode): Promise<void> {
    await expectFailure(google.makePicture(job, contextWith({ baseUrl })), code, null);
  }

  it('nobody listens', async () => {
    const closed = await startGoogleServer();
    await closed.close();
    await expectAt(closed.baseUrl, 'unreachable');
    await expectAt(closed.baseUrl.replace('127.0.0.1', 'localhost'), 'unreachable');
  });

  it('nobody listens any more, where somebody did a moment ago', async () => {
    await Promise.all([google.makePicture(job, contextWith()), google.makePicture(job, contextWith())]);
    await server.close();
    await expectAt(server.baseUrl, 'unreachable');
    server = await startGoogleServer();
  });

  it('a port that fetch refuses', () => expectAt('http://127.0.0.1:1', 'unreachable'));

  it('TLS asked of a server without it', () =>
    expectAt(server.baseUrl.replace('http:', 'https:'), 'unreachable'));

  it('a server that hangs up during the TLS handshake', async () => {
    const port = await startNeighbour((socket) => socket.once('data', () => socket.end()));
    await expectAt(`https://127.0.0.1:${port}`, 'unreachable');
  });

  it('a service that does not speak HTTP', async () => {
    const port = await startNeighbour((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    await expectAt(`http://127.0.0.1:${port}`, 'bad_answer');
  });
});

it('answers talk with what it can do', async () => {
  const reply = await google.reply(
    { kind: 'text', jobId: job.jobId, provider: 'google', model: null, text: 'hi', history: [] },
    contextWith(),
  );
  expect(reply).toMatchObject({ ok: true, text: expect.stringMatching(/^With Google, .+generate an image/) });
  expect(server.requests).toEqual([]);
});
