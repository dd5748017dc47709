// Pictures that OpenAI streams, preceded by a partial picture.
import { afterEach, beforeEach, expect, it, test } from 'vitest';
import type { PictureJob } from '../../../../shared/generator/jobs';
import { type OpenaiServer, startOpenaiServer } from '../../../../tests/servers/openai-server';
import { createServiceContext } from '../test-context';
import { createOpenaiService } from './openai';

const openai = createOpenaiService({ timeoutMs: 60_000, retryDelayMs: () => 0 });
const picture = Buffer.from('\x89PNG\r\n\x1a\n done', 'latin1');
const partial = Buffer.from('\x89PNG\r\n\x1a\n half', 'latin1');
const job: PictureJob = {
  ...{ kind: 'picture', jobId: '01930000-0000-7000-8000-000000000000' },
  ...{ requestId: '01930000-0000-7000-8000-00000000ff01', provider: 'openai', model: 'gpt-image-2' },
  ...{ prompt: 'a fox', params: { aspectRatio: '1:1', seed: 7 } },
};
const usage = {
  input_tokens: 10,
  output_tokens: 1156,
  input_tokens_details: { text_tokens: 10, image_tokens: 0 },
};

let server: OpenaiServer;

beforeEach(async () => {
  server = await startOpenaiServer({ picture });
});
afterEach(() => server.close());

async function make(changes: Partial<PictureJob> = {}) {
  const previews: Buffer[] = [];
  const configuration = { openai: { apiKey: 'key', baseUrl: server.baseUrl } };
  const context = createServiceContext(configuration, undefined, { r: picture });
  const onProgress = (_fraction: number | null, bytes?: Uint8Array) => {
    if (bytes) previews.push(Buffer.from(bytes));
  };
  const made = await openai.makePicture({ ...job, ...changes }, { ...context, onProgress });
  return { made, previews };
}

const event = (type: string, bytes: Uint8Array, more: object = {}) => ({
  type,
  b64_json: Buffer.from(bytes).toString('base64'),
  ...more,
});

it.each([
  ['a picture', 'image_generation', []],
  ['an edit', 'image_edit', [{ imageId: 'r', file: 'r.png', prompt: '', signature: null }]],
] as const)(
  'shows the unfinished version of %s, and costs what the last event says',
  async (_what, name, references) => {
    server.answerNext({
      kind: 'stream',
      chunks: [
        event(`${name}.partial_image`, partial),
        event(`${name}.completed`, picture, { usage, output_format: 'png' }),
      ],
    });
    const { made, previews } = await make({ references });
    expect(made).toMatchObject({ ok: true, mimeType: 'image/png', costMicroUsd: expect.any(Number) });
    expect(made.ok && Buffer.from(made.bytes)).toEqual(picture);
    expect(previews).toEqual([partial]);
    const { stream, partial_images: count } = server.requests[0]?.fields ?? {};
    expect([String(stream), Number(count)]).toEqual(['true', 1]);
  },
);

test('repeats the request without a stream if the service refuses streams, which costs nothing', async () => {
  const error = {
    message: "Unknown parameter: 'partial_images'.",
    type: 'invalid_request_error',
    param: 'partial_images',
  };
  server.answerNext({ kind: 'error', status: 400, error });
  const { made } = await make();
  expect(made).toMatchObject({ ok: true });
  expect(server.requests.map(({ fields }) => 'stream' in fields)).toEqual([true, false]);
  // Only the refused parameters are omitted.
  expect(server.requests[1]?.fields).toMatchObject({ size: '1024x1024', quality: 'medium' });
});

test('reads a single document instead of a stream', async () => {
  const { made, previews } = await make();
  expect(made.ok && Buffer.from(made.bytes)).toEqual(picture);
  expect(previews).toEqual([]);
});

test('reports a possible charge if the stream ends after the partial picture', async () => {
  server.answerNext({ kind: 'stream', chunks: [event('image_generation.partial_image', partial)] });
  expect((await make()).made).toMatchObject({ ok: false, code: 'connection_lost', costMicroUsd: 52_700 });
});

test('reports a possible charge for an error within the stream', async () => {
  server.answerNext({
    kind: 'stream',
    chunks: [{ error: { message: 'No.', type: 'server_error', code: null } }],
  });
  expect((await make()).made).toMatchObject({
    ok: false,
    code: 'provider_unavailable',
    costMicroUsd: 52_700,
  });
});

test('requests no stream from another model', async () => {
  await make({ model: 'dall-e-3' });
  expect(server.requests[0]?.fields).not.toHaveProperty('stream');
});
