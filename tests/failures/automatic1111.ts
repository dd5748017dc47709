// Failures of a Stable Diffusion web UI: modules/api/api.py of AUTOMATIC1111/stable-diffusion-webui
import { createAutomatic1111Service } from '../../electron/generator/services/automatic1111/automatic1111';
import { createServiceContext } from '../../electron/generator/services/test-context';
import type { PictureJob } from '../../shared/generator/jobs';
import { startAutomatic1111Server, type WebUiAnswer } from '../servers/automatic1111-server';
import { type Body, json, raw } from '../servers/loopback';
import { type FailureCase, type FailureSection, failuresOf, impatientMs, type Played } from './failure-case';
import { otherServerCase } from './tcp-server';

const timing = { timeoutMs: 60_000, retryDelayMs: () => 0, pollMs: 10_000 };
const provider = createAutomatic1111Service(timing);
const impatientService = createAutomatic1111Service({ ...timing, timeoutMs: impatientMs });

const job: PictureJob = {
  kind: 'picture',
  jobId: '01930000-0000-7000-8000-000000000000',
  requestId: '01930000-0000-7000-8000-00000000ff01',
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
  isImpatient?: boolean;
  stops?: boolean;
};

/** The table always shows port 7860, because the real port changes with each run. */
async function play(changes: Play): Promise<Played> {
  const server = await startAutomatic1111Server({ picture: Uint8Array.of(1) });
  for (const answer of changes.answers ?? []) server.answerNext(answer);
  if (changes.everything) server.answerEverything(changes.everything);
  const stop = new AbortController();
  const baseUrl = changes.baseUrl ?? server.baseUrl;
  const context = createServiceContext({ automatic1111: { baseUrl } }, stop.signal);
  const work = (changes.isImpatient ? impatientService : provider).makePicture(
    { ...job, ...changes.job },
    context,
  );
  if (changes.stops) {
    await server.received(1);
    stop.abort();
  }
  try {
    const outcome = await work;
    if (outcome.ok) return { outcome, requests: server.works.length };
    const text = JSON.stringify(outcome).replaceAll(baseUrl, 'http://127.0.0.1:7860');
    return { outcome: JSON.parse(text), requests: server.works.length };
  } finally {
    await server.close();
  }
}

const failure = failuresOf(play);

const answered = (situation: string, code: FailureCase['code'], answer: WebUiAnswer): FailureCase =>
  failure(situation, { code }, { answers: [answer] });

const instead = (situation: string, code: FailureCase['code'], everything: Body): FailureCase =>
  failure(situation, { code, requests: 0 }, { everything });

/** The form of its `handle_exception`. */
const exception = (status: number, error: string, errors: string, detail = ''): WebUiAnswer => ({
  kind: 'json',
  status,
  value: { error, detail, body: '', errors },
});

const elsewhere = otherServerCase((origin) => play({ baseUrl: origin }));

const reset = (when: 'before' | 'midway'): WebUiAnswer => ({
  kind: 'picture',
  mishap: { kind: 'reset', when },
});
const page = '<!doctype html><title>Printer</title>';
const reference = {
  imageId: job.jobId,
  requestId: '01930000-0000-7000-8000-00000000ff01',
  file: 'images/x.png',
  prompt: '',
  signature: null,
};

export const automatic1111Failures: FailureSection = {
  provider: 'automatic1111',
  title: 'Stable Diffusion web UI',
  cases: [
    failure('An invalid address', { code: 'bad_answer', requests: 0 }, { baseUrl: 'ftp://x.example' }),
    failure(
      'A missing reference picture',
      { code: 'file_missing', requests: 0 },
      { job: { references: [reference] } },
    ),
    failure('An unknown checkpoint', { code: 'model_gone', requests: 0 }, { job: { model: 'gone' } }),
    failure(
      'No server at the address',
      { code: 'unreachable', requests: 0 },
      { baseUrl: 'http://127.0.0.1:1' },
    ),
    elsewhere('A server without TLS', 'unreachable', 'https', (socket) =>
      socket.once('data', () => socket.end()),
    ),
    elsewhere('A service that does not speak HTTP', 'bad_answer', 'http', (socket) =>
      socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
    ),
    instead('Started without --api', 'bad_answer', json(404, { detail: 'Not Found' })),
    instead('Started with --api-auth', 'not_permitted', json(401, { detail: 'Not authenticated' })),
    instead('A web page instead of an answer', 'bad_answer', raw(200, 'text/html', page)),
    instead(
      'A redirect',
      'bad_answer',
      raw(302, 'text/html', '', { Location: 'https://elsewhere.example/' }),
    ),
    instead('JSON from another service', 'bad_answer', json(200, [1])),
    instead('502 with a web page', 'provider_unavailable', raw(502, 'text/html', page)),
    answered(
      'An unknown sampler',
      'request_rejected',
      exception(400, 'HTTPException', '', 'Sampler not found'),
    ),
    answered(
      'An unknown sampler, older version',
      'request_rejected',
      exception(404, 'HTTPException', '', 'Sampler not found'),
    ),
    answered('422', 'request_rejected', {
      kind: 'json',
      status: 422,
      value: {
        detail: [{ loc: ['body', 'steps'], msg: 'Input should be a valid integer', type: 'int_parsing' }],
      },
    }),
    answered('500', 'provider_unavailable', exception(500, 'RuntimeError', 'Sizes of tensors must match')),
    answered(
      '500, out of memory',
      'provider_unavailable',
      exception(500, 'OutOfMemoryError', 'CUDA out of memory. Tried to allocate 20.00 MiB'),
    ),
    answered('An answer without a picture', 'no_picture', { kind: 'nothing' }),
    answered('Truncated JSON', 'bad_answer', {
      kind: 'raw',
      status: 200,
      contentType: 'application/json',
      body: '{"images":["',
    }),
    failure(
      'A connection reset before the answer, three times',
      { code: 'connection_lost', requests: 3 },
      { answers: [reset('before'), reset('before'), reset('before')] },
    ),
    failure(
      'A connection reset during the answer, three times',
      { code: 'connection_lost', requests: 3 },
      { answers: [reset('midway'), reset('midway'), reset('midway')] },
    ),
    failure(
      'No answer before the timeout',
      { code: 'timed_out' },
      { answers: [{ kind: 'picture', mishap: { kind: 'hang' } }], isImpatient: true },
    ),
    failure(
      'An answer too slow for the timeout',
      { code: 'timed_out' },
      { answers: [{ kind: 'picture', mishap: { kind: 'drip' } }], isImpatient: true },
    ),
    failure(
      'Cancelled by the user',
      { code: 'cancelled' },
      { answers: [{ kind: 'picture', mishap: { kind: 'hang' } }], stops: true },
    ),
  ],
};
