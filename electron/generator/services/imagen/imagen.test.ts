// The Imagen service against a loopback server, through the SDK.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PictureJob, ServiceConfiguration } from '../../../../shared/generator/jobs';
import { type GoogleServer, startGoogleServer } from '../../../../tests/servers/google-server';
import { defaultOptions } from '../google/request';
import { createServiceContext } from '../test-context';
import { createImagenService } from './imagen';

const imagen = createImagenService({ ...defaultOptions, retryDelayMs: () => 0 });
const picture = Uint8Array.of(137, 80, 78, 71);

const job: PictureJob = {
  kind: 'picture',
  jobId: '01930000-0000-7000-8000-000000000000',
  requestId: '01930000-0000-7000-8000-00000000ff01',
  provider: 'imagen',
  model: 'imagen-4.0-generate-001',
  prompt: 'a lighthouse at dusk',
  params: { aspectRatio: '16:9', seed: 7 },
};

let server: GoogleServer;

beforeEach(async () => {
  server = await startGoogleServer({ picture });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

function contextWith(changes: Partial<ServiceConfiguration> = {}) {
  const configured = { apiKey: 'a-key', baseUrl: server.baseUrl, project: null, location: null };
  return createServiceContext({ imagen: { ...configured, ...changes } });
}

describe('a picture', () => {
  it('is decoded while it arrives, without a change of its bytes', async () => {
    const large = randomBytes(400_000);
    const answering = await startGoogleServer({ picture: large });
    const parse = vi.spyOn(JSON, 'parse');
    const made = await imagen.makePicture(job, contextWith({ baseUrl: answering.baseUrl }));
    await answering.close();
    expect(made.ok && Buffer.from(made.bytes).equals(large)).toBe(true);
    expect(Math.max(...parse.mock.calls.map(([text]) => text.length))).toBeLessThan(10_000);
    parse.mockRestore();
  });

  it('is made with an express key', async () => {
    const made = await imagen.makePicture(job, contextWith());
    expect(made).toEqual({
      ok: true,
      bytes: Buffer.from(picture),
      mimeType: 'image/png',
      costMicroUsd: 40_000,
    });
    expect(server.rejections).toEqual([]);
    expect(server.requests).toEqual([
      expect.objectContaining({
        path: '/v1beta1/publishers/google/models/imagen-4.0-generate-001:predict',
        apiKey: 'a-key',
        prompt: job.prompt,
        aspectRatio: '16:9',
        imageSize: null,
        body: expect.objectContaining({
          parameters: { sampleCount: 1, aspectRatio: '16:9', includeRaiReason: true },
        }),
      }),
    ]);
  });

  it('of an unknown model is requested in the chosen size, with the negative prompt', async () => {
    const params = { ...job.params, resolution: '2K', negativePrompt: 'people' } as const;
    await imagen.makePicture({ ...job, model: 'imagen-5', params }, contextWith());
    expect(server.requests[0]).toMatchObject({
      model: 'imagen-5',
      imageSize: '2K',
      body: { parameters: { negativePrompt: 'people' } },
    });
  });

  it('uses the configured address, whatever the environment contains', async () => {
    vi.stubEnv('GOOGLE_CLOUD_PROJECT', 'another');
    vi.stubEnv('GOOGLE_CLOUD_LOCATION', 'us-central1');
    vi.stubEnv('GOOGLE_VERTEX_BASE_URL', 'http://127.0.0.1:9');
    vi.stubEnv('GEMINI_API_KEY', 'another');
    expect(await imagen.makePicture(job, contextWith())).toMatchObject({ ok: true });
    expect(server.requests[0]).toMatchObject({ apiKey: 'a-key' });
  });

  it('is the first one that was not withheld', async () => {
    const bytesBase64Encoded = Buffer.from(picture).toString('base64');
    const predictions = [{ raiFilteredReason: 'No.' }, { mimeType: 'image/png', bytesBase64Encoded }];
    server.answerNext({ kind: 'predictions', predictions });
    expect(await imagen.makePicture(job, contextWith())).toMatchObject({ ok: true });
  });

  it('is made with a project and the credentials of this computer', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'imagen-'));
    const tokens = createServer((_, response) => {
      const token = { access_token: 'a-token', token_type: 'Bearer', expires_in: 3600 };
      const issued = 'urn:ietf:params:oauth:token-type:access_token';
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ ...token, issued_token_type: issued }));
    });
    await new Promise<void>((resolve) => tokens.listen(0, '127.0.0.1', resolve));
    const address = tokens.address();
    const port = typeof address === 'object' ? address?.port : null;
    // Workload identity, which configures the source of its tokens: https://google.aip.dev/auth/4117
    const credentials = {
      type: 'external_account',
      audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q',
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: `http://127.0.0.1:${port}/token`,
      credential_source: { file: path.join(folder, 'subject') },
    };
    writeFileSync(credentials.credential_source.file, 'subject');
    writeFileSync(path.join(folder, 'credentials.json'), JSON.stringify(credentials));
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', path.join(folder, 'credentials.json'));

    const context = contextWith({ apiKey: null, project: 'my-project', location: 'europe-west4' });
    const made = await imagen.makePicture(job, context);
    tokens.close();
    rmSync(folder, { recursive: true });
    expect(made).toMatchObject({ ok: true });
    expect(server.requests[0]).toMatchObject({
      apiKey: 'a-token',
      path: '/v1beta1/projects/my-project/locations/europe-west4/publishers/google/models/imagen-4.0-generate-001:predict',
    });
  });

  it('fails with an explanation if this computer has no credentials', async () => {
    vi.stubEnv('GOOGLE_APPLICATION_CREDENTIALS', '/nowhere/credentials.json');
    const context = contextWith({ apiKey: null, project: 'my-project', location: 'europe-west4' });
    expect(await imagen.makePicture(job, context)).toMatchObject({
      ok: false,
      code: 'key_missing',
      message: expect.stringContaining('has no Google credentials'),
      costMicroUsd: null,
    });
    expect([...server.requests, ...server.rejections]).toEqual([]);
  });

  it.each(['My Project', 'a/../b', 'evil.example/x'])(
    'is not requested for the invalid project %j',
    async (project) => {
      const made = await imagen.makePicture(job, contextWith({ apiKey: null, project, location: 'us' }));
      expect(made).toMatchObject({ code: 'request_rejected', costMicroUsd: null });
    },
  );
});

