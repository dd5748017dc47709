import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { EventName } from '../../../shared/contract';
import { failure } from '../../../shared/domain/errors';
import type { ServiceId } from '../../../shared/domain/services';
import type { Job } from '../../../shared/generator/jobs';
import { createReplyStream } from '../chat/reply-stream';
import { openMemoryStore } from '../db/test-database';
import { createGenerator } from '../generation/generator-process';
import { createUnsavedWork } from '../generation/unsaved-work';
import type { Broadcast } from '../ipc/broadcast';
import { createMetrics } from '../logging/metrics';
import { createOutbox } from '../outbox/outbox';
import { sent } from '../test-support/test-messages';
import { type Chat, startChat } from './start-chat';

const memory = openMemoryStore();
const { store } = memory;
/** The jobs that the generator was given. */
let jobs: Job[];
let keys: Map<ServiceId, string>;
/** The services whose keys are on the disk and not loaded. */
let expected: Set<ServiceId>;
let later: (() => void)[];

beforeEach(() => {
  memory.clear();
  jobs = [];
  keys = new Map();
  expected = new Set();
  later = [];
  events = [];
});

/** Whether the keys are the environment's. */
let isKeyOfRun = false;
/** Events that were sent to the page. */
let events: EventName[];

function start(): Chat {
  const broadcast: Broadcast = (name) => void events.push(name);
  const metrics = createMetrics();
  const after = () => {};
  const onWriteError = (error: unknown) => expect.unreachable(String(error));
  const schedule = (work: () => void) => void later.push(work);
  const generator = createGenerator({
    fork: () => ({
      post: (message) => {
        if (message.type === 'run') jobs.push(message.job);
      },
      kill: () => {},
    }),
    configuration: () => ({
      ...{ type: 'configure', dataFolder: '', services: [], displayQuality: 90, language: 'en' },
    }),
    after,
  });
  onTestFinished(() => generator.close());
  const chat = startChat({
    environment: { limits: null },
    services: {
      find: (id) => store.services.list().find((service) => service.id === id),
      fromEnvironment: () => null,
      canRunEngine: () => false,
      effective: () => store.services.list(),
    },
    store,
    secrets: {
      get: (provider) => keys.get(provider) ?? null,
      mayHave: (provider) => keys.has(provider) || expected.has(provider),
      isOfRun: () => isKeyOfRun,
    },
    ...{ metrics, broadcast, generator },
    outbox: createOutbox({ store, broadcast, metrics }, schedule, { after, onWriteError }),
    longTasks: { measure: (_name, work) => work() },
    replyStream: createReplyStream({ store, broadcast, now: Date.now }, { after, onWriteError }),
    unsavedWork: createUnsavedWork(),
    logs: { concealPrompt: () => {} },
    onWriteError,
    world: {
      ...{ now: Date.now, deletionTime: Date.now, random: Math.random, after, later: schedule },
      hasFile: () => false,
    },
  });
  chat.dispatcher.open();
  return chat;
}

/** Runs what was left for later, until nothing is. */
async function settle(): Promise<void> {
  for (;;) {
    for (const work of later.splice(0)) work();
    await new Promise(setImmediate);
    if (later.length === 0) return;
  }
}

/** Sends a message at a provider, and returns its answer's id. */
function ask(chat: Chat, provider: 'painter' | 'google' | 'automatic', text = 'draw a fox'): string {
  store.transaction(() => store.settings.write({ provider, prefetch: true, prefetchBilled: true }));
  return sent(chat, { text }).messages.at(-1)?.id ?? '';
}

const statusOf = (id: string) => store.messages.find(id)?.status;

describe('before the keys are loaded', () => {
  test('a waiting picture of a billed provider does not begin, and is not refused for its missing key', async () => {
    const before = start();
    const id = ask(before, 'google');
    const chat = start();
    await settle();
    expect(jobs).toEqual([]);
    expect(statusOf(id)).toBe('pending');
    expect(memory.query('SELECT id FROM charges')).toEqual([]);

    keys.set('google', 'key');
    chat.onKeysLoaded();
    await settle();
    expect(jobs).toMatchObject([{ kind: 'picture', jobId: id, provider: 'google' }]);
    expect(statusOf(id)).toBe('generating');
  });

  test('a waiting reply of a billed provider does not begin', async () => {
    const id = ask(start(), 'google', 'how are you?');
    await settle();
    expect(jobs).toEqual([]);
    expect(statusOf(id)).toBe('pending');
  });

  test('the automatic choice waits for the service that has a key, and is no sketch', async () => {
    expected.add('google');
    const chat = start();
    const id = ask(chat, 'automatic');
    await settle();
    expect(jobs).toEqual([]);
    keys.set('google', 'key');
    expected.clear();
    chat.onKeysLoaded();
    await settle();
    expect(jobs).toMatchObject([{ kind: 'picture', jobId: id, provider: 'google' }]);
  });

  test('a picture of a free provider begins', async () => {
    const id = ask(start(), 'painter');
    await settle();
    expect(jobs).toMatchObject([{ kind: 'picture', jobId: id, provider: 'painter' }]);
  });
});

test('a refused key puts its service out of use until another one is entered, and says nothing of a key of the environment', async () => {
  store.transaction(() => store.settings.write({ provider: 'automatic' }));
  keys.set('google', 'key');
  const chat = start();
  const { run, forget } = chat.serviceChecks;
  expect(chat.readProvider()).toMatchObject({ id: 'google', reason: 'key' });
  await run('google', async () => failure('key_rejected'));
  expect(chat.readProvider()).toMatchObject({ id: 'painter', reason: 'key-refused' });
  isKeyOfRun = true;
  expect(chat.readProvider().id).toBe('google');
  await run('google', async () => failure('key_rejected'));
  expect(chat.readProvider().id).toBe('painter');
  isKeyOfRun = false;
  forget('google');
  expect(chat.readProvider().id).toBe('google');
  // The page is told at once.
  expect(events).toEqual(Array(3).fill('provider:changed'));
});
