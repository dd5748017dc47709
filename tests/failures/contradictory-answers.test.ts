// Gives every field of a paid answer values that it cannot have, and checks that the picture or the text still arrives.
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAutomatic1111Service } from '../../electron/generator/services/automatic1111/automatic1111';
import { createGoogleService } from '../../electron/generator/services/google/google';
import { createImagenService } from '../../electron/generator/services/imagen/imagen';
import { createOpenaiService } from '../../electron/generator/services/openai/openai';
import type { MadePicture, Reply, ServiceFailure } from '../../electron/generator/services/service';
import { createServiceContext } from '../../electron/generator/services/test-context';
import { pictureJobOf, textJobOf } from './jobs';

const timing = { timeoutMs: 60_000, retryDelayMs: () => 0 };
const clock = { now: () => 1_790_000_000_000 };
const google = createGoogleService({ ...timing, clock });
const imagen = createImagenService({ ...timing, clock });
const openai = createOpenaiService(timing);

const picture = Buffer.from('89504e470d0a1a0a0102030405', 'hex').toString('base64');
const text = 'A fox.';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Answer = MadePicture | Reply | ServiceFailure;
type Case = {
  answer: Json;
  /** The paths that hold what the user wants; everything around them must be there. */
  wanted: readonly string[];
  isStream?: boolean;
  send: (origin: string) => Promise<Answer>;
};

const cases: Readonly<Record<string, Case>> = {
  'a picture of Google': {
    answer: {
      candidates: [
        {
          content: {
            parts: [
              { text: 'Here', thought: true },
              { inlineData: { mimeType: 'image/png', data: picture }, thoughtSignature: 'c2ln' },
            ],
            role: 'model',
          },
          finishReason: 'STOP',
          index: 0,
          safetyRatings: [],
        },
      ],
      promptFeedback: { blockReason: 'BLOCK_REASON_UNSPECIFIED', safetyRatings: [] },
      usageMetadata: {
        promptTokenCount: 9,
        candidatesTokenCount: 1290,
        thoughtsTokenCount: 3,
        candidatesTokensDetails: [{ modality: 'IMAGE', tokenCount: 1290 }],
      },
      modelVersion: 'a model',
      responseId: 'an id',
    },
    wanted: ['candidates.0.content.parts.1.inlineData.data'],
    send: (baseUrl) =>
      google.makePicture(
        pictureJobOf('google', 'gemini-nano-banana-2.1'),
        createServiceContext({ google: { apiKey: 'key', baseUrl } }),
      ),
  },
  'a picture of Imagen': {
    answer: {
      predictions: [{ bytesBase64Encoded: picture, mimeType: 'image/png', raiFilteredReason: '' }],
      model: 'imagen',
    },
    wanted: ['predictions.0.bytesBase64Encoded'],
    send: (baseUrl) =>
      imagen.makePicture(
        {
          ...pictureJobOf('imagen', 'imagen-4.0-generate-001'),
          params: { aspectRatio: '4:3', seed: 7 },
        },
        createServiceContext({ imagen: { apiKey: 'key', baseUrl, project: null, location: null } }),
      ),
  },
  'a picture of OpenAI': {
    answer: {
      created: 1,
      data: [{ b64_json: picture, url: null, revised_prompt: 'A fox' }],
      output_format: 'png',
      usage: {
        input_tokens: 9,
        output_tokens: 1056,
        input_tokens_details: { image_tokens: 0, text_tokens: 9 },
      },
    },
    wanted: ['data.0.b64_json'],
    send: (baseUrl) =>
      openai.makePicture(
        pictureJobOf('openai', 'gpt-image-1'),
        createServiceContext({ openai: { apiKey: 'key', baseUrl } }),
      ),
  },
  'a picture of the web UI': {
    answer: { images: [picture, 'more'], parameters: {}, info: '{}' },
    wanted: ['images.0'],
    send: (baseUrl) =>
      createAutomatic1111Service({ ...timing, pollMs: 10_000 }).makePicture(
        pictureJobOf('automatic1111', 'current'),
        createServiceContext({ automatic1111: { baseUrl } }),
      ),
  },
  'an answer of Google': {
    answer: {
      candidates: [{ content: { parts: [{ text }] }, finishReason: 'STOP', index: 0 }],
      usageMetadata: { promptTokenCount: 9, candidatesTokenCount: 3, thoughtsTokenCount: 1 },
    },
    // Without a finish reason the answer counts as cut off, and keeps its text.
    wanted: ['candidates.0.content.parts.0.text', 'candidates.0.finishReason'],
    isStream: true,
    send: (baseUrl) =>
      google.reply(
        textJobOf('google', 'gemini-3.8-flash'),
        createServiceContext({ google: { apiKey: 'key', baseUrl } }),
      ),
  },
  'an answer of OpenAI': {
    answer: {
      id: 'an id',
      choices: [
        {
          index: 0,
          delta: {
            content: text,
            refusal: null,
            tool_calls: [{ index: 0, function: { name: 'other', arguments: '{}' } }],
          },
          finish_reason: 'stop',
        },
      ],
      usage: { prompt_tokens: 9, completion_tokens: 3 },
    },
    wanted: ['choices.0.delta.content', 'choices.0.finish_reason'],
    isStream: true,
    send: (baseUrl) =>
      openai.reply(
        textJobOf('openai', 'gpt-5-mini'),
        createServiceContext({ openai: { apiKey: 'key', baseUrl } }),
      ),
  },
};

