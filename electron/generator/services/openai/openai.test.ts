// The OpenAI service against a loopback server, through the SDK. Its failures: tests/failures/openai.ts.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PictureJob, TextJob } from '../../../../shared/generator/jobs';
import { sayInEnglish } from '../../../../shared/languages/sentence';
import { holdTimeouts } from '../../../../tests/harness/hold-timeouts';
import {
  chunk,
  type OpenaiAnswer,
  type OpenaiServer,
  startOpenaiServer,
  usageChunk,
  words,
} from '../../../../tests/servers/openai-server';
import { samplePicture } from '../../../../tests/servers/sample-picture';
import { createServiceContext } from '../test-context';
import { createOpenaiService } from './openai';

const apiKey = 'sk-secret-of-this-test';
const small = Uint8Array.from([137, 80, 78, 71, 13, 10, 26, 10, 1, 2, 3]);
const timing = { timeoutMs: 60_000, retryDelayMs: () => 0 };
const openai = createOpenaiService(timing);

const job: PictureJob = {
  kind: 'picture',
  jobId: '01930000-0000-7000-8000-000000000000',
  requestId: '01930000-0000-7000-8000-00000000ff01',
  provider: 'openai',
  model: 'gpt-image-1',
  prompt: 'a lighthouse at dusk, “très” calm 🌅',
  params: { aspectRatio: '3:2', seed: 7 },
};

let server: OpenaiServer;

