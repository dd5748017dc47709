// The renderer's chat on a real database: in whatever order replies and events arrive, it shows what the rows say.
import { v7 as newId } from 'uuid';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createChatHandlers } from '../../electron/main/chat/chat-handlers';
import { markGenerating } from '../../electron/main/chat/mark-generating';
import { sendMessage } from '../../electron/main/chat/send-message';
import { settle } from '../../electron/main/chat/settle';
import { createTestContext } from '../../electron/main/test-support/test-context';
import type { AfterimageBridge, EventName, Events } from '../../shared/contract';
import type { AppStart } from '../../shared/contract/app';
import { defaultSettings } from '../../shared/domain/settings';
import { defaultViewState } from '../../shared/domain/view-state';
import type { Job } from '../../shared/generator/jobs';
import { failedJob } from '../../shared/generator/messages';
import { between, createRandom, pick } from '../harness/random';

const seeds = 40;
const steps = 250;
const hourMs = 3_600_000;

const emptyStart: AppStart = {
  settings: defaultSettings,
  viewState: defaultViewState,
  provider: { id: 'painter', reason: 'no-key', pictureModel: 'painter', textModel: null },
  conversations: { conversations: [], hasMore: false },
  current: null,
  notice: null,
  diskFull: false,
  problems: [],
};

/** The main process with a real database, the renderer's store, and everything that is on its way between them. */
async function createWorld(seed: number) {
  const random = createRandom(seed);
  const main = createTestContext();
  onTestFinished(() => main.store.close());
  const { context, store, world } = main;
  const handlers = createChatHandlers(context, (input) => sendMessage(context, input));
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
    () => random() < 0.3 && chat().newChat(),
    () => chat().conversations.length > 0 && chat().open(pick(random, chat().conversations).id),
    () => chat().loadOlder(Math.max(0, chat().order.length - between(random, 8, 30))),
    () => chat().loadNewer(Math.max(0, chat().order.length - between(random, 8, 30))),
    () => chat().order.length > 8 && chat().unload(between(random, 0, 3), between(random, 0, 3)),
    () => chat().goToStart(),
    () => chat().goToEnd(),
    () => chat().goToIndex(between(random, 0, chat().older + chat().order.length + chat().newer)),
    () =>
      chat().conversations.length > 0 && chat().pin(pick(random, chat().conversations).id, random() < 0.5),
    () => {
      const failed = Object.values(chat().messages).filter(({ status }) => status === 'failed');
      return failed.length > 0 && chat().retry(pick(random, failed).id);
    },
  ];

  function work(): void {
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
    // The promises of the renderer run before the next message arrives.
    await new Promise((resolve) => setImmediate(resolve));
  }

  return {
    chat,
    store,
    async step(): Promise<void> {
      world.now += between(random, -3 * hourMs, 3 * hourMs);
      const choice = random();
      if (choice < 0.25) void pick(random, userActions)();
      else if (choice < 0.5) await toMain.shift()?.();
      else if (choice < 0.65) work();
      else if (toRenderer.length > 0) await deliver();
    },
    async deliverAll(): Promise<void> {
      while (toMain.length + toRenderer.length > 0) {
        await toMain.shift()?.();
        if (toRenderer.length > 0) await deliver();
      }
    },
  };
}

type World = Awaited<ReturnType<typeof createWorld>>;

function expectSameAsRows({ chat, store }: World): void {
  const { currentId, order, messages, older, newer, conversations } = chat();
  const rows = store.messages.pageAfter(currentId, 0, 10_000).messages;
  const last = older + order.length;
  expect(order.map((id) => messages[id])).toEqual(rows.slice(older, last));
  expect(newer).toBe(rows.length - last);
  expect(order.length > 0 || rows.length === 0).toBe(true);
  expect(conversations).toEqual(store.conversations.newest(10_000));
}

test.each(Array.from({ length: seeds }, (_, seed) => seed))(
  'shows what the rows say, however late and in whatever order it hears of them (seed %i)',
  async (seed) => {
    const world = await createWorld(seed);
    for (let step = 0; step < steps; step += 1) await world.step();
    await world.deliverAll();
    expectSameAsRows(world);
    void world.chat().goToEnd();
    await world.deliverAll();
    expectSameAsRows(world);
    expect(world.chat().newer).toBe(0);
  },
);
