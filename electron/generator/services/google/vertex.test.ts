// Gemini's models on Vertex against a loopback server. google.test.ts tests the behaviour shared with Gemini.

import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PictureJob } from '../../../../shared/generator/jobs';
import { sentence } from '../../../../shared/languages/sentence';
import { type GoogleServer, startGoogleServer } from '../../../../tests/servers/google-server';
import { createServiceContext } from '../test-context';
import { vertex } from './connections';
import { createGoogleService } from './google';

const clock = { now: () => Date.parse('2026-11-22T12:00:00Z') };
const service = createGoogleService({ timeoutMs: 60_000, retryDelayMs: () => 0, clock }, vertex);

const job: PictureJob = {
  kind: 'picture',
  jobId: '01930000-0000-7000-8000-000000000000',
  requestId: '01930000-0000-7000-8000-00000000ff01',
  provider: 'google',
  model: 'gemini-nano-banana-2.1',
  prompt: 'a lighthouse at dusk',
  params: { aspectRatio: '1:8', seed: 7, resolution: '2K', thinking: 'high' },
};

let server: GoogleServer;
beforeEach(async () => {
  server = await startGoogleServer({ picture: Uint8Array.of(1) });
});
afterEach(() => server.close());

const contextWith = (google: { apiKey?: string; project?: string; location?: string }) =>
  createServiceContext({ google: { baseUrl: server.baseUrl, ...google } });

it('makes a picture with an express key, at Vertex’s path, in the narrowest shape', async () => {
  const made = await service.makePicture(job, contextWith({ apiKey: 'AQ.express' }));
  expect(made).toMatchObject({ ok: true });
  expect(server.rejections).toEqual([]);
  expect(server.requests).toMatchObject([
    {
      path: '/v1beta1/publishers/google/models/gemini-nano-banana-2.1:generateContent',
      ...{ apiKey: 'AQ.express', prompt: job.prompt, aspectRatio: '1:8', imageSize: '2K' },
      body: { generationConfig: { thinkingConfig: { thinkingLevel: 'HIGH' } } },
    },
  ]);
});

it('replies with text, and confirms that the key works', async () => {
  const textJob = { ...job, kind: 'text', model: 'gemini-3.8-flash', text: 'hello', history: [] } as const;
  const context = contextWith({ apiKey: 'AQ.express' });
  expect(await service.reply(textJob, context)).toMatchObject({ ok: true });
  expect(server.requests[0]?.path).toBe(
    '/v1beta1/publishers/google/models/gemini-3.8-flash:streamGenerateContent',
  );
  server.answerNext({ kind: 'models', models: [{ name: 'publishers/google/models/gemini-3-pro-image' }] });
  expect(await service.check?.(context)).toEqual({
    ok: true,
    says: sentence('services.vertex_accepted'),
  });
});

it.each([
  [{}, 'key_missing'],
  [{ apiKey: 'auth_tokens/live' }, 'key_rejected'],
  [{ project: 'Mine; drop' }, 'request_rejected'],
])('sends nothing with %j', async (google, code) => {
  expect(await service.makePicture(job, contextWith(google))).toMatchObject({ ok: false, code });
  expect([server.requests.length, server.rejections.length]).toEqual([0, 0]);
});
