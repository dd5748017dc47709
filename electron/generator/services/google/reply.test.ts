// Replies of Google's text models through the SDK: streamed text and requested pictures.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { TextJob } from '../../../../shared/generator/jobs';
import { type GoogleServer, startGoogleServer } from '../../../../tests/servers/google-server';
import { callPart, eventOf, textEvents } from '../../../../tests/servers/google-stream';
import { createServiceContext } from '../test-context';
import { createGoogleService } from './google';
import { defaultOptions } from './request';

const fox = '01930000-0000-7000-8000-000000000001';

const job: TextJob = {
  kind: 'text',
  jobId: '01930000-0000-7000-8000-000000000000',
  requestId: '01930000-0000-7000-8000-00000000ff01',
  provider: 'google',
  model: 'gemini-3.8-flash',
  text: 'now make it night',
  history: [
    { role: 'user', text: 'a fox', pictures: [] },
    { role: 'assistant', text: '', pictures: [{ imageId: fox, prompt: 'a fox\nat dawn' }] },
  ],
};

const autumn = Date.UTC(2026, 10, 22);
const google = createGoogleService({
  ...defaultOptions,
  retryDelayMs: () => 0,
  clock: { now: () => autumn },
});

let server: GoogleServer;

beforeEach(async () => {
  server = await startGoogleServer();
});

afterEach(() => server.close());

const contextWith = (signal?: AbortSignal) =>
  createServiceContext({ google: { apiKey: 'a-key', baseUrl: server.baseUrl } }, signal);

/** Returns the pictures that these tool calls request. */
async function requestedBy(...calls: object[]) {
  const parts = calls.map((args) => callPart(args));
  server.answerNext({ kind: 'stream', events: [eventOf([{ text: 'Sure.' }, ...parts], 'STOP')] });
  const reply = await google.reply(job, contextWith());
  return reply.ok ? reply.pictures : reply;
}

const plain = { prompt: 'the fox at night', aspectRatio: null, count: 1, edits: null };

describe('the text of a reply', () => {
  it('streams without thoughts and costs the reported tokens', async () => {
    const thought = eventOf([{ text: 'Let me think.', thought: true }]);
    server.answerNext({ kind: 'stream', events: [thought, ...textEvents('Once ', 'upon ', 'a time')] });
    const context = contextWith();
    const reply = await google.reply(job, context);
    // 100 tokens at $0.75 and 30 at $3.75 a million.
    const costMicroUsd = Math.ceil(75 + 112.5);
    expect(reply).toEqual({ ok: true, text: 'Once upon a time', pictures: [], costMicroUsd });
    expect(context.receivedText).toEqual(['Once ', 'upon ', 'a time']);
  });

  it('has no known cost for an unknown model', async () => {
    const reply = await google.reply({ ...job, model: 'gemini-of-next-year' }, contextWith());
    expect(reply).toMatchObject({ ok: true, costMicroUsd: null });
  });

  it('is kept when the connection breaks', async () => {
    server.answerNext({ kind: 'stream', events: [eventOf([{ text: 'Once' }])], ending: 'break' });
    const context = contextWith();
    expect(await google.reply(job, context)).toMatchObject({ ok: false, code: 'connection_lost' });
    expect(context.receivedText).toEqual(['Once']);
    expect(server.requests).toHaveLength(1);
  });

  it('ends immediately on cancel', async () => {
    server.answerNext({ kind: 'stream', events: [eventOf([{ text: 'Once' }])], ending: 'silence' });
    const user = new AbortController();
    const context = { ...contextWith(user.signal), onText: () => user.abort() };
    expect(await google.reply(job, context)).toMatchObject({ ok: false, code: 'cancelled_late' });
  });

  it('arrives after retries if the server is busy', async () => {
    server.answerNext({ kind: 'error', status: 503, code: 'UNAVAILABLE' });
    expect(await google.reply(job, contextWith())).toMatchObject({ ok: true });
    expect(server.requests).toHaveLength(2);
  });
});

