// Google's failures: https://ai.google.dev/gemini-api/docs/troubleshooting
import { createServer } from 'node:net';
import { createGoogleService } from '../../electron/generator/services/google/google';
import { createServiceContext } from '../../electron/generator/services/test-context';
import { type GoogleAnswer, type GoogleServer, startGoogleServer } from '../servers/google-server';
import { callPart, eventOf, textEvents } from '../servers/google-stream';
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

/** Fixed, so that the table does not change with each run. */
export const clock = {
  now: () => Date.parse('2026-11-22T13:35:00Z'),
};

const provider = createGoogleService({ timeoutMs: 60_000, retryDelayMs: () => 0, clock });
const impatientService = createGoogleService({ timeoutMs: impatientMs, retryDelayMs: () => 0, clock });

const pictureJob = pictureJobOf('google', 'gemini-nano-banana-2.1');
const textJob = textJobOf('google', 'gemini-3.8-flash');

type Play = {
  answers?: readonly GoogleAnswer[];
  apiKey?: string | null;
  model?: string;
  baseUrl?: string;
  asks?: 'picture' | 'reply';
  by?: typeof provider;
  /** Runs when the server has received the request. */
  meanwhile?: (stop: AbortController, server: GoogleServer) => void;
};

async function play(changes: Play): Promise<Played> {
  const server = await startGoogleServer({ picture: Uint8Array.of(1), script: changes.answers ?? [] });
  const stop = new AbortController();
  const apiKey = changes.apiKey === undefined ? secretKey : changes.apiKey;
  const google = { apiKey, baseUrl: changes.baseUrl ?? server.baseUrl };
  const context = createServiceContext({ google }, stop.signal);
  const by = changes.by ?? provider;
  const work =
    changes.asks === 'reply'
      ? by.reply({ ...textJob, model: changes.model ?? textJob.model }, context)
      : by.makePicture({ ...pictureJob, model: changes.model ?? pictureJob.model }, context);
  if (changes.meanwhile) {
    await server.received(1);
    changes.meanwhile(stop, server);
  }
  try {
    return { outcome: await work, requests: server.requests.length };
  } finally {
    await server.close();
  }
}

const failure = failuresOf(play);

const answered = (situation: string, expected: Expected, answer: GoogleAnswer, asks?: 'reply'): FailureCase =>
  failure(situation, expected, { answers: [answer], ...(asks && { asks }) });

const error = (
  status: number,
  code: string,
  details: readonly object[] = [],
  message = quotingMessage,
): GoogleAnswer => ({
  kind: 'error',
  status,
  code,
  message,
  details,
});
const info = (reason: string) => [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason }];
const quota = (quotaId: string, quotaValue = '10') => ({
  '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
  violations: [{ quotaId, quotaValue }],
});
const retryIn = (retryDelay: string) => ({ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay });
const busy = error(503, 'UNAVAILABLE');

const notSent: readonly FailureCase[] = [
  failure('No key', { code: 'key_missing', requests: 0 }, { apiKey: null }),
  failure(
    'A key with invalid characters',
    { code: 'key_rejected', requests: 0 },
    { apiKey: `${secretKey}\n` },
  ),
  failure('An invalid model name', { code: 'request_rejected', requests: 0 }, { model: '../files' }),
];