const wrong: readonly Json[] = [
  null,
  true,
  -5,
  1e300,
  'twelve',
  '12',
  [],
  ['x'],
  {},
  { deep: [{}] },
  [null, 7],
];

/** Returns the paths of all values within an answer, the outer ones first. */
function pathsIn(value: Json, at: readonly string[] = []): string[] {
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    [...at, key].join('.'),
    ...pathsIn(inner, [...at, key]),
  ]);
}

/** Returns a copy in which one value is another one. */
function replaced(answer: Json, path: string, value: Json): Json {
  const [key = '', ...rest] = path.split('.');
  if (answer === null || typeof answer !== 'object') return answer;
  const inner = Object.entries(answer).map(([name, old]): [string, Json] => {
    if (name !== key) return [name, old];
    return [name, rest.length === 0 ? value : replaced(old, rest.join('.'), value)];
  });
  return Array.isArray(answer) ? inner.map(([, entry]) => entry) : Object.fromEntries(inner);
}

let body = '';
let contentType = '';
const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(200, { 'content-type': contentType, connection: 'close' });
    response.end(request.url?.endsWith('/options') ? '{"sd_model_checkpoint":"a"}' : body);
  });
});
let origin = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  origin = `http://127.0.0.1:${address.port}`;
});
afterAll(() => void server.close());

function ask({ send, isStream }: Case, answer: Json): Promise<Answer> {
  const json = JSON.stringify(answer);
  body = isStream ? `data: ${json}\n\ndata: [DONE]\n\n` : json;
  if (isStream && send === cases['an answer of Google']?.send) body = `data: ${json}\n\n`;
  contentType = isStream ? 'text/event-stream' : 'application/json';
  return send(origin);
}

describe.each(Object.entries(cases))('%s', (_name, given) => {
  const { answer, wanted } = given;
  const isAround = (path: string) => wanted.some((inner) => `${inner}.`.startsWith(`${path}.`));
  const paths = pathsIn(answer);

  test('arrives as it is', async () => {
    expect(await ask(given, answer)).toMatchObject({ ok: true });
  });

  test.each(paths.filter((path) => !isAround(path)))('arrives whatever %s is', async (path) => {
    for (const value of wrong) {
      const received = await ask(given, replaced(answer, path, value));
      const what = `${path} = ${JSON.stringify(value)}`;
      expect({ what, ok: received.ok, problem: received.ok ? null : received.code }).toEqual({
        ...{ what, ok: true, problem: null },
      });
      if (received.ok && 'bytes' in received)
        expect(Buffer.from(received.bytes).toString('base64')).toBe(picture);
      else if (received.ok) expect(received.text).toContain(text);
      if (received.ok && received.costMicroUsd !== null) {
        expect(received.costMicroUsd).toBeGreaterThanOrEqual(0);
      }
    }
  });

  test.each(paths.filter(isAround))('never rejects whatever %s is', async (path) => {
    for (const value of wrong) {
      const received = await ask(given, replaced(answer, path, value));
      if (!received.ok) expect(received.message).not.toBe('');
    }
  });
});
