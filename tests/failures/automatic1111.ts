// Every way in which a Stable Diffusion web UI can fail: modules/api/api.py of AUTOMATIC1111/stable-diffusion-webui
import { createAutomatic1111Service } from '../../electron/generator/services/automatic1111/automatic1111';
import { createServiceContext } from '../../electron/generator/services/test-context';
import type { PictureJob } from '../../shared/generator/messages';
import { startAutomatic1111Server, type WebUiAnswer } from '../servers/automatic1111-server';
import { type Body, json, raw } from '../servers/loopback';
import type { FailureCase, FailureSection, Played } from './failure-case';
import { startTcpServer } from './tcp-server';

const timing = { timeoutMs: 10_000, retryDelayMs: () => 0, pollMs: 10_000 };
const provider = createAutomatic1111Service(timing);
const hasty = createAutomatic1111Service({ ...timing, timeoutMs: 200 });

const job: PictureJob = {
  kind: 'picture',
  jobId: '01930000-0000-7000-8000-000000000000',
  provider: 'automatic1111',
  model: 'current',
  prompt: 'a lighthouse at dusk',
  params: { aspectRatio: '3:2', seed: 7 },
};

type Play = {
  answers?: readonly WebUiAnswer[];
  everything?: Body;
  baseUrl?: string;
  job?: Partial<PictureJob>;
  isHasty?: boolean;
  stops?: boolean;
};

/** `7860` is what every address says in the table: the real ones change with each run. */
async function play(changes: Play): Promise<Played> {
  const server = await startAutomatic1111Server({ picture: Uint8Array.of(1) });
  for (const answer of changes.answers ?? []) server.answerNext(answer);
  if (changes.everything) server.answerEverything(changes.everything);
  const stop = new AbortController();
  const baseUrl = changes.baseUrl ?? server.baseUrl;
  const context = createServiceContext({ automatic1111: { baseUrl } }, stop.signal);
  const work = (changes.isHasty ? hasty : provider).makePicture({ ...job, ...changes.job }, context);
  if (changes.stops) {
    await server.received(1);
    stop.abort();
  }
  try {
    const outcome = await work;
    if (outcome.ok) return { outcome, requests: server.works.length };
    const message = outcome.message.replace(baseUrl, 'http://127.0.0.1:7860');
    return { outcome: { ...outcome, message }, requests: server.works.length };
  } finally {
    await server.close();
  }
}

const failure = (
  situation: string,
  expected: Pick<FailureCase, 'code'> & Partial<FailureCase>,
  changes: Play,
): FailureCase => ({ situation, charged: false, ...expected, play: () => play(changes) });

const answered = (situation: string, code: FailureCase['code'], answer: WebUiAnswer): FailureCase =>
  failure(situation, { code }, { answers: [answer] });

const instead = (situation: string, code: FailureCase['code'], everything: Body): FailureCase =>
  failure(situation, { code, requests: 0 }, { everything });

/** As its `handle_exception` writes them. */
const exception = (status: number, error: string, errors: string, detail = ''): WebUiAnswer => ({
  kind: 'json',
  status,
  value: { error, detail, body: '', errors },
});

const elsewhere = (
  situation: string,
  code: FailureCase['code'],
  protocol: 'http' | 'https',
  greet: Parameters<typeof startTcpServer>[0],
): FailureCase => ({
  situation,
  code,
  charged: false,
  requests: 0,
  play: async () => {
    const tcpServer = await startTcpServer(greet);
    const played = await play({ baseUrl: `${protocol}://127.0.0.1:${tcpServer.port}` });
    await tcpServer.close();
    return played;
  },
});

const reset = (when: 'before' | 'midway'): WebUiAnswer => ({
  kind: 'picture',
  mishap: { kind: 'reset', when },
});
const page = '<!doctype html><title>Printer</title>';
const reference = { imageId: job.jobId, file: 'images/x.png', prompt: '', signature: null };

export const automatic1111Failures: FailureSection = {
  provider: 'automatic1111',
  title: 'Stable Diffusion web UI',
  cases: [
    failure('An address that is none', { code: 'bad_answer', requests: 0 }, { baseUrl: 'ftp://x.example' }),
    failure(
      'A picture that goes with the prompt is gone',
      { code: 'file_missing', requests: 0 },
      { job: { references: [reference] } },
    ),
    failure(
      'A checkpoint that it does not have',
      { code: 'model_gone', requests: 0 },
      { job: { model: 'gone' } },
    ),
    failure('Nobody listens', { code: 'unreachable', requests: 0 }, { baseUrl: 'http://127.0.0.1:1' }),
    elsewhere('TLS asked of a server without it', 'unreachable', 'https', (socket) =>
      socket.once('data', () => socket.end()),
    ),
    elsewhere('A service that does not speak HTTP', 'bad_answer', 'http', (socket) =>
      socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
    ),
    instead('Started without --api', 'bad_answer', json(404, { detail: 'Not Found' })),
    instead('Started with --api-auth', 'not_permitted', json(401, { detail: 'Not authenticated' })),
    instead('A page instead of an answer', 'bad_answer', raw(200, 'text/html', page)),
    instead(
      'A redirect',
      'bad_answer',
      raw(302, 'text/html', '', { Location: 'https://elsewhere.example/' }),
    ),
    instead('JSON of another service', 'bad_answer', json(200, [1])),
    instead('502 with a page', 'provider_unavailable', raw(502, 'text/html', page)),
    answered(
      'A sampler that it does not know',
      'request_rejected',
      exception(400, 'HTTPException', '', 'Sampler not found'),
    ),
    answered(
      'The same, of an older one',
      'request_rejected',
      exception(404, 'HTTPException', '', 'Sampler not found'),
    ),
    answered('422', 'request_rejected', { kind: 'json', status: 422, value: { detail: [{ msg: 'no' }] } }),
    answered('500', 'provider_unavailable', exception(500, 'RuntimeError', 'Sizes of tensors must match')),
    answered(
      '500, out of memory',
      'provider_unavailable',
      exception(500, 'OutOfMemoryError', 'CUDA out of memory. Tried to allocate 20.00 MiB'),
    ),
    answered('An answer without a picture', 'no_picture', { kind: 'nothing' }),
    answered('JSON that breaks off', 'bad_answer', {
      kind: 'raw',
      status: 200,
      contentType: 'application/json',
      body: '{"images":["',
    }),
    failure(
      'A reset before the answer, three times',
      { code: 'connection_lost', requests: 3 },
      { answers: [reset('before'), reset('before'), reset('before')] },
    ),
    failure(
      'A reset within the answer, three times',
      { code: 'connection_lost', requests: 3 },
      { answers: [reset('midway'), reset('midway'), reset('midway')] },
    ),
    failure(
      'No answer in time',
      { code: 'timed_out' },
      { answers: [{ kind: 'picture', mishap: { kind: 'hang' } }], isHasty: true },
    ),
    failure(
      'A slow drip',
      { code: 'timed_out' },
      { answers: [{ kind: 'picture', mishap: { kind: 'drip' } }], isHasty: true },
    ),
    failure(
      'Stopped by the person',
      { code: 'cancelled' },
      { answers: [{ kind: 'picture', mishap: { kind: 'hang' } }], stops: true },
    ),
  ],
};
