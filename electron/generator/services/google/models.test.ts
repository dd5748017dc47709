// The list of Google's models, and the check of a key.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { sentence } from '../../../../shared/languages/sentence';
import { type GoogleServer, startGoogleServer } from '../../../../tests/servers/google-server';
import { createServiceContext } from '../test-context';
import { createGoogleService } from './google';
import { defaultOptions } from './request';

const google = createGoogleService({ ...defaultOptions, retryDelayMs: () => 0 });
let server: GoogleServer;

beforeEach(async () => {
  server = await startGoogleServer();
});

afterEach(() => server.close());

const contextWith = (apiKey: string | null = 'a-key') =>
  createServiceContext({ google: { apiKey, baseUrl: server.baseUrl } });

const model = (id: string, supportedGenerationMethods = ['generateContent']) => ({
  name: `models/${id}`,
  displayName: `The ${id}`,
  supportedGenerationMethods,
});

it('lists picture and text models from all pages', async () => {
  const first = ['gemini-nano-banana-2.1', 'gemini-3.8-flash', 'gemini-3.8-flash-tts'].map((id) => model(id));
  const second = [
    model('gemini-3-pro-image'),
    model('text-embedding-5', ['embedContent']),
    model('something-else'),
    { displayName: 'Without a name' },
  ];
  server.answerNext({ kind: 'models', models: first, nextPageToken: 'more' });
  server.answerNext({ kind: 'models', models: second });
  expect(await google.listModels?.(contextWith())).toEqual({
    ok: true,
    models: [
      { id: 'gemini-nano-banana-2.1', label: 'The gemini-nano-banana-2.1', makes: 'pictures' },
      { id: 'gemini-3.8-flash', label: 'The gemini-3.8-flash', makes: 'text' },
      { id: 'gemini-3-pro-image', label: 'The gemini-3-pro-image', makes: 'pictures' },
      { id: 'something-else', label: 'The something-else', makes: null },
    ],
  });
});

it('stops reading a list that never ends', async () => {
  server.setDefault({
    kind: 'models',
    models: Array.from({ length: 200 }, (_, n) => model(`gemini-${n}`)),
    nextPageToken: 'x',
  });
  const found = await google.listModels?.(contextWith());
  expect(found?.ok && found.models.length).toBe(1000);
  expect(server.requests).toHaveLength(5);
});

it('confirms a key with a request that makes nothing', async () => {
  server.answerNext({ kind: 'models', models: [model('gemini-3.8-flash')], nextPageToken: 'more' });
  expect(await google.check?.(contextWith())).toEqual({
    ok: true,
    says: sentence('services.google_key_accepted'),
  });
  expect(server.requests.map(({ method }) => method)).toEqual(['list']);
});

it('explains why a key does not work', async () => {
  const details = [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }];
  server.answerNext({ kind: 'error', status: 400, code: 'INVALID_ARGUMENT', details });
  expect(await google.check?.(contextWith())).toMatchObject({ ok: false, code: 'key_rejected' });
  server.answerNext({ kind: 'error', status: 404, code: 'NOT_FOUND' });
  expect(await google.check?.(contextWith())).toMatchObject({ ok: false, code: 'bad_answer' });
  server.answerNext({ kind: 'raw', status: 200, contentType: 'application/json', body: '{"status":"fine"}' });
  expect(await google.check?.(contextWith())).toMatchObject({ ok: false, code: 'bad_answer' });
  expect(await google.check?.(contextWith(null))).toMatchObject({ ok: false, code: 'key_missing' });
});
