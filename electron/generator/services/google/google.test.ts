// The Google service against a loopback server, through the SDK. Its failures: tests/failures/google.ts.
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ErrorCode } from '../../../../shared/domain/errors';
import { priceOf } from '../../../../shared/domain/model-lookup';
import type { PictureJob } from '../../../../shared/generator/jobs';
import { holdTimeouts } from '../../../../tests/harness/hold-timeouts';
import {
  type GoogleAnswer,
  type GoogleServer,
  startGoogleServer,
} from '../../../../tests/servers/google-server';
import { samplePicture } from '../../../../tests/servers/sample-picture';
import type { Service } from '../service';
import { createServiceContext } from '../test-context';
import { createGoogleService } from './google';
import { defaultOptions } from './request';

const apiKey = 'AIza-secret-of-this-test';
const price = priceOf('google', 'gemini-nano-banana-2.1') ?? Number.NaN;
const small = Uint8Array.from([137, 80, 78, 71, 13, 10, 26, 10, 1, 2, 3]);

const job: PictureJob = {
  kind: 'picture',
  jobId: '01930000-0000-7000-8000-000000000000',
  requestId: '01930000-0000-7000-8000-00000000ff01',
  provider: 'google',
  model: 'gemini-nano-banana-2.1',
  prompt: 'a lighthouse at dusk, “très” calm 🌅',
  params: { aspectRatio: '3:2', seed: 7 },
};

const google = createGoogleService({ ...defaultOptions, retryDelayMs: () => 0 });

let server: GoogleServer;

