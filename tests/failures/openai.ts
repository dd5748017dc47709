// Failures of OpenAI-compatible services: https://platform.openai.com/docs/guides/error-codes
import { TLSSocket } from 'node:tls';
import { createOpenaiService } from '../../electron/generator/services/openai/openai';
import { createServiceContext } from '../../electron/generator/services/test-context';
import type { PictureJob } from '../../shared/generator/jobs';
import { chunk, type OpenaiAnswer, startOpenaiServer } from '../servers/openai-server';
import { selfSigned } from '../servers/self-signed';
import {
  type Expected,
  type FailureCase,
  type FailureSection,
  failuresOf,
  impatientMs,
  loginPage,
  type Played,
  quotingMessage,
  rawAnswer,
  secretKey,
} from './failure-case';
import { pictureJobOf, textJobOf } from './jobs';
import { otherServerCase } from './tcp-server';

const provider = createOpenaiService({ timeoutMs: 60_000, retryDelayMs: () => 0 });
const impatientService = createOpenaiService({ timeoutMs: impatientMs, retryDelayMs: () => 0 });

const pictureJob = pictureJobOf('openai', 'gpt-image-1');
const textJob = textJobOf('openai', 'gpt-5-mini');

type Play = {
  answers?: readonly OpenaiAnswer[];
  apiKey?: string | null;
  model?: string;
  baseUrl?: (origin: string) => string;
  asks?: 'picture' | 'reply';
  isImpatient?: boolean;
  stops?: 'at once' | 'when it is asked';
  references?: PictureJob['references'];
};

async function play(changes: Play): Promise<Played> {
  const server = await startOpenaiServer({ picture: Uint8Array.of(1) });
  for (const answer of changes.answers ?? []) server.answerNext(answer);
  const stop = new AbortController();
  if (changes.stops === 'at once') stop.abort();
  const apiKey = changes.apiKey === undefined ? secretKey : changes.apiKey;
  const baseUrl = changes.baseUrl?.(new URL(server.baseUrl).origin) ?? server.baseUrl;
  const context = createServiceContext({ openai: { apiKey, baseUrl } }, stop.signal);
  const by = changes.isImpatient ? impatientService : provider;
  const work =
    changes.asks === 'reply'
      ? by.reply({ ...textJob, model: changes.model ?? textJob.model }, context)
      : by.makePicture(
          {
            ...pictureJob,
            model: changes.model ?? pictureJob.model,
            ...(changes.references && { references: changes.references }),
          },
          context,
        );
  if (changes.stops === 'when it is asked') {
    await server.received(1);
    stop.abort();
  }
  try {
    return { outcome: await work, requests: server.requests.length };
  } finally {
    await server.close();
  }
}

const failure = failuresOf(play);

const answered = (situation: string, expected: Expected, answer: OpenaiAnswer, asks?: 'reply'): FailureCase =>
  failure(situation, expected, { answers: [answer], ...(asks && { asks }) });

const error = (
  status: number,
  code: string | null,
  more: {
    type?: string;
    param?: string;
    message?: string;
    moderation_details?: object;
    headers?: Record<string, string>;
  } = {},
): OpenaiAnswer => {
  const { headers, ...body } = more;
  const message = { message: quotingMessage, type: 'invalid_request_error', param: null, code, ...body };
  return { kind: 'error', status, error: message, ...(headers && { headers }) };
};
const picture = (mishap: OpenaiAnswer['mishap']): OpenaiAnswer => ({
  kind: 'picture',
  ...(mishap && { mishap }),
});
const busy = error(503, null, { type: 'server_error' });

const elsewhere = otherServerCase((origin) => play({ baseUrl: () => `${origin}/v1` }));

const reference = { imageId: pictureJob.jobId, file: 'images/x.png', prompt: '', signature: null };

const notSent: readonly FailureCase[] = [
  failure(
    'No key for a public service',
    { code: 'key_missing', requests: 0 },
    {
      apiKey: null,
      baseUrl: () => 'https://api.openai.com/v1',
    },
  ),
  failure(
    'A key with invalid characters',
    { code: 'key_rejected', requests: 0 },
    { apiKey: `${secretKey}\n` },
  ),
  failure('An invalid address', { code: 'bad_answer', requests: 0 }, { baseUrl: () => 'ftp://x.example' }),
  failure(
    'A missing reference picture',
    { code: 'file_missing', requests: 0 },
    {
      references: [reference],
    },
  ),
  failure('Cancelled before the request', { code: 'cancelled', requests: 0 }, { stops: 'at once' }),
];

