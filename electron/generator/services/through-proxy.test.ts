// Every service, with its own SDK, uses the system's proxy and explains its failures.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { success } from '../../../shared/domain/errors';
import type { ProxyLogin } from '../../../shared/generator/proxies';
import { pictureJobOf } from '../../../tests/failures/jobs';
import { startAutomatic1111Server } from '../../../tests/servers/automatic1111-server';
import { type ConnectProxy, startConnectProxy } from '../../../tests/servers/connect-proxy';
import { startGoogleServer } from '../../../tests/servers/google-server';
import { startLoopback } from '../../../tests/servers/loopback';
import { startOpenaiServer } from '../../../tests/servers/openai-server';
import { createAutomatic1111Service } from './automatic1111/automatic1111';
import { createGoogleService } from './google/google';
import { useProxyDirectory } from './http/proxy-directory';
import { createImagenService } from './imagen/imagen';
import { createOpenaiService } from './openai/openai';
import type { Service } from './service';
import { configureServices, createServiceContext, type TestConfiguration } from './test-context';

const timing = { timeoutMs: 60_000, retryDelayMs: () => 0, pollMs: 10_000, clock: { now: Date.now } };
const picture = Uint8Array.of(1, 2, 3);
type Started = { baseUrl: string; count: () => number; close: () => Promise<void> };

/** Only a proxy can resolve this name. */
const origin = 'http://service.test';
const google = async (): Promise<Started> => {
  const server = await startGoogleServer();
  return {
    baseUrl: origin,
    count: () => server.requests.length,
    ...portOf(server.baseUrl),
    close: server.close,
  };
};
const portOf = (url: string) => ({ port: Number(new URL(url).port) });

type Case = {
  name: string;
  service: Service;
  start: () => Promise<Started & { port?: number }>;
  model: string;
  aspectRatio?: '4:3';
  configure: (baseUrl: string) => TestConfiguration;
};

const cases: Case[] = [
  {
    name: 'Google',
    service: createGoogleService(timing),
    start: google,
    model: 'gemini-nano-banana-2.1',
    configure: (baseUrl) => ({ google: { apiKey: 'a-key', baseUrl } }),
  },
  {
    name: 'Imagen',
    service: createImagenService(timing),
    start: google,
    model: 'imagen-4.0-generate-001',
    aspectRatio: '4:3',
    configure: (baseUrl) => ({ imagen: { apiKey: 'a-key', baseUrl, project: null, location: null } }),
  },
  {
    name: 'OpenAI',
    service: createOpenaiService(timing),
    start: async () => {
      const server = await startOpenaiServer({ picture });
      return {
        baseUrl: `${origin}${new URL(server.baseUrl).pathname}`,
        count: () => server.requests.length,
        ...portOf(server.baseUrl),
        close: server.close,
      };
    },
    model: 'gpt-image-1',
    configure: (baseUrl) => ({ openai: { apiKey: 'a-key', baseUrl } }),
  },
  {
    name: 'the web UI',
    service: createAutomatic1111Service(timing),
    start: async () => {
      const server = await startAutomatic1111Server({ picture });
      return {
        baseUrl: origin,
        count: () => server.works.length,
        ...portOf(server.baseUrl),
        close: server.close,
      };
    },
    model: 'current',
    configure: (baseUrl) => ({ automatic1111: { baseUrl } }),
  },
];

let proxy: ConnectProxy;
let asked: number;

function useProxy(rules: string, logIn: () => Promise<ProxyLogin | null> = async () => null): void {
  asked = 0;
  useProxyDirectory({
    find: async () => success(rules),
    logIn: () => {
      asked += 1;
      return logIn();
    },
  });
}

afterEach(() => {
  useProxyDirectory(null);
  vi.unstubAllEnvs();
});

