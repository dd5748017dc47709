// The behaviour of the Google loopback server that tests and benchmarks rely on.
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { afterEach, expect, it } from 'vitest';
import { z } from 'zod';
import { type GoogleServer, type GoogleServerOptions, startGoogleServer } from './google-server';
import { textEvents } from './google-stream';
import { colourOf, googleSizes, noiseReach, samplePicture } from './sample-picture';

let server: GoogleServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function start(options: GoogleServerOptions = {}): Promise<GoogleServer> {
  server = await startGoogleServer(options);
  return server;
}

const wellFormed = (prompt: string, aspectRatio = '1:1') => ({
  contents: [{ role: 'user', parts: [{ text: prompt }] }],
  generationConfig: { responseModalities: ['IMAGE'], imageConfig: { aspectRatio, imageSize: '1K' } },
});

const path = '/v1beta/models/gemini-nano-banana-2.1:generateContent';
const headers = { 'Content-Type': 'application/json', 'x-goog-api-key': 'key' };

function ask(from: GoogleServer, body: unknown): Promise<Response> {
  return fetch(from.baseUrl + path, { method: 'POST', headers, body: JSON.stringify(body) });
}

const pictureSchema = z.object({
  candidates: z.tuple([
    z.object({
      content: z.object({
        role: z.literal('model'),
        parts: z.tuple([z.object({ inlineData: z.object({ mimeType: z.string(), data: z.string() }) })]),
      }),
      finishReason: z.literal('STOP'),
    }),
  ]),
  usageMetadata: z.object({ totalTokenCount: z.number() }),
  modelVersion: z.literal('gemini-nano-banana-2.1'),
});

async function pictureOf(response: Response): Promise<Buffer> {
  const answer = pictureSchema.parse(await response.json());
  return Buffer.from(answer.candidates[0].content.parts[0].inlineData.data, 'base64');
}

it.each(Object.entries(googleSizes))(
  'paints a picture of %s as heavy as a real one, once',
  async (ratio, size) => {
    const bytes = await samplePicture(ratio);
    const { width, height } = await loadImage(Buffer.from(bytes));
    expect({ width, height }).toEqual(size);
    expect(bytes.length).toBeGreaterThan(1_400_000);
    expect(bytes.length).toBeLessThan(2_300_000);
    expect(await samplePicture(ratio)).toBe(bytes);
  },
);

it('answers with a picture and records the request', async () => {
  const google = await start();
  const picture = await pictureOf(await ask(google, wellFormed('a lake', '16:9')));
  expect(Buffer.compare(picture, await samplePicture('16:9'))).toBe(0);
  expect(google.requests).toEqual([
    expect.objectContaining({ prompt: 'a lake', aspectRatio: '16:9', apiKey: 'key', abandoned: false }),
  ]);
});

it('gives each prompt its own colour when asked', async () => {
  const google = await start({ colourPerPrompt: true });
  const prompts = ['a lake', 'a forest'];
  expect(colourOf('a lake')).not.toEqual(colourOf('a forest'));
  for (const prompt of prompts) {
    const picture = await pictureOf(await ask(google, wellFormed(prompt)));
    const context = createCanvas(1024, 1024).getContext('2d');
    context.drawImage(await loadImage(picture), 0, 0);
    const pixel = [...context.getImageData(500, 500, 1, 1).data].slice(0, 3);
    colourOf(prompt).forEach((channel, index) => {
      expect(Math.abs((pixel[index] ?? Number.NaN) - channel)).toBeLessThanOrEqual(noiseReach + 1);
    });
  }
});

it('answers after the delay and records the time', async () => {
  const google = await start({ delayMs: 40 });
  await pictureOf(await ask(google, wellFormed('a lake')));
  const [request] = google.requests;
  const tookMs = (request?.answeredAt ?? Number.NaN) - (request?.receivedAt ?? Number.NaN);
  expect(tookMs).toBeGreaterThanOrEqual(40);
});

it('follows its script, then its default', async () => {
  const google = await start({ script: [{ kind: 'error', status: 503, code: 'UNAVAILABLE' }] });
  google.answerNext({ kind: 'block', reason: 'SAFETY' });
  google.setDefault(({ prompt }) => ({ kind: 'parts', parts: [{ text: `no ${prompt}` }] }));
  const first = await ask(google, wellFormed('1'));
  expect(first.status).toBe(503);
  expect(await first.json()).toMatchObject({ error: { code: 503, status: 'UNAVAILABLE' } });
  expect(await (await ask(google, wellFormed('2'))).json()).toMatchObject({
    promptFeedback: { blockReason: 'SAFETY' },
  });
  expect(await (await ask(google, wellFormed('3'))).text()).toContain('no 3');
  expect(google.requests.map((request) => request.prompt)).toEqual(['1', '2', '3']);
});

it('holds a hanging request until it is released', async () => {
  const google = await start({ picture: Uint8Array.of(1, 2, 3), script: [{ kind: 'hang' }] });
  const response = ask(google, wellFormed('a lake'));
  await google.received(1);
  expect([...(await pictureOf(await ask(google, wellFormed('another'))))]).toEqual([1, 2, 3]);
  expect(google.requests[0]?.answeredAt).toBeNull();
  google.release();
  expect([...(await pictureOf(await response))]).toEqual([1, 2, 3]);
});