const statuses: readonly FailureCase[] = [
  answered(
    '400, key not valid',
    { code: 'key_rejected' },
    error(400, 'INVALID_ARGUMENT', info('API_KEY_INVALID')),
  ),
  answered('400', { code: 'request_rejected' }, error(400, 'INVALID_ARGUMENT')),
  answered('400, billing required', { code: 'not_permitted' }, error(400, 'FAILED_PRECONDITION')),
  answered('401', { code: 'key_rejected' }, error(401, 'UNAUTHENTICATED')),
  answered('402', { code: 'not_permitted' }, error(402, 'RESOURCE_EXHAUSTED')),
  answered('403', { code: 'not_permitted' }, error(403, 'PERMISSION_DENIED')),
  answered(
    '403, API not enabled',
    { code: 'not_permitted' },
    error(403, 'PERMISSION_DENIED', info('SERVICE_DISABLED')),
  ),
  answered(
    '403, leaked key',
    { code: 'key_rejected' },
    error(403, 'PERMISSION_DENIED', [], 'Your API key was reported as leaked. Please use another API key.'),
  ),
  answered('404', { code: 'model_gone' }, error(404, 'NOT_FOUND')),
  failure(
    '404 for a model that was shut down',
    { code: 'model_gone' },
    { answers: [error(404, 'NOT_FOUND')], model: 'gemini-2.5-flash-image' },
  ),
  failure(
    '404 for a model that the user typed',
    { code: 'model_gone' },
    { answers: [error(404, 'NOT_FOUND')], model: 'gemini-of-next-year' },
  ),
  answered('413', { code: 'request_rejected' }, error(413, 'INVALID_ARGUMENT')),
  answered(
    '429, per minute, with a delay',
    { code: 'rate_limited', waits: 29_000 },
    error(429, 'RESOURCE_EXHAUSTED', [
      quota('GenerateRequestsPerMinutePerProjectPerModel-FreeTier'),
      retryIn('29s'),
    ]),
  ),
  answered(
    '429, per minute, without a delay',
    { code: 'rate_limited', waits: 60_000 },
    error(429, 'RESOURCE_EXHAUSTED', [quota('GenerateRequestsPerMinutePerProjectPerModel')]),
  ),
  answered(
    '429 with only a Retry-After header',
    { code: 'rate_limited', waits: 7000 },
    {
      ...error(429, 'RESOURCE_EXHAUSTED'),
      kind: 'error',
      status: 429,
      code: 'RESOURCE_EXHAUSTED',
      headers: { 'Retry-After': '7' },
    },
  ),
  answered(
    '429 without details',
    { code: 'rate_limited' },
    rawAnswer(429, 'application/json', '{"error":"no"}'),
  ),
  answered(
    '429, per day',
    { code: 'quota_day' },
    error(429, 'RESOURCE_EXHAUSTED', [
      quota('GenerateRequestsPerDayPerProjectPerModel-FreeTier'),
      retryIn('20s'),
    ]),
  ),
  answered(
    '429, limit: 0',
    { code: 'quota_zero' },
    {
      kind: 'error',
      status: 429,
      code: 'RESOURCE_EXHAUSTED',
      message: 'Quota exceeded for metric: generate_content_free_tier_requests, limit: 0, model: x',
      details: [{ '@type': 'type.googleapis.com/google.rpc.Help' }, retryIn('36000s')],
    },
  ),
  answered('500', { code: 'provider_unavailable' }, error(500, 'INTERNAL')),
  failure('503, three times', { code: 'provider_unavailable', requests: 3 }, { answers: [busy, busy, busy] }),
  answered('504', { code: 'provider_unavailable' }, error(504, 'DEADLINE_EXCEEDED')),
  answered('502 with a web page', { code: 'provider_unavailable' }, rawAnswer(502, 'text/html', loginPage)),
];

