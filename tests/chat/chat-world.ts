// The renderer's chat on a real database, with every request, reply and event held until the test delivers it.

import { v7 as newId } from 'uuid';
import { onTestFinished, vi } from 'vitest';
import { createChatHandlers } from '../../electron/main/chat/chat-handlers';
import { jobFor } from '../../electron/main/chat/job-for';
import { markGenerating } from '../../electron/main/chat/mark-generating';
import { sendMessage } from '../../electron/main/chat/send-message';
import { settle } from '../../electron/main/chat/settle';
import { createTestContext } from '../../electron/main/test-support/test-context';
import type { AfterimageBridge, EventName, Events } from '../../shared/contract';
import type { AppStart } from '../../shared/contract/app';
import type { Message } from '../../shared/domain/conversations';
import { success } from '../../shared/domain/errors';
import { defaultSettings } from '../../shared/domain/settings';
import { defaultViewState } from '../../shared/domain/view-state';
import type { Job } from '../../shared/generator/jobs';
import { failedJob } from '../../shared/generator/messages';
import { newMessage } from '../harness/new-message';
import { between, createRandom, pick } from '../harness/random';

const hourMs = 3_600_000;

/** The start on an empty data folder. */
const emptyStart: AppStart = {
  settings: defaultSettings,
  language: 'en',
  systemLanguage: 'en',
  viewState: defaultViewState,
  services: { services: [], removed: [], addresses: {}, isFromEnvironment: false },
  provider: { id: 'painter', reason: 'no-key', pictureModel: 'painter', textModel: null, revision: 1 },
  conversations: { conversations: [], hasMore: false },
  current: null,
  notice: null,
  diskFull: false,
  problems: [],
  drafts: {},
  edits: {},
  newChatId: null,
};

