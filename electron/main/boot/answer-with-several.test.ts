// An answer with several pictures through the whole app but its window: dispatcher, generator, database and disk.

import { createServer } from 'node:http';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Message } from '../../../shared/domain/conversations';
import { unconfigured } from '../../../shared/generator/jobs';
import type { FromGenerator } from '../../../shared/generator/messages';
import { listen } from '../../../tests/servers/listen';
import { localCodec } from '../../generator/codec/local-codec';
import { answerJob } from '../../generator/pipeline/answer-job';
import { tidyArrivals } from '../../generator/pipeline/arrivals';
import { createRequests } from '../../generator/pipeline/requests';
import { sample } from '../../generator/pipeline/test-pictures';
import { createReplyStream } from '../chat/reply-stream';
import { openMemoryStore } from '../db/test-database';
import { createGenerator, type GeneratorChild } from '../generation/generator-process';
import { createUnsavedWork } from '../generation/unsaved-work';
import { createMetrics } from '../logging/metrics';
import { createOutbox } from '../outbox/outbox';
import { temporaryFolder } from '../test-support/temporary-folder';
import { sent } from '../test-support/test-messages';
import { type Chat, startChat } from './start-chat';

const memory = openMemoryStore();
const { store } = memory;
const sides = [20, 30, 40];

let dataFolder: string;
let baseUrl: string;
let requests: number;

beforeEach(async () => {
  memory.clear();
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  dataFolder = folder;
  requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    const parts = sides.map((side) => ({
      inlineData: {
        mimeType: 'image/png',
        data: sample(side, side).toBuffer('image/png').toString('base64'),
      },
    }));
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ candidates: [{ content: { parts }, finishReason: 'STOP' }] }));
  });
  onTestFinished(() => void server.close());
  baseUrl = `http://127.0.0.1:${await listen(server)}`;
});

/** @param dies returns whether the app is killed instead of hearing of an outcome. */
function start(dies: (message: FromGenerator) => boolean = () => false): Chat & { isDead: () => boolean } {
  const broadcast = () => {};
  const metrics = createMetrics();
  const after = () => {};
  const onWriteError = (error: unknown) => expect.unreachable(String(error));
  const generatorRequests = createRequests();
  let isDead = false;
  tidyArrivals(dataFolder);
  const fork = (onMessage: (message: unknown) => void): GeneratorChild => {
    const send = (message: FromGenerator) => {
      if (!isDead && dies(message)) isDead = true;
      if (!isDead) onMessage(message);
    };
    setImmediate(() => send({ type: 'ready' }));
    return {
      post(message) {
        if (message.type !== 'run') return;
        const google = {
          ...unconfigured({ id: 'google', kind: 'google', name: 'Google' }),
          apiKey: 'key',
          baseUrl,
        };
        const configuration = { dataFolder, services: [google], displayQuality: 90, language: 'en' };
        const signal = new AbortController().signal;
        const context = { configuration, codec: localCodec, requests: generatorRequests, signal, send };
        void answerJob(message.job, context).then(({ outcome }) => send(outcome));
      },
      kill: () => {},
    };
  };
  const configuration = () =>
    ({ type: 'configure', dataFolder, services: [], displayQuality: 90, language: 'en' }) as const;
  const generator = createGenerator({ fork, configuration, after });
  onTestFinished(() => generator.close());
  const outbox = createOutbox({ store, broadcast, metrics }, setImmediate, { after, onWriteError });
  const chat = startChat({
    environment: { limits: null },
    services: {
      find: (id) => store.services.list().find((one) => one.id === id),
      fromEnvironment: () => null,
      canRunEngine: () => false,
      effective: () => store.services.list(),
    },
    store,
    secrets: { get: () => 'key', mayHave: () => true, isOfRun: () => false },
    ...{ metrics, broadcast, generator, outbox },
    longTasks: { measure: (_name, work) => work() },
    replyStream: createReplyStream({ store, broadcast, now: Date.now }, { after, onWriteError }),
    unsavedWork: createUnsavedWork(),
    logs: { concealPrompt: () => {} },
    onWriteError,
    world: {
      ...{ now: Date.now, deletionTime: Date.now, random: Math.random, after },
      later: (work) => setImmediate(() => isDead || work()),
      hasFile: () => false,
    },
  });
  chat.onKeysLoaded();
  chat.dispatcher.open();
  return { ...chat, isDead: () => isDead };
}

function ask(chat: Chat): () => Message[] {
  store.transaction(() => store.settings.write({ provider: 'google' }));
  const { conversation } = sent(chat, { text: 'draw a fox' });
  return () => store.messages.page(conversation.id, null, 10).messages.slice(1);
}

async function expectAllOf(messages: () => Message[]): Promise<void> {
  const wanted = sides.map((width) => ({ status: 'ready', kind: 'image', image: { width } }));
  await expect.poll(messages).toMatchObject(wanted);
  const groups = new Set(messages().map((message) => message.kind === 'image' && message.groupId));
  expect(groups.size).toBe(1);
  expect(requests).toBe(1);
  const charges = memory.query<{ amount_micro_usd: number; state: string }>('SELECT * FROM charges');
  expect(charges).toMatchObject([{ state: 'made' }]);
  await expect.poll(() => store.userImages.count()).toBe(3);
  const costs = messages().map((message) => message.costMicroUsd ?? 0);
  expect(costs.reduce((sum, cost) => sum + cost, 0)).toBe(charges[0]?.amount_micro_usd);
}

test('its pictures are made by one request, in one group, with one charge', async () => {
  await expectAllOf(ask(start()));
});

test.each([
  ['before the first picture is in the database', 1],
  ['before the second one is', 2],
  ['before the last one is', 3],
])('a kill %s loses none, and asks nothing again', async (_when, stored) => {
  let count = 0;
  const first = start((message) => {
    if (message.type === 'stored') count += 1;
    return message.type === 'stored' && count === stored;
  });
  const messages = ask(first);
  await expect.poll(first.isDead).toBe(true);
  start();
  await expectAllOf(messages);
});
