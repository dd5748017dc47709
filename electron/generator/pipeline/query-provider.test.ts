import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { ServiceConfiguration } from '../../../shared/generator/jobs';
import { type GoogleServer, startGoogleServer } from '../../../tests/servers/google-server';
import { configureServices } from '../services/test-context';
import { checkProvider, listModels } from './query-provider';

let server: GoogleServer;

beforeEach(async () => {
  server = await startGoogleServer();
  onTestFinished(() => server.close());
});

function withKey(apiKey: string | null = 'key'): ServiceConfiguration[] {
  return configureServices({ google: { apiKey, baseUrl: server.baseUrl }, painter: {} });
}

describe('a check', () => {
  test('reports what works, with a request that generates nothing', async () => {
    server.answerNext({ kind: 'models', models: [{ name: 'models/gemini-nano-banana-2.1' }] });
    const checked = await checkProvider('google', withKey());
    expect(checked).toEqual({ ok: true, value: { id: 'services.google_key_accepted' } });
    expect(server.requests.map(({ method }) => method)).toEqual(['list']);
  });

  test('reports what is wrong', async () => {
    expect(await checkProvider('google', withKey(null))).toMatchObject({ ok: false, code: 'key_missing' });
    server.answerNext({ kind: 'error', status: 403, code: 'PERMISSION_DENIED' });
    expect(await checkProvider('google', withKey())).toMatchObject({ ok: false });
  });

  test('cancels the previous check, whose key or address is no longer in use', async () => {
    server.answerNext({ kind: 'hang' });
    server.answerNext({ kind: 'models', models: [{ name: 'models/gemini-nano-banana-2.1' }] });
    const first = checkProvider('google', withKey('old-key'));
    await server.received(1);
    const second = checkProvider('google', withKey('new-key'));
    expect(await first).toMatchObject({ ok: false });
    expect(await second).toMatchObject({ ok: true });
  });

  test('reports that a provider has nothing to check', async () => {
    expect(await checkProvider('painter', withKey())).toMatchObject({ ok: false, code: 'nothing_to_check' });
  });
});

test('sends no request to a removed service, neither to its address nor to its kind’s default one', async () => {
  const removed = withKey().map((service) => ({ ...service, isRemoved: true as const }));
  expect(await checkProvider('google', removed)).toMatchObject({ code: 'unknown_provider' });
  expect(await listModels('google', removed)).toMatchObject({ code: 'unknown_provider' });
  expect(server.requests).toEqual([]);
});

describe('a list of models', () => {
  test('has the provider’s models', async () => {
    expect(await listModels('google', withKey())).toEqual({ ok: true, value: [] });
    expect(server.requests.map(({ method }) => method)).toEqual(['list']);
  });

  test('reports why it is unavailable', async () => {
    expect(await listModels('google', withKey(null))).toMatchObject({ ok: false, code: 'key_missing' });
    expect(await listModels('painter', withKey())).toMatchObject({ ok: false, code: 'nothing_to_list' });
  });
});