describe.each(cases)('$name', ({ service, start, model, aspectRatio, configure }) => {
  let server: Awaited<ReturnType<Case['start']>>;

  beforeEach(async () => {
    server = await start();
    proxy = await startConnectProxy(server.port ?? 0);
    useProxy(`PROXY 127.0.0.1:${proxy.port}`);
  });
  afterEach(async () => {
    await proxy.close();
    await server.close();
  });

  function makePicture(signal = new AbortController().signal) {
    const job = pictureJobOf(configureServices(configure(server.baseUrl))[0]?.id ?? '', model);
    const params = { ...job.params, ...(aspectRatio && { aspectRatio }) };
    return service.makePicture({ ...job, params }, createServiceContext(configure(server.baseUrl), signal));
  }

  it('makes a picture through the proxy, with its login', async () => {
    proxy.requireLogin('eva:right');
    useProxy(`PROXY 127.0.0.1:${proxy.port}`, async () => ({ username: 'eva', password: 'right' }));
    expect(await makePicture()).toMatchObject({ ok: true });
    expect(new Set(proxy.targets)).toEqual(new Set(['service.test:80']));
    expect(server.count()).toBe(1);
  });

  it('reports an unreachable proxy, and retries, because nothing was sent', async () => {
    await proxy.close();
    const failed = await makePicture();
    const { port } = proxy;
    proxy = await startConnectProxy(server.port ?? 0);
    expect(failed).toMatchObject({
      code: 'unreachable',
      costMicroUsd: null,
      message: expect.stringContaining(`The proxy 127.0.0.1:${port} could not be reached`),
    });
    expect(server.count()).toBe(0);
  });

  it('reports a missing login, and asks for it once', async () => {
    proxy.requireLogin('eva:right');
    expect(await makePicture()).toMatchObject({
      code: 'unreachable',
      costMicroUsd: null,
      message: expect.stringContaining('requires a user name and a password'),
    });
    expect(asked).toBe(1);
    expect(server.count()).toBe(0);
  });

  it('costs nothing if it is cancelled while the user is asked', async () => {
    proxy.requireLogin('eva:right');
    const stop = new AbortController();
    useProxy(`PROXY 127.0.0.1:${proxy.port}`, () => {
      stop.abort();
      return new Promise(() => {});
    });
    expect(await makePicture(stop.signal)).toMatchObject({ code: 'cancelled', costMicroUsd: null });
    expect(server.count()).toBe(0);
  });
});

describe("Google's own credentials", () => {
  it('are fetched through the proxy', async () => {
    const tokens = await startLoopback(() => {
      const token = { access_token: 'a-token', token_type: 'Bearer', expires_in: 3600 };
      const issued = { ...token, issued_token_type: 'urn:ietf:params:oauth:token-type:access_token' };
      return {
        body: { status: 200, contentType: 'application/json', bytes: Buffer.from(JSON.stringify(issued)) },
      };
    });
    const folder = mkdtempSync(path.join(tmpdir(), 'through-proxy-'));
    // https://google.aip.dev/auth/4117
    const credentials = {
      type: 'external_account',
      audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q',
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: 'http://tokens.test/token',
      credential_source: { file: path.join(folder, 'subject') },
    };
    writeFileSync(credentials.credential_source.file, 'subject');
    writeFileSync(path.join(folder, 'credentials.json'), JSON.stringify(credentials));
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', path.join(folder, 'credentials.json'));
    const server = await startGoogleServer();
    proxy = await startConnectProxy(Number(new URL(tokens.origin).port));
    const service = createImagenService(timing);
    const job = pictureJobOf('imagen', 'imagen-4.0-generate-001');
    const imagen = { apiKey: null, baseUrl: server.baseUrl, project: 'my-project', location: 'us-central1' };
    const make = () =>
      service.makePicture(
        { ...job, params: { ...job.params, aspectRatio: '4:3' } },
        createServiceContext({ imagen }),
      );
    useProxyDirectory({
      find: async (url) => success(url === server.baseUrl ? 'DIRECT' : `PROXY 127.0.0.1:${proxy.port}`),
      logIn: async () => null,
    });

    proxy.refuseWith(403);
    expect(await make()).toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('status 403'),
    });
    proxy.refuseWith(null);
    expect(await make()).toMatchObject({ ok: true });
    expect(proxy.targets.every((target) => target === 'tokens.test:80')).toBe(true);
    expect(server.requests[0]?.apiKey).toBe('a-token');
    rmSync(folder, { recursive: true });
    await proxy.close();
    await tokens.close();
    await server.close();
  });
});