it('replies to text with a fixed note', async () => {
  const words = {
    kind: 'text',
    jobId: job.jobId,
    requestId: '01930000-0000-7000-8000-00000000ff01',
    provider: 'imagen',
    model: null,
    text: 'hi',
    history: [],
  } as const;
  expect(await imagen.reply(words, contextWith())).toMatchObject({ ok: true, pictures: [] });
  expect(server.requests).toEqual([]);
});

describe('the settings', () => {
  it('list only Imagen models', async () => {
    const models = ['imagen-4.0-generate-001', 'gemini-3.8-flash'].map((id) => ({
      name: `publishers/google/models/${id}`,
    }));
    server.answerNext({ kind: 'models', models: [], nextPageToken: '' });
    expect(await imagen.listModels?.(contextWith())).toEqual({ ok: true, models: [] });
    const body = JSON.stringify({ publisherModels: models });
    server.answerNext({ kind: 'raw', status: 200, contentType: 'application/json', body });
    const id = 'imagen-4.0-generate-001';
    const offered = [{ id, label: id, makes: 'pictures' }];
    expect(await imagen.listModels?.(contextWith())).toEqual({ ok: true, models: offered });
  });

  it('report whether the key works', async () => {
    const body = JSON.stringify({ publisherModels: [{ name: 'publishers/google/models/imagen-5' }] });
    server.answerNext({ kind: 'raw', status: 200, contentType: 'application/json', body });
    expect(await imagen.check?.(contextWith())).toMatchObject({ ok: true });
    server.answerNext({ kind: 'error', status: 401, code: 'UNAUTHENTICATED' });
    expect(await imagen.check?.(contextWith())).toMatchObject({ ok: false, code: 'key_rejected' });
    expect(await imagen.check?.(contextWith({ apiKey: null }))).toMatchObject({ code: 'key_missing' });
  });
});