const statuses: readonly FailureCase[] = [
  answered('400', { code: 'request_rejected' }, error(400, 'invalid_value')),
  answered(
    '400 that names a field',
    { code: 'setting_rejected' },
    error(400, 'unknown_parameter', { param: 'size[]', message: "Unknown parameter: 'size[]'." }),
  ),
  answered(
    '400 of a proxy, about a field in its words only',
    { code: 'setting_rejected' },
    rawAnswer(400, 'application/json', '{"message":"json: unknown field \\"output_format\\""}'),
  ),
  answered('400, prompt moderated', { code: 'blocked_prompt' }, error(400, 'moderation_blocked')),
  answered(
    '400, prompt moderated (DALL·E)',
    { code: 'blocked_prompt' },
    error(400, 'content_policy_violation'),
  ),
  answered(
    '400, picture moderated',
    { code: 'picture_filtered' },
    error(400, 'moderation_blocked', { moderation_details: { moderation_stage: 'output' } }),
  ),
  answered('401', { code: 'key_rejected' }, error(401, 'invalid_api_key')),
  failure('401 without a key', { code: 'key_missing' }, { answers: [error(401, null)], apiKey: null }),
  answered('402', { code: 'quota_zero' }, error(402, null)),
  answered('403', { code: 'not_permitted' }, error(403, null)),
  answered('403, country', { code: 'not_permitted' }, error(403, 'unsupported_country_region_territory')),
  answered(
    '403, organization not verified',
    { code: 'not_permitted' },
    error(403, null, { message: 'Your organization must be verified to use the model `gpt-image-1`.' }),
  ),
  answered('404, model', { code: 'model_gone' }, error(404, 'model_not_found')),
  answered(
    '404, model, from a local server',
    { code: 'model_gone' },
    rawAnswer(404, 'application/json', '{"error":"model \\"gpt-image-1\\" not found, try pulling it first"}'),
  ),
  answered(
    '404, wrong address',
    { code: 'bad_answer' },
    rawAnswer(404, 'application/json', '{"detail":"Not Found"}'),
  ),
  answered('404 with a web page', { code: 'bad_answer' }, rawAnswer(404, 'text/html', loginPage)),
  answered('429 without details', { code: 'rate_limited' }, error(429, 'rate_limit_exceeded')),
  answered(
    '429 with retry-after',
    { code: 'rate_limited', waits: 12_000 },
    error(429, 'rate_limit_exceeded', { headers: { 'Retry-After': '12' } }),
  ),
  answered(
    '429 with retry-after-ms',
    { code: 'rate_limited', waits: 1500 },
    error(429, 'rate_limit_exceeded', { headers: { 'Retry-After-Ms': '1500', 'Retry-After': '2' } }),
  ),
  answered(
    '429 until tomorrow',
    { code: 'rate_limited' },
    error(429, 'rate_limit_exceeded', { headers: { 'Retry-After': '80000' } }),
  ),
  answered(
    '429, no credit left',
    { code: 'quota_zero' },
    error(429, 'insufficient_quota', { type: 'insufficient_quota', headers: { 'Retry-After': '12' } }),
  ),
  answered('429, spending limit', { code: 'quota_zero' }, error(429, 'project_spend_limit_exceeded')),
  answered('500', { code: 'provider_unavailable' }, error(500, null, { type: 'server_error' })),
  answered('502 with a web page', { code: 'provider_unavailable' }, rawAnswer(502, 'text/html', loginPage)),
  failure('503, three times', { code: 'provider_unavailable', requests: 3 }, { answers: [busy, busy, busy] }),
  answered(
    'A redirect',
    { code: 'bad_answer' },
    {
      kind: 'raw',
      status: 307,
      contentType: 'text/plain',
      body: '',
      headers: { Location: 'https://elsewhere.example/' },
    },
  ),
];

const answers: readonly FailureCase[] = [
  answered('A web page instead of an answer', { code: 'bad_answer' }, rawAnswer(200, 'text/html', loginPage)),
  answered(
    'JSON from another service',
    { code: 'bad_answer' },
    rawAnswer(200, 'application/json', '{"hello":1}'),
  ),
  answered(
    'An empty answer',
    { code: 'connection_lost', charged: true },
    rawAnswer(200, 'application/json', ''),
  ),
  answered(
    'Truncated JSON',
    { code: 'connection_lost', charged: true },
    rawAnswer(200, 'application/json', '{"data":[{"b64'),
  ),
  answered(
    'No pictures in the answer',
    { code: 'no_picture' },
    rawAnswer(200, 'application/json', '{"data":[]}'),
  ),
  answered(
    'A picture address that is not http',
    { code: 'bad_picture_address', charged: true },
    {
      kind: 'link',
      url: 'file:///etc/passwd',
    },
  ),
];