const addresses: readonly FailureCase[] = [
  answered('A web page instead of JSON', { code: 'bad_answer' }, rawAnswer(200, 'text/html', loginPage)),
  answered('404 with a web page', { code: 'bad_answer' }, rawAnswer(404, 'text/html', loginPage)),
  answered(
    '404 from another service',
    { code: 'bad_answer' },
    rawAnswer(404, 'application/json', '{"detail":"Not Found"}'),
  ),
  answered(
    'JSON from another service',
    { code: 'bad_answer' },
    rawAnswer(200, 'application/json', '{"status":"fine"}'),
  ),
  answered(
    'An empty answer',
    { code: 'connection_lost', charged: true },
    rawAnswer(200, 'application/json', ''),
  ),
  answered(
    'A redirect',
    { code: 'bad_answer' },
    {
      kind: 'raw',
      status: 307,
      contentType: 'text/plain',
      body: '',
      headers: { Location: 'http://127.0.0.1:9/' },
    },
  ),
  failure(
    'No server at the address',
    { code: 'unreachable', requests: 0 },
    { baseUrl: 'http://127.0.0.1:9' },
  ),
  failure(
    'An unknown host name',
    { code: 'unreachable', requests: 0 },
    { baseUrl: 'http://nowhere.invalid' },
  ),
  {
    situation: 'A server without TLS',
    code: 'unreachable',
    charged: false,
    requests: 0,
    play: async () => {
      const tcpServer = createServer((socket) => socket.on('error', () => undefined).end('no'));
      await new Promise<void>((resolve) => tcpServer.listen(0, '127.0.0.1', resolve));
      const address = tcpServer.address();
      if (address === null || typeof address === 'string') throw new Error('The server has no port.');
      const played = await play({ baseUrl: `https://127.0.0.1:${address.port}` });
      tcpServer.close();
      return played;
    },
  },
];

const lines: readonly FailureCase[] = [
  answered(
    'Truncated JSON',
    { code: 'connection_lost', charged: true },
    rawAnswer(200, 'application/json', '{"candidates":[{"cont'),
  ),
  answered(
    'An answer with an unexpected structure',
    { code: 'bad_answer', charged: true },
    rawAnswer(200, 'application/json', '{"candidates":"many"}'),
  ),
  answered(
    'A connection reset before the answer',
    { code: 'connection_lost', charged: true },
    { kind: 'reset', when: 'before' },
  ),
  answered(
    'A connection reset during the answer',
    { code: 'connection_lost', charged: true },
    { kind: 'reset', when: 'midway' },
  ),
  failure(
    'No answer before the timeout',
    { code: 'timed_out', charged: true },
    { answers: [{ kind: 'hang' }], by: impatientService },
  ),
  failure(
    'An answer too slow for the timeout',
    { code: 'timed_out', charged: true },
    { answers: [{ kind: 'picture', drip: { chunks: 1000, everyMs: 20 } }], by: impatientService },
  ),
  failure(
    'Cancelled by the user',
    { code: 'cancelled_late', charged: true },
    { answers: [{ kind: 'hang' }], meanwhile: (stop) => stop.abort() },
  ),
];

const blocks = [
  'SAFETY',
  'OTHER',
  'BLOCKLIST',
  'PROHIBITED_CONTENT',
  'IMAGE_SAFETY',
  'MODEL_ARMOR',
  'JAILBREAK',
  'A_NEW_ONE',
];
const refusals = ['SAFETY', 'RECITATION', 'LANGUAGE', 'BLOCKLIST', 'PROHIBITED_CONTENT', 'SPII'];
const filters = ['IMAGE_SAFETY', 'IMAGE_PROHIBITED_CONTENT', 'IMAGE_RECITATION'];
const mishaps = ['IMAGE_OTHER', 'NO_IMAGE', 'OTHER', 'MAX_TOKENS', 'A_NEW_ONE'];
const finish = (reason: string): GoogleAnswer => ({ kind: 'finish', reason });

