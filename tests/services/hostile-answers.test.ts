// Answers that were paid for and are partly broken: what can be read is kept, and what an answer cost is not forgotten.
import { describe, expect, onTestFinished, test } from 'vitest';
import type { PictureContext } from '../../electron/generator/services/service';
import { useServiceDirectory } from '../../shared/domain/service-directory';
import { serviceKinds } from '../../shared/domain/service-kinds';
import { type PictureJob, unconfigured } from '../../shared/generator/jobs';
import { type Body, json, raw, startLoopback } from '../servers/loopback';
import { smallPicture } from '../servers/wire/wire-server';
import { type Subject, subjects } from './subjects';

const timing = { timeoutMs: 60_000, retryDelayMs: () => 1, pollMs: 1 };
const id = '01234567-89ab-7def-8123-456789abcdef';
const base64 = Buffer.from(smallPicture).toString('base64');
const file: Body = { status: 200, contentType: 'image/png', bytes: smallPicture };

useServiceDirectory(
  subjects.map(({ kind }) => ({ id: kind, kind, name: serviceKinds[kind].label, address: null })),
);

/** The answer to a request with this path; `origin` is the server's. */
type Answer = (path: string, origin: string) => unknown;

async function ask(kind: Subject['kind'], answer: Answer, changes: Partial<PictureJob> = {}) {
  const server = await startLoopback(({ path }) => {
    if (path === '/made.png') return { body: file };
    if (path === '/gone.png') return { body: raw(404, 'text/plain', 'Not found') };
    return { body: json(200, answer(path, server.origin)) };
  });
  onTestFinished(() => server.close());
  return askAt(server.origin, kind, timing, changes);
}

async function askAt(
  baseUrl: string,
  kind: Subject['kind'],
  within: typeof timing,
  changes: Partial<PictureJob> = {},
) {
  const subject = subjects.find((known) => known.kind === kind);
  if (!subject) throw new Error('No such subject.');
  const job: PictureJob = {
    ...{ kind: 'picture', jobId: id, requestId: id, provider: kind, prompt: 'a lighthouse' },
    ...{ model: subject.model, params: { aspectRatio: '1:1', seed: 7 } },
    ...changes,
  };
  const context: PictureContext = {
    service: { ...unconfigured({ id: kind, kind, name: 'A' }), apiKey: 'key', baseUrl },
    signal: new AbortController().signal,
    readReference: async () => smallPicture,
    prepareEdit: async () => null,
    paint: async () => null,
    changeHere: () => Promise.reject(new Error('Nothing is changed here.')),
    onProgress: () => {},
  };
  return subject.create(within).makePicture(job, context);
}

/** A list with a picture, entries that none of them is, and another picture. */
const amid = (good: unknown, ...bad: unknown[]) => [7, good, null, ...bad, good];
const link = (origin: string) => `${origin}/made.png`;
const replicateJob = (status: string, output: unknown) => ({
  ...{ id: 'j', status, output, error: 7, urls: { get: 'predictions/j', cancel: 7 } },
});

const partly: readonly [Subject['kind'], Answer][] = [
  ['openai', () => ({ data: amid({ b64_json: base64 }, { b64_json: 7 }), usage: 'none' })],
  ['xai', () => ({ data: amid({ b64_json: base64, url: 7 }, { b64_json: [] }), usage: { cost: 'much' } })],
  ['openrouter', () => ({ data: amid({ b64_json: base64, media_type: 7 }), usage: [] })],
  ['volcengine', (_, origin) => ({ data: amid({ url: link(origin), b64_json: null }, { error: {} }) })],
  ['together', () => ({ data: amid({ b64_json: base64 }) })],
  ['siliconflow', (_, origin) => ({ images: amid({ url: link(origin) }, { url: 7 }) })],
  [
    'replicate',
    (path, origin) => replicateJob(path.endsWith('/j') ? 'succeeded' : 'starting', amid(link(origin))),
  ],
  ['fireworks', () => ({ base64: amid(base64) })],
  [
    'fal',
    (path, origin) =>
      path.endsWith('/status')
        ? { status: 'COMPLETED', error: 7 }
        : path === '/result'
          ? { images: amid({ url: link(origin), content_type: 7 }, { url: 7 }), has_nsfw_concepts: [7] }
          : { status_url: `${origin}/status`, response_url: `${origin}/result`, cancel_url: null },
  ],
  [
    'alibaba',
    (path, origin) =>
      path.includes('/tasks/')
        ? { output: { task_status: 'SUCCEEDED', results: amid({ url: link(origin) }, { url: 7 }), code: 7 } }
        : { output: { task_status: 'PENDING', task_id: 't' } },
  ],
  [
    'sd-server',
    (path) =>
      path.endsWith('/capabilities')
        ? {}
        : { id: 'j', status: 'completed', result: { images: amid({ b64_json: base64 }), output_format: 7 } },
  ],
];