it('sends a whole picture in pieces', async () => {
  const google = await start({ script: [{ kind: 'picture', drip: { chunks: 7, everyMs: 1 } }] });
  const picture = await pictureOf(await ask(google, wellFormed('a lake')));
  expect(Buffer.compare(picture, await samplePicture('1:1'))).toBe(0);
});

it('breaks connections before and during the answer', async () => {
  const google = await start({
    script: [
      { kind: 'reset', when: 'before' },
      { kind: 'reset', when: 'midway' },
    ],
  });
  await expect(ask(google, wellFormed('a lake'))).rejects.toThrow('fetch failed');
  const response = await ask(google, wellFormed('a lake'));
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow('terminated');
  expect(google.requests.map((request) => request.answeredAt)).toEqual([null, null]);
});

it('rejects what Google would reject', async () => {
  const google = await start();
  const url = google.baseUrl + path;
  const send = (init: RequestInit, to = url) => fetch(to, { method: 'POST', headers, ...init });
  const body = JSON.stringify(wellFormed('a lake'));
  const answers = await Promise.all([
    send({ body, headers: {} }),
    send({ body: 'hello' }),
    send({ body: '{}' }),
    send({ body: JSON.stringify(wellFormed('a lake', '7:5')) }),
    send({ body }, url.replace('models', 'shapes')),
  ]);
  expect(answers.map((answer) => answer.status)).toEqual([403, 400, 400, 400, 404]);
  expect(google.requests).toEqual([]);
  expect(google.rejections).toHaveLength(5);
});

it('closes while requests hang and frees its port', async () => {
  const google = await startGoogleServer({ script: [{ kind: 'hang' }] });
  const hanging = expect(ask(google, wellFormed('a lake'))).rejects.toThrow('fetch failed');
  await google.received(1);
  await google.close();
  await hanging;
  await expect(ask(google, wellFormed('a lake'))).rejects.toThrow('fetch failed');
});

const chat = '/v1beta/models/gemini-3.8-flash:streamGenerateContent?alt=sse';
const question = { contents: [{ role: 'user', parts: [{ text: 'What is a fox?' }] }] };

function post(google: GoogleServer, to: string, body: unknown): Promise<Response> {
  return fetch(google.baseUrl + to, { method: 'POST', headers, body: JSON.stringify(body) });
}

it('streams scripted events, an echo by default, and one event for any other answer', async () => {
  const google = await start({
    script: [
      { kind: 'stream', events: textEvents('One', 'Two') },
      { kind: 'block', reason: 'SAFETY' },
    ],
  });
  const scripted = await post(google, chat, question);
  expect(scripted.headers.get('content-type')).toBe('text/event-stream');
  const events = (await scripted.text()).split('\r\n\r\n');
  expect(events).toEqual([expect.stringContaining('"One"'), expect.stringContaining('"STOP"'), '']);
  expect(await (await post(google, chat, question)).text()).toMatch(/^data: .+"blockReason":"SAFETY"/);
  expect(await (await post(google, chat, question)).text()).toContain('What is a fox?');
});

it('breaks a stream after its last event', async () => {
  const google = await start({ script: [{ kind: 'stream', events: textEvents('One'), ending: 'break' }] });
  const reader = (await post(google, chat, question)).body?.getReader();
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toContain('One');
  await expect(reader?.read()).rejects.toThrow('terminated');
});

it('answers :predict with a prediction, with or without a project', async () => {
  const google = await start({ picture: Uint8Array.of(1, 2, 3) });
  const body = { instances: [{ prompt: 'a lake' }], parameters: { sampleCount: 1, aspectRatio: '4:3' } };
  const model = 'publishers/google/models/imagen-4.0-generate-001:predict';
  for (const place of ['', 'projects/p/locations/us-central1/']) {
    const answer = await post(google, `/v1beta1/${place}${model}`, body);
    expect(await answer.json()).toEqual({
      predictions: [{ mimeType: 'image/png', bytesBase64Encoded: 'AQID' }],
    });
  }
  const wide = { ...body, parameters: { sampleCount: 1, aspectRatio: '21:9' } };
  expect((await post(google, `/v1beta1/${model}`, wide)).status).toBe(400);
});

it('rejects a picture of the model without its signature', async () => {
  const google = await start({ picture: Uint8Array.of(1) });
  const inlineData = { mimeType: 'image/png', data: 'AQID' };
  const edit = (part: object) => ({
    ...wellFormed('at night'),
    contents: [
      { role: 'user', parts: [{ text: 'a lake' }] },
      { role: 'model', parts: [part] },
      { role: 'user', parts: [{ text: 'at night' }] },
    ],
  });
  const unsigned = await ask(google, edit({ inlineData }));
  expect(unsigned.status).toBe(400);
  expect(await unsigned.text()).toContain(
    'missing a thought_signature in content position 2, part position 1',
  );
  expect((await ask(google, edit({ inlineData, thoughtSignature: 'c2ln' }))).status).toBe(200);
});

it('lists models', async () => {
  const google = await start({ script: [{ kind: 'models', models: [{ name: 'models/x' }] }] });
  const list = () => fetch(`${google.baseUrl}/v1beta/models?pageSize=1`, { headers });
  expect(await (await list()).json()).toEqual({ models: [{ name: 'models/x' }] });
  expect(await (await list()).json()).toEqual({ models: [] });
});
