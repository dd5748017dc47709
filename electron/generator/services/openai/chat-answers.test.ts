// Chat answers as services send them: parts, pictures, thoughts, one document instead of a stream, and keep-alives.
import { afterEach, beforeEach, describe, expect, it, onTestFinished, test } from 'vitest';
import { useServiceDirectory } from '../../../../shared/domain/service-directory';
import { builtInService, builtInServiceIds } from '../../../../shared/domain/services';
import type { TextJob } from '../../../../shared/generator/jobs';
import {
  chunk,
  type OpenaiServer,
  startOpenaiServer,
  usageChunk,
} from '../../../../tests/servers/openai-server';
import { createServiceContext } from '../test-context';
import { createOpenaiService } from './openai';

const first = Buffer.from('\x89PNG first', 'latin1');
const second = Buffer.from('\x89PNG second', 'latin1');
const dataUrl = (bytes: Uint8Array) => `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;
const openai = createOpenaiService({ timeoutMs: 60_000, retryDelayMs: () => 0 });
const job: TextJob = {
  kind: 'text',
  ...{ jobId: '01930000-0000-7000-8000-000000000000', requestId: '01930000-0000-7000-8000-00000000ff01' },
  ...{ provider: 'openai', model: 'gpt-5-mini', text: 'show me foxes', history: [] },
};

let server: OpenaiServer;

beforeEach(async () => {
  server = await startOpenaiServer();
});
afterEach(() => server.close());

async function reply(changes: { signal?: AbortSignal } = {}) {
  const context = createServiceContext(
    { openai: { apiKey: 'key', baseUrl: server.baseUrl } },
    changes.signal,
  );
  const replied = await openai.reply(job, context);
  return { replied, shown: context.receivedText.join('') };
}

function stream(...chunks: object[]): void {
  server.answerNext({ kind: 'stream', chunks: [...chunks, chunk({}, 'stop'), usageChunk(100, 10)] });
}

function raw(contentType: string, body: string): void {
  server.answerNext({ kind: 'raw', status: 200, contentType, body });
}

const documentOf = (message: object) =>
  JSON.stringify({
    choices: [{ index: 0, message, finish_reason: 'stop' }],
    usage: { prompt_tokens: 100, completion_tokens: 10 },
  });
const bytesOf = ({ replied }: Awaited<ReturnType<typeof reply>>) =>
  replied.ok ? replied.made?.map(({ bytes }) => Buffer.from(bytes)) : null;

describe('a single document in place of a requested stream', () => {
  it.each(['application/json', 'application/json; charset=utf-8', 'text/event-stream', ''])(
    'is read, whatever its type: %j',
    async (type) => {
      raw(type, documentOf({ role: 'assistant', content: 'Good evening.' }));
      const { replied, shown } = await reply();
      expect(replied).toMatchObject({ ok: true, text: 'Good evening.', costMicroUsd: 45 });
      expect(shown).toBe('Good evening.');
    },
  );

  it('may request pictures by tools', async () => {
    const called = { function: { name: 'generate_image', arguments: '{"prompt":"a fox"}' } };
    raw('application/json', documentOf({ content: null, tool_calls: [called, called] }));
    expect((await reply()).replied).toMatchObject({
      ok: true,
      pictures: [{ prompt: 'a fox' }, { prompt: 'a fox' }],
    });
  });

  it('may be an error', async () => {
    raw('application/json', '{"error":{"message":"No.","type":"server_error"}}');
    expect((await reply()).replied).toMatchObject({ ok: false });
  });
});

test('skips keep-alives, empty events and malformed events', async () => {
  const events = ['Good ', 'evening.'].map((content) => `data:${JSON.stringify(chunk({ content }))}\r\n\r\n`);
  const noise =
    ': OPENROUTER PROCESSING\r\n\r\ndata:\r\n\r\nevent: ping\r\ndata: {"type":"ping"}\r\n\r\ndata: {"chunk\r\n\r\n';
  const end = `data: ${JSON.stringify(chunk({}, 'stop'))}\r\n\r\ndata: [DONE]`;
  raw('text/event-stream', `${noise}${events[0]}${noise}${events[1]}${noise}${end}`);
  expect((await reply()).replied).toMatchObject({ ok: true, text: 'Good evening.' });
});

test('joins the text of content parts in order', async () => {
  stream(
    chunk({
      content: [
        { type: 'text', text: 'Good ' },
        { type: 'text', text: 'evening.' },
      ],
    }),
  );
  expect((await reply()).replied).toMatchObject({ ok: true, text: 'Good evening.' });
});

describe('the pictures of an answer', () => {
  const image = (url: string) => ({ type: 'image_url', image_url: { url } });

  it.each([
    ['delta.images', [chunk({ content: 'Foxes.', images: [image(dataUrl(first)), image(dataUrl(second))] })]],
    [
      'delta.images, one a chunk',
      [
        chunk({ content: 'Foxes.' }),
        chunk({ images: [image(dataUrl(first))] }),
        chunk({ images: [image(dataUrl(second))] }),
      ],
    ],
    [
      'content as parts',
      [chunk({ content: [{ text: 'Foxes.' }, image(dataUrl(first)), { image_url: dataUrl(second) }] })],
    ],
    [
      'Markdown',
      [chunk({ content: `Foxes. ![a](${dataUrl(first)})` }), chunk({ content: `![b](${dataUrl(second)})` })],
    ],
    [
      'base64',
      [
        chunk({
          content: 'Foxes.',
          images: [{ b64_json: first.toString('base64') }, { b64_json: second.toString('base64') }],
        }),
      ],
    ],
  ])('come from %s', async (_where, chunks) => {
    stream(...chunks);
    const answer = await reply();
    expect(answer.replied).toMatchObject({
      ok: true,
      text: expect.stringMatching(/^Foxes\.\s*$/),
      pictures: [],
    });
    expect(bytesOf(answer)).toEqual([first, second]);
    expect(answer.shown).not.toContain('base64');
  });

  it('come from message.images of one document', async () => {
    raw('application/json', documentOf({ content: '', images: [image(dataUrl(first))] }));
    const answer = await reply();
    expect(answer.replied).toMatchObject({ ok: true, text: 'The model answered with a picture.' });
    expect(bytesOf(answer)).toEqual([first]);
  });

  it('are fetched from the service’s own server, by an absolute or a relative address, without the key', async () => {
    const link = server.link(second);
    stream(chunk({ content: `Foxes: ![b](${link.path})`, images: [image(link.url)] }));
    const answer = await reply();
    expect(answer.replied).toMatchObject({ ok: true, text: 'Foxes:' });
    expect(bytesOf(answer)).toEqual([second, second]);
    for (const { headers } of server.fetched()) expect(headers.authorization).toBeUndefined();
  });

  it('stay links if they are on another server', async () => {
    const text = 'Foxes: ![b](http://127.0.0.1:9/secret.png)';
    stream(chunk({ content: text }));
    const answer = await reply();
    expect(answer.replied).toMatchObject({ ok: true, text });
    expect(bytesOf(answer)).toBeUndefined();
  });

  it('that cannot be fetched are reported, and the others are kept', async () => {
    stream(
      chunk({
        content: 'Foxes.',
        images: [image(`${new URL(server.baseUrl).origin}/gone.png`), image(dataUrl(first))],
      }),
    );
    const answer = await reply();
    expect(answer.replied).toMatchObject({
      ok: true,
      text: 'Foxes.\n\nA picture of this answer could not be fetched.',
    });
    expect(bytesOf(answer)).toEqual([first]);
  });

  it('fail the answer if none can be fetched and there is no text, and may have been charged', async () => {
    stream(chunk({ images: [image(`${new URL(server.baseUrl).origin}/gone.png`)] }));
    expect((await reply()).replied).toMatchObject({ ok: false, code: 'no_picture', costMicroUsd: 45 });
  });

  it('of twenty megabytes take little processor time', async () => {
    const large = Buffer.alloc(15_000_000, 7);
    stream(chunk({ content: `![a](${dataUrl(large)})` }));
    const before = process.cpuUsage();
    const answer = await reply();
    const { user } = process.cpuUsage(before);
    expect(bytesOf(answer)?.[0]?.equals(large)).toBe(true);
    expect(user).toBeLessThan(3_000_000);
  });
});

describe('thoughts', () => {
  it('stay in the text, where the renderer folds them', async () => {
    stream(chunk({ content: '<think>Hm.</think>' }), chunk({ content: 'A fox.' }));
    expect((await reply()).replied).toMatchObject({ ok: true, text: '<think>Hm.</think>A fox.' });
  });

  it('alone do not count as an answer', async () => {
    stream(chunk({ content: '<think>Hm.</think>\n' }));
    expect((await reply()).replied).toMatchObject({ ok: false, code: 'no_reply' });
  });
});

describe('the cost of an answer', () => {
  const told = (usage: object) => JSON.stringify({ ...JSON.parse(documentOf({ content: 'Hello.' })), usage });

  test.each([
    ['in dollars', { prompt_tokens: 100, completion_tokens: 10, cost: 0.000_123 }, 123],
    ['in ticks', { prompt_tokens: 100, completion_tokens: 10, cost_in_usd_ticks: 1_230_000 }, 123],
    ['of another type', { prompt_tokens: 100, completion_tokens: 10, cost: 'a cent' }, 45],
  ])('is the one that the service reports: %s', async (_, usage, costMicroUsd) => {
    raw('application/json', told(usage));
    expect((await reply()).replied).toMatchObject({ ok: true, costMicroUsd });
  });

  test('is zero on this computer, whatever the server reports', async () => {
    useServiceDirectory([{ id: 'openai', kind: 'openai', name: 'Mine', address: server.baseUrl }]);
    onTestFinished(() => useServiceDirectory(builtInServiceIds.map(builtInService)));
    raw('application/json', told({ prompt_tokens: 100, completion_tokens: 10, cost: 0.5 }));
    expect((await reply()).replied).toMatchObject({ ok: true, costMicroUsd: 0 });
  });
});