describe('the request', () => {
  it('contains the conversation, notes for its pictures, and the tool', async () => {
    await google.reply(job, contextWith());
    expect(server.rejections).toEqual([]);
    expect(server.requests[0]).toMatchObject({
      method: 'streamGenerateContent',
      model: 'gemini-3.8-flash',
      contents: [
        { role: 'user', parts: [{ text: 'a fox' }] },
        { role: 'model', parts: [{ text: `[picture ${fox}: a fox at dawn]` }] },
        { role: 'user', parts: [{ text: 'now make it night' }] },
      ],
    });
    const bodySchema = z.object({
      systemInstruction: z.object({ parts: z.tuple([z.object({ text: z.string() })]) }),
      tools: z.tuple([
        z.object({ functionDeclarations: z.tuple([z.object({ name: z.literal('generate_image') })]) }),
      ]),
      generationConfig: z.object({ thinkingConfig: z.object({ thinkingLevel: z.literal('LOW') }) }),
    });
    expect(bodySchema.safeParse(server.requests[0]?.body).error).toBeUndefined();
  });

  it('goes to the default model if none is given', async () => {
    await google.reply({ ...job, model: null }, contextWith());
    expect(server.requests[0]).toMatchObject({ model: 'gemini-3.8-flash' });
  });
});

describe('a tool call', () => {
  it('is read with all arguments', async () => {
    const call = { prompt: ' the fox at night ', aspect_ratio: '16:9', count: 2, edits: fox };
    expect(await requestedBy(call)).toEqual([{ ...plain, aspectRatio: '16:9', count: 2, edits: fox }]);
  });

  it('finds the picture if the model quotes its whole note', async () => {
    const call = { prompt: 'the fox at night', edits: `[picture ${fox.toUpperCase()}: a fox]` };
    expect(await requestedBy(call)).toEqual([{ ...plain, edits: fox }]);
  });

  it('may come without text', async () => {
    server.answerNext({
      kind: 'stream',
      events: [eventOf([callPart({ prompt: 'the fox at night' })], 'STOP')],
    });
    expect(await google.reply(job, contextWith())).toMatchObject({ ok: true, text: '', pictures: [plain] });
  });

  it.each([
    ['an unknown shape', { aspect_ratio: '7:5' }, {}],
    ['a count that is not a number', { count: 'many' }, {}],
    ['a count of zero', { count: 0 }, {}],
    ['a negative count', { count: -3 }, {}],
    ['a count as text', { count: '3' }, { count: 3 }],
    ['a fractional count', { count: 2.5 }, { count: 2 }],
    ['a count of a hundred', { count: 100 }, { count: 4 }],
    ['an empty edit', { edits: '' }, {}],
  ])('with %s is corrected', async (_name, invalid, corrected) => {
    expect(await requestedBy({ prompt: 'the fox at night', ...invalid })).toEqual([
      { ...plain, ...corrected },
    ]);
  });

  it.each([
    ['without a prompt', { count: 1 }],
    ['with an empty prompt', { prompt: '  ' }],
    ['with a prompt that is not text', { prompt: { fox: true } }],
    ['for an edit of an unknown picture', { prompt: 'x', edits: fox.replace(/1$/, '2') }],
    ['for an edit without a picture id', { prompt: 'x', edits: 'the last one' }],
  ])('%s is ignored', async (_name, invalid) => {
    expect(await requestedBy(invalid)).toEqual([]);
  });

  it('requests at most four pictures together with the others of its reply', async () => {
    const calls = [3, 3, 3].map((count) => ({ prompt: 'the fox at night', count }));
    expect(await requestedBy(...calls)).toEqual([
      { ...plain, count: 3 },
      { ...plain, count: 1 },
    ]);
  });

  it('of another function is ignored', async () => {
    server.answerNext({
      kind: 'stream',
      events: [eventOf([{ text: 'Hm.' }, callPart({ prompt: 'x' }, 'delete_everything')], 'STOP')],
    });
    expect(await google.reply(job, contextWith())).toMatchObject({ ok: true, pictures: [] });
  });
});
