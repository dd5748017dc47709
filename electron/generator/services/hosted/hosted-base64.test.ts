// Pictures that hosted services send as base64 are decoded while they arrive, so that no megabytes are parsed at
// the end.

import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { type PictureJob, unconfigured } from '../../../../shared/generator/jobs';
import { listen } from '../../../../tests/servers/listen';
import { createServiceContext } from '../test-context';
import { volcengineProfile } from '../volcengine/volcengine';
import { xaiProfile } from '../xai/xai';
import { createHostedService } from './hosted-service';

const timing = { timeoutMs: 60_000, retryDelayMs: () => 0, pollMs: 1 };
const first = randomBytes(700_001);
const second = randomBytes(300_000);

const job: PictureJob = {
  kind: 'picture',
  jobId: '01930000-0000-7000-8000-000000000000',
  requestId: '01930000-0000-7000-8000-00000000ff01',
  provider: 'openai',
  model: 'a-model',
  prompt: 'a lighthouse at dusk',
  params: { aspectRatio: '1:1', seed: 7 },
};

/** Answers every request with these pictures. @returns the server's address */
async function startServer(pictures: readonly Buffer[]): Promise<string> {
  const data = pictures.map((bytes) => ({ b64_json: bytes.toString('base64') }));
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify({ data }));
  });
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${await listen(server)}/v1`;
}

afterEach(() => vi.restoreAllMocks());

test.each([
  ['xai', xaiProfile],
  ['volcengine', volcengineProfile],
] as const)(
  'an answer of %s is parsed without its pictures, which arrive unchanged',
  async (kind, profile) => {
    const baseUrl = await startServer([first, second]);
    const parse = vi.spyOn(JSON, 'parse');
    const context = createServiceContext();
    const configured = {
      ...unconfigured({ id: 'openai', kind, name: 'A service' }),
      apiKey: 'a-key',
      baseUrl,
    };
    const service = createHostedService(profile, timing);
    const made = await service.makePicture(job, { ...context, service: configured });
    expect(made.ok && [made.bytes, made.further?.[0]?.bytes].map((bytes) => bytes?.length)).toEqual([
      first.length,
      second.length,
    ]);
    expect(made.ok && Buffer.compare(made.bytes, first)).toBe(0);
    const longest = Math.max(...parse.mock.calls.map(([text]) => String(text).length));
    expect(longest).toBeLessThan(1000);
  },
);