/** The promises of the renderer run before the next message arrives. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Returns the main process with a real database, the renderer's store, and everything that is on its way between them. */
export async function createWorld(seed: number) {
  const random = createRandom(seed);
  const main = createTestContext();
  onTestFinished(() => main.store.close());
  const { context, store, world } = main;
  /** Every message that was sent, also of versions that are not shown. */
  const stored: Pick<Message, 'id' | 'conversationId'>[] = [];
  const handlers = {
    ...createChatHandlers(context, (input) => {
      const reply = sendMessage(context, input);
      if (reply.ok) stored.push(...reply.value.messages);
      return reply;
    }),
    // There is one window.
    'windows:claim-chat': () => success({ isHere: true }),
  };
  /** Requests arrive in their order; replies and events in any. */
  const toMain: (() => Promise<void>)[] = [];
  const toRenderer: (() => void)[] = [];
  const running: Job[] = [];

  const bridge: Pick<AfterimageBridge, 'request'> = {
    request: (name, input) =>
      new Promise((resolve) => {
        toMain.push(async () => {
          const handle: (input: unknown) => unknown = Reflect.get(handlers, name);
          const reply = Object(structuredClone(await handle(input)));
          toRenderer.push(() => resolve(reply));
        });
      }),
  };
  vi.resetModules();
  vi.stubGlobal('window', { afterimage: bridge, addEventListener: () => {} });
  vi.stubGlobal('location', { hash: '' });
  onTestFinished(() => void vi.unstubAllGlobals());
  const { useChat } = await import('../../renderer/state/chat/chat-store');
  const chat = useChat.getState;
  chat().start(emptyStart);

  context.broadcast = <Name extends EventName>(name: Name, event: Events[Name]) => {
    const sent: unknown = structuredClone(event);
    const receive = {
      'message:updated': chat().receive,
      'messages:added': chat().receiveAdded,
      'conversation:updated': chat().receiveConversation,
    }[String(name)];
    toRenderer.push(() => receive?.(Object(sent)));
  };

  const userActions: (() => unknown)[] = [
    ...Array.from({ length: 6 }, () => () => {
      const message = { text: `draw a fox ${random()}`, mode: 'picture', aspectRatio: '1:1' } as const;
      const count = between(random, 1, 4);
      return chat().send({ ...message, count, questionId: newId(), isDraft: false });
    }),
    ...Array.from({ length: 3 }, () => () => {
      const { order, messages } = chat();
      const questions = order.filter((id) => messages[id]?.role === 'user');
      if (questions.length === 0 || random() < 0.3) return null;
      const message = { text: `draw a wolf ${random()}`, mode: 'picture', aspectRatio: '1:1' } as const;
      const edits = pick(random, questions);
      return chat().send({ ...message, count: 1, questionId: newId(), isDraft: false, edits });
    }),
    ...Array.from({ length: 3 }, () => () => {
      const versions = Object.values(chat().messages).flatMap((message) => message.versions ?? []);
      return versions.length > 0 && chat().showVersion(pick(random, versions));
    }),
    () => {
      if (stored.length === 0) return null;
      const { id, conversationId } = pick(random, stored);
      return chat().openAt(conversationId, id);
    },
    () => {
      const failed = Object.values(chat().messages).filter(({ status }) => status === 'failed');
      return failed.length > 0 && chat().dismiss(pick(random, failed).id);
    },
    () => random() < 0.3 && chat().newChat(),
    () => chat().conversations.length > 0 && chat().open(pick(random, chat().conversations).id),
    () => chat().loadOlder(() => Math.max(0, chat().order.length - between(random, 8, 30))),
    () => chat().loadNewer(() => Math.max(0, chat().order.length - between(random, 8, 30))),
    () => chat().order.length > 8 && chat().unload(between(random, 0, 3), between(random, 0, 3)),
    () => chat().goToStart(),
    () => chat().goToEnd(),
    () =>
      chat().order.length > 0 &&
      chat().goToIndex(
        between(random, 0, chat().older + chat().order.length + chat().newer),
        () => random() < 0.9,
      ),
    () =>
      chat().conversations.length > 0 && chat().pin(pick(random, chat().conversations).id, random() < 0.5),
    () => {
      const failed = Object.values(chat().messages).filter(({ status }) => status === 'failed');
      return failed.length > 0 && chat().retry(pick(random, failed).id);
    },
  ];

  /** Ends what waited in a version that is not shown any more, as the dispatcher does. */
  function endStopped(): void {
    const stopped = store.messages.unfinished().filter(({ isStopRequested }) => isStopRequested);
    for (const { id } of stopped) {
      const message = store.messages.find(id);
      if (message?.status !== 'pending') continue;
      const outcome = failedJob(id, 'cancelled', 0);
      settle(context, { job: jobFor(context, message), outcome, requestedAt: world.now });
    }
  }

  function work(): void {
    endStopped();
    const waiting = main.waitingJobs().filter(({ jobId }) => !running.some((job) => job.jobId === jobId));
    if (waiting.length > 0 && random() < 0.6) {
      const job = pick(random, waiting);
      if (markGenerating(context, job, world.now)) running.push(job);
    } else if (running.length > 0) {
      const [job] = running.splice(between(random, 0, running.length - 1), 1);
      if (job) settle(context, { job, outcome: failedJob(job.jobId, 'refused', 1), requestedAt: world.now });
    }
  }

  async function deliver(): Promise<void> {
    const [arrive] = toRenderer.splice(between(random, 0, toRenderer.length - 1), 1);
    arrive?.();
    await nextTask();
  }

  return {
    chat,
    store,
    /** Stores a message and an answer without telling the renderer. @returns the answer's job. */
    storeUnheard(conversationId: string): Job | undefined {
      const message = { text: 'draw an owl', mode: 'picture', aspectRatio: '1:1' } as const;
      sendMessage(context, { ...message, ...newMessage(), conversationId });
      return main.waitingJobs().at(-1);
    },
    begin: (job: Job) => markGenerating(context, job, world.now),
    /** Lets the main process answer all requests. */
    async answerAll(): Promise<void> {
      while (toMain.length > 0) await toMain.shift()?.();
    },
    /** Delivers what the main process has sent, the last first. */
    async deliverReversed(): Promise<void> {
      for (const arrive of toRenderer.splice(0).reverse()) {
        arrive();
        await nextTask();
      }
    },
    async step(): Promise<void> {
      world.now += between(random, -3 * hourMs, 3 * hourMs);
      const choice = random();
      if (choice < 0.25) void pick(random, userActions)();
      else if (choice < 0.5) await toMain.shift()?.();
      else if (choice < 0.65) work();
      else if (toRenderer.length > 0) await deliver();
    },
    async deliverAll(): Promise<void> {
      do {
        await toMain.shift()?.();
        endStopped();
        if (toRenderer.length > 0) await deliver();
        else await nextTask();
      } while (toMain.length + toRenderer.length > 0);
    },
  };
}

export type World = Awaited<ReturnType<typeof createWorld>>;

/**
 * Sends so many messages with one answer each to the open conversation.
 *
 * @returns its id.
 */
export async function sendMany({ chat, deliverAll }: World, count: number): Promise<string> {
  const message = { text: 'draw a fox', mode: 'picture', aspectRatio: '1:1', count: 1 } as const;
  for (let index = 0; index < count; index += 1) {
    void chat().send({ ...message, questionId: newId(), isDraft: false });
  }
  await deliverAll();
  return chat().currentId;
}