beforeEach(async () => {
  server = await startGoogleServer({ picture: small });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

type Changes = {
  baseUrl?: string;
  apiKey?: string | null;
  signal?: AbortSignal;
  references?: Record<string, Uint8Array>;
};

function contextWith(changes: Changes = {}) {
  const google = {
    apiKey: changes.apiKey === undefined ? apiKey : changes.apiKey,
    baseUrl: changes.baseUrl ?? server.baseUrl,
  };
  return createServiceContext({ google }, changes.signal, changes.references);
}

async function expectFailure(
  result: ReturnType<Service['makePicture']>,
  code: ErrorCode,
  costMicroUsd: number | null,
): Promise<string> {
  const outcome = await result;
  expect(outcome).toMatchObject({ ok: false, code, message: expect.stringMatching(/\w/), costMicroUsd });
  expect(JSON.stringify(outcome)).not.toContain(apiKey);
  return outcome.ok ? '' : outcome.message;
}

const inline = (bytes: Uint8Array, mimeType = 'image/png') => ({
  inlineData: { mimeType, data: Buffer.from(bytes).toString('base64') },
});

describe('a picture', () => {
  it('sends the requested parameters and returns the bytes unchanged with the price', async () => {
    const bytes = await samplePicture('3:2');
    server.answerNext({ kind: 'picture', bytes });
    const made = await google.makePicture(job, contextWith());
    expect(made).toEqual({
      ok: true,
      bytes: expect.any(Uint8Array),
      mimeType: 'image/png',
      costMicroUsd: expect.any(Number),
    });
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

  it('is the first one that is not a thought, followed by the others in order and the text', async () => {
    const parts = [
      { text: 'Here ' },
      { ...inline(small), thoughtSignature: 'b25l' },
      { text: 'it is.' },
      { ...inline(Uint8Array.of(1)), thoughtSignature: 'dHdv' },
      { ...inline(Uint8Array.of(2)), thought: true },
      inline(Uint8Array.of(3), 'audio/wav'),
      { inlineData: { mimeType: 'image/png', data: '' } },
    ];
    server.answerNext({ kind: 'parts', parts });
    const made = await google.makePicture(job, contextWith());
    const read = made.ok && { ...made, bytes: [...made.bytes] };
    expect(read).toMatchObject({ bytes: [...small], signature: 'b25l', words: 'Here it is.' });
    expect(made.ok && made.further).toEqual([
      { bytes: Buffer.of(1), mimeType: 'image/png', signature: 'dHdv' },
    ]);
  });

  it('uses the configured address, whatever the environment contains', async () => {
    vi.stubEnv('GOOGLE_GENAI_USE_VERTEXAI', 'true');
    vi.stubEnv('GOOGLE_GENAI_USE_ENTERPRISE', 'true');
    vi.stubEnv('GOOGLE_GENAI_API_VERSION', 'v1alpha');
    vi.stubEnv('GOOGLE_GEMINI_BASE_URL', 'http://127.0.0.1:9');
    vi.stubEnv('GEMINI_API_KEY', 'another');
    const made = await google.makePicture(job, contextWith());
    expect(made.ok).toBe(true);
    expect(server.requests[0]).toMatchObject({ apiVersion: 'v1beta', apiKey });
  });

  it('costs the reported tokens if the model is billed by tokens', async () => {
    const made = await google.makePicture(job, contextWith());
    const promptTokens = Math.ceil(job.prompt.length / 4);
    expect(made).toMatchObject({ costMicroUsd: price + Math.ceil(promptTokens * 1.5) });
  });

  it('is requested in the chosen size from an unknown model', async () => {
    const typed = {
      ...job,
      model: 'gemini-of-next-year',
      params: { ...job.params, resolution: '4K' },
    } as const;
    const made = await google.makePicture(typed, contextWith());
    expect(made).toMatchObject({ ok: true, costMicroUsd: null });
    expect(server.requests[0]).toMatchObject({ model: 'gemini-of-next-year', imageSize: '4K' });
  });

  it.each([
    ['gemini-nano-banana-2.1', '2K', '2K'],
    ['gemini-nano-banana-2.1', undefined, '1K'],
    ['gemini-3.1-flash-lite-image', '4K', null],
  ] as const)('of %s at %s is requested as %s', async (model, resolution, imageSize) => {
    const params = { ...job.params, ...(resolution && { resolution }) };
    await google.makePicture({ ...job, model, params }, contextWith());
    expect(server.requests[0]).toMatchObject({ imageSize });
  });

  it('reports intermediate pictures and keeps the signature of the last', async () => {
    const parts = [
      { ...inline(Uint8Array.of(7)), thought: true },
      { ...inline(small), thoughtSignature: 'c2lnbmVk' },
    ];
    server.answerNext({ kind: 'parts', parts });
    const seen: (Uint8Array | undefined)[] = [];
    const context = {
      ...contextWith(),
      onProgress: (_: number | null, preview?: Uint8Array) => seen.push(preview),
    };
    const made = await google.makePicture(job, context);
    expect(made).toMatchObject({ ok: true, signature: 'c2lnbmVk' });
    expect(seen.map((bytes) => [...(bytes ?? [])])).toEqual([[7]]);
  });

  it('can be requested several times in parallel', async () => {
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
const raw = (status: number, contentType: string, body: string): GoogleAnswer => ({
  kind: 'raw',
  status,
  contentType,
  body,
});
const retryIn = (retryDelay: string) => [
  { '@type': 'type.googleapis.com/google.rpc.QuotaFailure', violations: [{ quotaId: 'PerMinute' }] },
  { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay },
];

describe('a failure', () => {
  it.each([
    ['29s', 'Try again in 29 seconds.'],
    ['0.4s', 'Try again in 1 second.'],
    ['12.01s', 'Try again in 13 seconds.'],
  ])('says when to try again: %s', async (delay, sentence) => {
    server.answerNext(error(429, 'RESOURCE_EXHAUSTED', retryIn(delay)));
    const outcome = await google.makePicture(job, contextWith());
    expect(outcome).toMatchObject({ code: 'rate_limited', message: expect.stringContaining(sentence) });
  });

  it.each([1, 2])('is retried if Google was busy %i times, because a retry costs nothing', async (times) => {
    for (let count = 0; count < times; count += 1) server.answerNext(error(503, 'UNAVAILABLE'));
    const made = await google.makePicture(job, contextWith());
    expect(made).toMatchObject({ ok: true });
    expect(server.requests).toHaveLength(times + 1);
  });

  it('is not retried after the user has cancelled', async () => {
    server.answerNext(error(503, 'UNAVAILABLE'));
    const user = new AbortController();
    const patient = createGoogleService({
      ...defaultOptions,
      retryDelayMs: () => {
        user.abort();
        return 600_000;
      },
    });
    await expectFailure(patient.makePicture(job, contextWith({ signal: user.signal })), 'cancelled', null);
    expect(server.requests).toHaveLength(1);
  });

  it('quotes the text that replaced the picture, shortened and without the key', async () => {
    const words = `${quoting} <b>No</b>\n${'why '.repeat(100)}`;
    server.answerNext({ kind: 'parts', parts: [{ text: 'Hm.', thought: true }, { text: words }] });
    const message = await expectFailure(google.makePicture(job, contextWith()), 'answered_with_words', null);
    expect(message).toMatch(/then try again\. It said: “API key … was used\. <b>No<\/b> why .+…”$/);
    expect(message.length).toBeLessThan(330);
  });

  it('does not send paid requests for a continuation token', async () => {
    const body = JSON.stringify({ candidates: [{ continuationToken: 'bW9yZQ==', content: { parts: [] } }] });
    server.answerNext(raw(200, 'application/json', body));
    await expectFailure(google.makePicture(job, contextWith()), 'no_picture', null);
    expect(server.requests).toHaveLength(1);
  });

  it('does not send the key to a redirect', async () => {
    const elsewhere = await startGoogleServer();
    const headers = { Location: `${elsewhere.baseUrl}/v1beta/models/x:generateContent` };
    server.answerNext({ kind: 'raw', status: 307, contentType: 'text/plain', body: '', headers });
    await expectFailure(google.makePicture(job, contextWith()), 'bad_answer', null);
    expect([...elsewhere.requests, ...elsewhere.rejections]).toEqual([]);
    await elsewhere.close();
  });
});

describe('no request is sent', () => {
  it.each([
    ['without a key', { apiKey: null }, 'key_missing'],
    ['with an empty key', { apiKey: '' }, 'key_missing'],
    ['with a key with invalid characters', { apiKey: `${apiKey}\n` }, 'key_rejected'],
    ['with a token of the live API', { apiKey: `auth_tokens/${apiKey}` }, 'key_rejected'],
    ['after a cancel', { signal: AbortSignal.abort() }, 'cancelled'],
  ] satisfies [string, Changes, ErrorCode][])('%s', async (_name, changes, code) => {
    await expectFailure(google.makePicture(job, contextWith(changes)), code, null);
    expect(server.requests).toEqual([]);
    expect(server.rejections).toEqual([]);
  });
});

describe('the connection closes', () => {
  const halfThenSilence: GoogleAnswer = { kind: 'picture', drip: { chunks: 2, everyMs: 600_000 } };

  it.each([
    ['before the answer', { kind: 'hang' }],
    ['during the answer', halfThenSilence],
  ] satisfies [string, GoogleAnswer][])('on cancel %s', async (_name, answer) => {
    server.answerNext(answer);
    const user = new AbortController();
    const result = google.makePicture(job, contextWith({ signal: user.signal }));
    await server.received(1);
    user.abort();
    await expectFailure(result, 'cancelled_late', price);
    await expect.poll(() => server.requests[0]?.abandoned).toBe(true);
  });

  it.each([
    ['before the answer', { kind: 'hang' }],
    ['during the answer', halfThenSilence],
  ] satisfies [string, GoogleAnswer][])('on timeout %s', async (_name, answer) => {
    server.answerNext(answer);
    const pass = holdTimeouts();
    const result = google.makePicture(job, contextWith());
    await server.received(1);
    pass(defaultOptions.timeoutMs);
    await expectFailure(result, 'timed_out', price);
  });
});

describe('an address of another server', () => {
  let neighbour: Server | undefined;

  afterEach(() => {
    neighbour?.close();
    neighbour = undefined;
  });

  /** Returns the port of a bare TCP server that calls `greet` for each connection. */
  async function startServer(greet: (socket: Socket) => void): Promise<number> {
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

  it('no server at the address', async () => {
    const closed = await startGoogleServer();
    await closed.close();
    await expectAt(closed.baseUrl, 'unreachable');
    await expectAt(closed.baseUrl.replace('127.0.0.1', 'localhost'), 'unreachable');
  });

  it('a server that has just stopped', async () => {
    await Promise.all([google.makePicture(job, contextWith()), google.makePicture(job, contextWith())]);
    await server.close();
    await expectAt(server.baseUrl, 'unreachable');
    server = await startGoogleServer();
  });

  it('a port that fetch blocks', () => expectAt('http://127.0.0.1:1', 'unreachable'));

  it('a server without TLS', () => expectAt(server.baseUrl.replace('http:', 'https:'), 'unreachable'));

  it('a server that hangs up during the TLS handshake', async () => {
    const port = await startServer((socket) => socket.once('data', () => socket.end()));
    await expectAt(`https://127.0.0.1:${port}`, 'unreachable');
  });

  it('a service that does not speak HTTP', async () => {
    const port = await startServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    await expectAt(`http://127.0.0.1:${port}`, 'bad_answer');
  });
});

describe('reference pictures', () => {
  const one = { imageId: '01930000-0000-7000-8000-000000000001', file: 'images/1.png', prompt: 'a fox' };
  const two = { imageId: '01930000-0000-7000-8000-000000000002', file: 'images/2.jpg', prompt: '' };
  const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 9);
  const references = { [one.imageId]: small, [two.imageId]: jpeg };
  const partOf = (bytes: Uint8Array, mimeType: string) => inline(bytes, mimeType);

  it('precede the prompt with their own formats', async () => {
    const both = [
      { ...two, signature: null },
      { ...one, signature: null },
    ];
    await google.makePicture({ ...job, references: both }, contextWith({ references }));
    expect(server.requests[0]?.contents).toEqual([
      { role: 'user', parts: [partOf(jpeg, 'image/jpeg'), partOf(small, 'image/png'), { text: job.prompt }] },
    ]);
  });

  it('continue the turn that made the first, with its signature', async () => {
    const both = [
      { ...one, signature: 'c2lnbmVk' },
      { ...two, signature: null },
    ];
    const made = await google.makePicture({ ...job, references: both }, contextWith({ references }));
    expect(made.ok).toBe(true);
    expect(server.requests[0]?.contents).toEqual([
      { role: 'user', parts: [{ text: 'a fox' }] },
      { role: 'model', parts: [{ ...partOf(small, 'image/png'), thoughtSignature: 'c2lnbmVk' }] },
      { role: 'user', parts: [partOf(jpeg, 'image/jpeg'), { text: job.prompt }] },
    ]);
  });

  it('are sent as a single turn if the model rejects the signature', async () => {
    const problem =
      'Unable to submit request because it has an invalid thought signature for content at index 1.';
    server.answerNext({ kind: 'error', status: 400, code: 'INVALID_ARGUMENT', message: problem });
    const edit = { ...job, references: [{ ...one, signature: 'b2xk' }] };
    const made = await google.makePicture(edit, contextWith({ references }));
    expect(made.ok).toBe(true);
    expect(server.requests.map(({ contents }) => contents.length)).toEqual([3, 1]);
  });

  it.each([
    ['is missing', {}, 'file_missing'],
    [
      'has a format that Google does not accept',
      { [one.imageId]: Buffer.from('GIF89a') },
      'request_rejected',
    ],
  ] as const)('cause a failure if one %s', async (_name, found, code) => {
    const edit = { ...job, references: [{ ...one, signature: null }] };
    await expectFailure(google.makePicture(edit, contextWith({ references: found })), code, null);
    expect(server.requests).toEqual([]);
  });

  it('are limited to the model’s maximum', async () => {
    const four = Array.from({ length: 4 }, () => ({ ...one, signature: null }));
    const small = { ...job, model: 'gemini-2.5-flash-image', references: four };
    const message = await expectFailure(
      google.makePicture(small, contextWith({ references })),
      'request_rejected',
      null,
    );
    expect(message).toContain('at most 3 pictures');
  });
});