const reasons: readonly FailureCase[] = [
  ...blocks.map((reason) =>
    answered(`Prompt blocked: ${reason}`, { code: 'blocked_prompt' }, { kind: 'block', reason }),
  ),
  ...refusals.map((reason) => answered(`Ended for ${reason}`, { code: 'refused' }, finish(reason))),
  ...filters.map((reason) => answered(`Ended for ${reason}`, { code: 'picture_filtered' }, finish(reason))),
  answered(
    'Ended for IMAGE_SAFETY after the picture was counted',
    { code: 'picture_filtered', charged: true },
    {
      ...{ kind: 'finish', reason: 'IMAGE_SAFETY' },
      countsPicture: true,
    },
  ),
  ...mishaps.map((reason) => answered(`Ended for ${reason}`, { code: 'no_picture' }, finish(reason))),
  answered('STOP without a picture', { code: 'no_picture' }, finish('STOP')),
  answered('No candidates', { code: 'no_picture' }, rawAnswer(200, 'application/json', '{"candidates":[]}')),
  answered(
    'Text instead of a picture',
    { code: 'answered_with_words' },
    {
      kind: 'parts',
      parts: [{ text: `Which lighthouse? ${quotingMessage}` }],
    },
  ),
  answered(
    'Only intermediate pictures',
    { code: 'no_picture' },
    {
      kind: 'parts',
      parts: [{ thought: true, inlineData: { mimeType: 'image/png', data: 'AQID' } }],
    },
  ),
];

const stranger = callPart({ prompt: 'at night', edits: '01930000-0000-7000-8000-00000000dead' });

const replies: readonly FailureCase[] = [
  answered(
    'Chat: 429 without details',
    { code: 'rate_limited' },
    rawAnswer(429, 'application/json', '{}'),
    'reply',
  ),
  answered(
    'Chat: a web page instead of a stream',
    { code: 'bad_answer' },
    rawAnswer(200, 'text/html', loginPage),
    'reply',
  ),
  answered('Chat: prompt blocked', { code: 'blocked_prompt' }, { kind: 'block', reason: 'SAFETY' }, 'reply'),
  answered('Chat: ended for SAFETY', { code: 'refused', charged: true }, finish('SAFETY'), 'reply'),
  answered(
    'Chat: a reply over the maximum length',
    { code: 'reply_too_long', charged: true },
    {
      kind: 'stream',
      events: Array.from({ length: 50 }, () => eventOf([{ text: 'a '.repeat(50_000) }])),
    },
    'reply',
  ),
  answered(
    'Chat: a connection reset during the stream',
    { code: 'connection_lost', charged: true },
    {
      kind: 'stream',
      events: [eventOf([{ text: 'Once' }])],
      ending: 'break',
    },
    'reply',
  ),
  answered(
    'Chat: a stream without a finish reason',
    { code: 'connection_lost', charged: true },
    {
      kind: 'stream',
      events: [eventOf([{ text: 'Once' }])],
    },
    'reply',
  ),
  answered(
    'Chat: an error during the stream',
    { code: 'provider_unavailable', charged: true },
    {
      kind: 'stream',
      events: [
        eventOf([{ text: 'Once' }]),
        { error: { code: 503, message: quotingMessage, status: 'UNAVAILABLE' } },
      ],
    },
    'reply',
  ),
  answered(
    'Chat: an empty reply',
    { code: 'no_reply', charged: true },
    { kind: 'stream', events: textEvents('') },
    'reply',
  ),
  answered(
    'Chat: an edit of an unknown picture',
    { code: 'no_reply', charged: true },
    {
      kind: 'stream',
      events: [eventOf([stranger], 'STOP')],
    },
    'reply',
  ),
  failure(
    'Chat: no end before the timeout',
    { code: 'timed_out', charged: true },
    {
      answers: [{ kind: 'stream', events: [eventOf([{ text: 'Once' }])], ending: 'silence' }],
      asks: 'reply',
      by: impatientService,
    },
  ),
  failure(
    'Chat: cancelled by the user',
    { code: 'cancelled_late', charged: true },
    {
      answers: [{ kind: 'stream', events: [eventOf([{ text: 'Once' }])], ending: 'silence' }],
      asks: 'reply',
      meanwhile: (stop) => stop.abort(),
    },
  ),
];

export const googleFailures: FailureSection = {
  provider: 'google',
  title: 'Google (Gemini API)',
  cases: [...notSent, ...statuses, ...addresses, ...lines, ...reasons, ...replies],
};