beforeEach(async () => {
  server = await startOpenaiServer({ picture: small });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

function contextWith(
  changes: { baseUrl?: string; apiKey?: string | null; signal?: AbortSignal } = {},
  references: Record<string, Uint8Array> = {},
) {
  const key = changes.apiKey === undefined ? apiKey : changes.apiKey;
  const configuration = { openai: { apiKey: key, baseUrl: changes.baseUrl ?? server.baseUrl } };
  return createServiceContext(configuration, changes.signal, references);
}

const refusal = (param: string, message = `Invalid value for '${param}'.`): OpenaiAnswer => ({
  kind: 'error',
  status: 400,
  error: { message, type: 'invalid_request_error', param, code: 'invalid_value' },
});

describe('a picture', () => {
  it('sends the requested parameters and returns the bytes unchanged', async () => {
    const bytes = await samplePicture('3:2');
    server.answerNext({ kind: 'picture', bytes });
    const made = await openai.makePicture(job, contextWith());
    expect(made).toMatchObject({ ok: true, costMicroUsd: 63_000 });
    expect(made.ok && Buffer.compare(made.bytes, bytes)).toBe(0);
    expect(server.rejections).toEqual([]);
    expect(server.requests).toMatchObject([
      {
        path: '/v1/images/generations',
        authorization: `Bearer ${apiKey}`,
        fields: { model: job.model, prompt: job.prompt, n: 1, size: '1536x1024', quality: 'medium' },
      },
    ]);
  });

  it('costs the reported tokens', async () => {
    const usage = { input_tokens: 120, output_tokens: 1584, input_tokens_details: { image_tokens: 100 } };
    server.answerNext({ kind: 'picture', usage });
    const made = await openai.makePicture(job, contextWith());
    expect(made).toMatchObject({ ok: true, costMicroUsd: 20 * 5 + 100 * 10 + 1584 * 40 });
  });

  it.each([
    ['gpt-image-1', '9:16', { size: '1024x1536', quality: 'medium' }],
    ['dall-e-3', '16:9', { size: '1792x1024', response_format: 'b64_json' }],
    ['dall-e-2', '16:9', { size: '1024x1024', response_format: 'b64_json' }],
    ['flux.1-dev', '16:9', { size: '1344x768', response_format: 'b64_json' }],
  ] as const)(
    'of %s at %s is requested with the parameters of that model',
    async (model, aspectRatio, wanted) => {
      await openai.makePicture({ ...job, model, params: { aspectRatio, seed: 7 } }, contextWith());
      expect(server.rejections).toEqual([]);
      expect(server.requests[0]?.fields).toMatchObject(wanted);
    },
  );

  it('is retried in a common size if the service rejects the first', async () => {
    server.answerNext(refusal('size'));
    const made = await openai.makePicture({ ...job, model: 'flux.1-dev' }, contextWith());
    expect(made.ok).toBe(true);
    expect(server.requests.map(({ fields }) => fields['size'])).toEqual(['1280x832', '1536x1024']);
  });

  it('is requested without a size if the common size is rejected too', async () => {
    server.answerNext(refusal('size'));
    server.answerNext(refusal('size'));
    const made = await openai.makePicture({ ...job, model: 'flux.1-dev' }, contextWith());
    expect(made.ok).toBe(true);
    expect(server.requests.map(({ fields }) => fields['size'])).toEqual(['1280x832', '1536x1024', undefined]);
  });

  it('is not retried a third time if the size is still rejected', async () => {
    server.answerNext(refusal('size'));
    server.answerNext(refusal('size'));
    server.answerNext(refusal('size', `Sizes of ${apiKey} are 512x512.`));
    const made = await openai.makePicture({ ...job, model: 'flux.1-dev' }, contextWith());
    expect(made).toMatchObject({ code: 'setting_rejected', message: expect.stringMatching(/512x512\.”$/) });
    expect(JSON.stringify(made)).not.toContain(apiKey);
    expect(server.requests).toHaveLength(3);
  });

  it.each(['response_format', 'quality'])('is retried without %s if the service rejects it', async (name) => {
    const model = name === 'quality' ? 'gpt-image-1' : 'flux.1-dev';
    server.answerNext({
      kind: 'raw',
      status: 422,
      contentType: 'application/json',
      body: JSON.stringify({ error: { message: `Unknown parameter: ${name}` } }),
    });
    const made = await openai.makePicture({ ...job, model }, contextWith());
    expect(made.ok).toBe(true);
    expect(server.requests.map(({ fields }) => name in fields)).toEqual([true, false]);
  });

  it('is not retried if its prompt was rejected', async () => {
    server.answerNext({
      kind: 'error',
      status: 400,
      error: { message: 'The size of it!', code: 'moderation_blocked', type: 'image_generation_user_error' },
    });
    expect(await openai.makePicture(job, contextWith())).toMatchObject({ code: 'blocked_prompt' });
    expect(server.requests).toHaveLength(1);
  });

  it('is downloaded from the service’s link without the key', async () => {
    server.answerNext({ kind: 'picture', form: 'url' });
    const made = await openai.makePicture({ ...job, model: 'dall-e-3' }, contextWith());
    expect(made.ok && [...made.bytes]).toEqual([...small]);
    expect(server.fetched().map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  it.each([1, 2])('is retried if the service was busy %i times', async (times) => {
    for (let count = 0; count < times; count += 1) {
      server.answerNext({ kind: 'error', status: 503, error: { message: 'Overloaded' } });
    }
    expect(await openai.makePicture(job, contextWith())).toMatchObject({ ok: true });
    expect(server.requests).toHaveLength(times + 1);
  });

  it('uses the configured address, whatever the environment contains', async () => {
    vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:9');
    vi.stubEnv('OPENAI_API_KEY', 'another');
    vi.stubEnv('OPENAI_ORG_ID', 'another');
    vi.stubEnv('OPENAI_PROJECT_ID', 'another');
    expect(await openai.makePicture(job, contextWith())).toMatchObject({ ok: true });
    expect(server.requests[0]?.authorization).toBe(`Bearer ${apiKey}`);
    expect(JSON.stringify(server.requests[0]?.incoming.headers)).not.toContain('another');
  });

  it('sends no key to a service on this computer', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'another');
    expect(await openai.makePicture(job, contextWith({ apiKey: null }))).toMatchObject({ ok: true });
    expect(server.requests[0]?.authorization).toBeNull();
  });

  it('sends reference pictures as files', async () => {
    const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 9);
    const reference = (imageId: string) => ({
      imageId,
      file: `images/${imageId}`,
      prompt: '',
      signature: null,
    });
    const edit = { ...job, references: [reference('one'), reference('two')] };
    const made = await openai.makePicture(edit, contextWith({}, { one: small, two: jpeg }));
    expect(made).toMatchObject({ ok: true });
    expect(server.rejections).toEqual([]);
    expect(server.requests[0]).toMatchObject({
      path: '/v1/images/edits',
      fields: { model: job.model, prompt: job.prompt, size: '1536x1024' },
      files: [{ type: 'image/png' }, { type: 'image/jpeg' }],
    });
    expect(server.requests[0]?.files.map(({ bytes }) => [...bytes])).toEqual([[...small], [...jpeg]]);
  });
});

it('closes the connection on cancel', async () => {
  server.answerNext({ kind: 'picture', mishap: { kind: 'hang' } });
  const user = new AbortController();
  const made = openai.makePicture(job, contextWith({ signal: user.signal }));
  await server.received(1);
  user.abort();
  expect(await made).toMatchObject({ code: 'cancelled_late', costMicroUsd: 63_000 });
  await expect.poll(() => server.requests[0]?.incoming.abandoned).toBe(true);
});

describe('a reply', () => {
  const imageId = '01930000-0000-7000-8000-000000000001';
  const textJob: TextJob = {
    kind: 'text',
    jobId: job.jobId,
    requestId: '01930000-0000-7000-8000-00000000ff01',
    provider: 'openai',
    model: 'gpt-5-mini',
    text: 'make it night',
    history: [
      { role: 'user', text: 'a fox', pictures: [] },
      { role: 'assistant', text: '', pictures: [{ imageId, prompt: 'a red\nfox' }] },
    ],
  };

  it('streams, and receives the conversation so far', async () => {
    server.answerNext(words('Good', ' evening', '.'));
    const context = contextWith();
    const replied = await openai.reply(textJob, context);
    expect(replied).toEqual({ ok: true, text: 'Good evening.', pictures: [], costMicroUsd: 25 + 20 });
    expect(context.receivedText).toEqual(['Good', ' evening', '.']);
    expect(server.rejections).toEqual([]);
    expect(server.requests[0]?.fields['messages']).toEqual([
      { role: 'system', content: expect.stringContaining('generate_image') },
      { role: 'user', content: 'a fox' },
      { role: 'assistant', content: `[picture ${imageId}: a red fox]` },
      { role: 'user', content: 'make it night' },
    ]);
  });

  it('requests pictures by a tool call that arrives in pieces', async () => {
    const call = (index: number, name: string | null, args: string) =>
      chunk({ tool_calls: [{ index, function: { ...(name && { name }), arguments: args } }] });
    const first = JSON.stringify({
      prompt: 'the fox at night',
      aspect_ratio: '16:9',
      count: 2,
      edits: imageId,
    });
    server.answerNext({
      kind: 'stream',
      chunks: [
        chunk({ role: 'assistant', content: null }),
        call(0, 'generate_image', first.slice(0, 20)),
        call(0, null, first.slice(20)),
        call(1, 'generate_image', '{"prompt": "an owl"}'),
        call(2, 'generate_image', '{"prompt": '),
        call(3, 'delete_everything', '{"prompt": "x"}'),
        chunk({}, 'tool_calls'),
        usageChunk(10, 10),
      ],
    });
    expect(await openai.reply(textJob, contextWith())).toMatchObject({
      ok: true,
      text: '',
      pictures: [
        { prompt: 'the fox at night', aspectRatio: '16:9', count: 2, edits: imageId },
        { prompt: 'an owl', aspectRatio: null, count: 1, edits: null },
      ],
    });
  });

  it('is retried without tools if the model supports none', async () => {
    const message = 'registry/small:1b does not support tools';
    server.answerNext({ kind: 'error', status: 400, error: { message, type: 'api_error' } });
    const replied = await openai.reply({ ...textJob, model: 'small:1b' }, contextWith());
    expect(replied).toMatchObject({ ok: true, text: 'Hello there.', costMicroUsd: null });
    expect(server.requests.map(({ fields }) => 'tools' in fields)).toEqual([true, false]);
  });
});

describe('the settings of a service', () => {
  it('list its models by output, without unusable ones', async () => {
    await server.close();
    const models = [
      'gpt-image-1',
      'gpt-5-mini',
      'whisper-1',
      'text-embedding-3-small',
      'flux.1-dev',
      'llama3:8b',
    ];
    server = await startOpenaiServer({ models });
    expect(await openai.listModels?.(contextWith())).toEqual({
      ok: true,
      models: [
        { id: 'gpt-image-1', label: 'gpt-image-1', makes: 'pictures' },
        { id: 'gpt-5-mini', label: 'gpt-5-mini', makes: 'text' },
        { id: 'flux.1-dev', label: 'flux.1-dev', makes: 'pictures' },
        { id: 'llama3:8b', label: 'llama3:8b', makes: null },
      ],
    });
  });

  it.each([
    [{}, 'The service accepts this API key. It offers 1 model.'],
    [{ apiKey: null }, 'The service answers. It offers 1 model.'],
  ])('confirm that it works: %o', async (changes, words) => {
    const checked = await openai.check?.(contextWith(changes));
    expect(checked?.ok && sayInEnglish(checked.says)).toBe(words);
  });

  it.each([
    [401, 'application/json', `{"error":{"message":"Incorrect API key: ${apiKey}"}}`, 'key_rejected'],
    [200, 'text/html', '<!doctype html>', 'bad_answer'],
    [200, 'application/json', '[]', 'bad_answer'],
  ])('report a failure: %i, %s', async (status, contentType, body, code) => {
    server.answerNext({ kind: 'raw', status, contentType, body });
    const verdict = await openai.check?.(contextWith());
    expect(verdict).toMatchObject({ ok: false, code, message: expect.stringMatching(/\w/) });
    expect(JSON.stringify(verdict)).not.toContain(apiKey);
  });

  it('stop waiting after the timeout', async () => {
    server.answerNext({
      kind: 'raw',
      status: 200,
      contentType: 'application/json',
      body: '{}',
      mishap: { kind: 'hang' },
    });
    const pass = holdTimeouts();
    const verdict = openai.check?.(contextWith());
    await server.received(1);
    pass(timing.timeoutMs);
    expect(await verdict).toMatchObject({
      code: 'unreachable',
      message: expect.not.stringMatching(/charge/),
    });
  });
});