describe.each(partly)('%s', (kind, answer) => {
  test('brings the pictures of an answer that can be read', async () => {
    const made = await ask(kind, answer);
    if (!made.ok) throw new Error(JSON.stringify(made));
    const all = [made, ...(made.further ?? [])].map(({ bytes }) => Buffer.from(bytes).toString('base64'));
    expect(all).toEqual([base64, base64]);
  });
});

test('of twelve pictures, the ten that can be fetched are kept in their order, and two are counted', async () => {
  const made = await ask('siliconflow', (_, origin) => ({
    images: Array.from({ length: 12 }, (_, index) => ({
      url: `${origin}/${index === 3 || index === 11 ? 'gone' : 'made'}.png`,
    })),
  }));
  expect(made).toMatchObject({ ok: true, lost: 2 });
  expect(made.ok && made.further).toHaveLength(9);
});

describe('an answer without a picture', () => {
  test('that says what it cost was charged', async () => {
    const made = await ask('xai', () => ({ data: [], usage: { cost_in_usd_ticks: 200_000_000 } }));
    expect(made).toMatchObject({ ok: false, code: 'no_picture', costMicroUsd: 20_000 });
    const free = await ask('openrouter', () => ({ data: [], usage: { cost: 0 } }));
    expect(free).toMatchObject({ ok: false, code: 'no_picture', costMicroUsd: null });
  });

  test('of which no entry can be read may have been charged', async () => {
    const made = await ask('openrouter', () => ({ data: [7, 'a picture'] }));
    expect(made).toMatchObject({ ok: false, code: 'bad_answer', costMicroUsd: expect.any(Number) });
  });

  test('but with words says them', async () => {
    const words = { choices: [{ message: { content: [{ text: 'I draw no <b>lighthouse</b>, key.' }] } }] };
    const made = await ask('alibaba', () => ({ output: words }), { model: 'qwen-image-max' });
    expect(made).toMatchObject({ ok: false, code: 'answered_with_words', costMicroUsd: null });
    expect(made.ok ? '' : made.message).toContain('I draw no <b>lighthouse</b>, ….');
  });
});

test.each([
  ['openai', 52_700],
  ['xai', 0],
  ['together', 0],
] as const)('an answer of %s that drips until the time is over may have been charged', async (kind, cost) => {
  let isAsked = false;
  const server = await startLoopback(() => {
    isAsked = true;
    return {
      body: json(200, { data: [{ b64_json: base64.repeat(1000) }] }),
      mishap: { kind: 'drip' },
    };
  });
  onTestFinished(() => server.close());
  let made: Awaited<ReturnType<typeof askAt>> | null = null;
  // On a busy computer the time may be over before the request has arrived.
  for (let timeoutMs = 400; !isAsked; timeoutMs *= 4)
    made = await askAt(server.origin, kind, { ...timing, timeoutMs });
  expect(made).toMatchObject({ ok: false, code: 'timed_out', costMicroUsd: cost });
});

test('words beside a picture are kept', async () => {
  const content = [{ text: 'Here it is.' }, { image: `data:image/png;base64,${base64}` }, { text: 7 }];
  const made = await ask('alibaba', () => ({ output: { choices: [{ message: { content } }] } }), {
    model: 'qwen-image-max',
  });
  expect(made).toMatchObject({ ok: true, words: 'Here it is.' });
});

test.each([
  ['dollars', { cost: 0.0123 }, 12_300],
  ['ticks', { cost_in_usd_ticks: 123_000_000 }, 12_300],
  ['amounts that cannot be', { cost: -1, cost_in_usd_ticks: 1e300 }, null],
  ['amounts of another type', { cost: '0.01', cost_in_usd_ticks: null }, null],
] as const)(
  'an answer in OpenAI’s form that reports %s costs so much at any service',
  async (_, usage, cost) => {
    const made = await ask('deepinfra', () => ({ data: [{ b64_json: base64 }], usage }));
    expect(made).toMatchObject({ ok: true, costMicroUsd: cost });
  },
);

describe.each(
  subjects.filter(({ kind }) => !['comfyui', 'automatic1111', 'google', 'vertex', 'imagen'].includes(kind)),
)('$kind', ({ kind }) => {
  test.each(['модель “x”', "a'b\\c", 'q?a=b&c#d', '画像 モデル', '%2e%2e'])(
    'asks for the model %s by this name',
    async (model) => {
      const bodies: string[] = [];
      const server = await startLoopback(({ path, bytes }) => {
        bodies.push(decodeURIComponent(path), bytes.toString('utf8'));
        return { body: json(404, { error: { message: 'No such model.' } }) };
      });
      onTestFinished(() => server.close());
      const made = await askAt(server.origin, kind, timing, { model });
      expect(made).toMatchObject({ ok: false, costMicroUsd: null });
      // sd-server has one model and is asked for no other.
      if (kind === 'sd-server') return;
      const quoted = JSON.stringify(model).slice(1, -1);
      expect(bodies.some((text) => text.includes(model) || text.includes(quoted))).toBe(true);
    },
  );
});