const connections: readonly FailureCase[] = [
  failure(
    'No server at the address',
    { code: 'unreachable', requests: 0 },
    { baseUrl: () => 'http://127.0.0.1:1/v1' },
  ),
  failure(
    'A server without TLS',
    { code: 'unreachable', requests: 0 },
    {
      baseUrl: (origin) => `${origin.replace('http:', 'https:')}/v1`,
    },
  ),
  elsewhere('A server that hangs up during the TLS handshake', 'unreachable', 'https', (socket) =>
    socket.once('data', () => socket.end()),
  ),
  elsewhere('A certificate from no known authority', 'unreachable', 'https', (socket) =>
    new TLSSocket(socket, { ...selfSigned, isServer: true }).on('error', () => undefined),
  ),
  elsewhere('A service that does not speak HTTP', 'bad_answer', 'http', (socket) =>
    socket.end('SSH-2.0-OpenSSH_9.2\r\n'),
  ),
  answered(
    'A connection reset before the answer',
    { code: 'connection_lost', charged: true },
    picture({ kind: 'reset', when: 'before' }),
  ),
  answered(
    'A connection reset during the answer',
    { code: 'connection_lost', charged: true },
    picture({ kind: 'reset', when: 'midway' }),
  ),
  failure(
    'No answer before the timeout',
    { code: 'timed_out', charged: true },
    { answers: [picture({ kind: 'hang' })], isImpatient: true },
  ),
  failure(
    'An answer too slow for the timeout',
    { code: 'timed_out', charged: true },
    { answers: [picture({ kind: 'drip' })], isImpatient: true },
  ),
  failure(
    'Cancelled by the user',
    { code: 'cancelled_late', charged: true },
    {
      answers: [picture({ kind: 'hang' })],
      stops: 'when it is asked',
    },
  ),
];

const hello = [chunk({ role: 'assistant', content: 'Hel' })];
const call = (args: string) =>
  chunk({ tool_calls: [{ index: 0, function: { name: 'generate_image', arguments: args } }] });
const stranger = JSON.stringify({ prompt: 'night', edits: pictureJob.jobId });

const chat: readonly FailureCase[] = [
  answered('Chat: 429 without details', { code: 'rate_limited' }, error(429, null), 'reply'),
  answered(
    'Chat: a web page instead of a stream',
    { code: 'bad_answer' },
    rawAnswer(200, 'text/html', loginPage),
    'reply',
  ),
  answered(
    'Chat: a reply over the maximum length',
    { code: 'reply_too_long', charged: true },
    {
      kind: 'stream',
      chunks: Array.from({ length: 50 }, () => chunk({ content: 'a '.repeat(50_000) })),
    },
    'reply',
  ),
  answered(
    'Chat: ended by the safety filter',
    { code: 'refused', charged: true },
    {
      kind: 'stream',
      chunks: [...hello, chunk({}, 'content_filter')],
    },
    'reply',
  ),
  answered(
    'Chat: a connection reset during the stream',
    { code: 'connection_lost', charged: true },
    {
      kind: 'stream',
      chunks: [...hello, ...hello],
      mishap: { kind: 'reset', when: 'midway' },
    },
    'reply',
  ),
  answered(
    'Chat: a stream without a finish reason',
    { code: 'connection_lost', charged: true },
    {
      kind: 'stream',
      chunks: hello,
      cutOff: true,
    },
    'reply',
  ),
  answered(
    'Chat: an error during the stream',
    { code: 'provider_unavailable', charged: true },
    {
      kind: 'stream',
      chunks: [...hello, { error: { message: quotingMessage, type: 'server_error' } }],
    },
    'reply',
  ),
  answered(
    'Chat: an empty reply',
    { code: 'no_reply', charged: true },
    { kind: 'stream', chunks: [chunk({}, 'stop')] },
    'reply',
  ),
  answered(
    'Chat: an edit of an unknown picture',
    { code: 'no_reply', charged: true },
    {
      kind: 'stream',
      chunks: [call(stranger), chunk({}, 'tool_calls')],
    },
    'reply',
  ),
  failure(
    'Chat: no end before the timeout',
    { code: 'timed_out', charged: true },
    {
      answers: [{ kind: 'stream', chunks: [...hello, ...hello], mishap: { kind: 'drip' } }],
      asks: 'reply',
      isImpatient: true,
    },
  ),
  failure(
    'Chat: cancelled by the user',
    { code: 'cancelled_late', charged: true },
    {
      answers: [{ kind: 'stream', chunks: hello, mishap: { kind: 'hang' } }],
      asks: 'reply',
      stops: 'when it is asked',
    },
  ),
];

export const openaiFailures: FailureSection = {
  provider: 'openai',
  title: 'OpenAI-compatible',
  cases: [...notSent, ...statuses, ...answers, ...connections, ...chat],
};
