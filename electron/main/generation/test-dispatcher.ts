// A dispatcher on a database in memory, whose jobs run until a test ends them.

import { beforeEach } from 'vitest';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { ServiceId } from '../../../shared/domain/services';
import { newPictureMessage, newTextMessage } from '../../../shared/domain/test-message';
import type { Job } from '../../../shared/generator/jobs';
import { failedJob, type Outcome } from '../../../shared/generator/messages';
import { isOrphan, settleAdopted } from '../chat/adopt-arrival';
import { jobFor, recoveryOf } from '../chat/job-for';
import { markGenerating } from '../chat/mark-generating';
import { putBack } from '../chat/retry-and-cancel';
import { settle } from '../chat/settle';
import type { NewMessageOptions } from '../db/message-writes';
import { newId } from '../db/new-id';
import { openTestContext } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { createDispatcher, type Dispatcher } from './dispatcher';
import { createUnsavedWork, type UnsavedWork } from './unsaved-work';

export type DispatcherOptions = Parameters<typeof createDispatcher>[0];

type DispatcherFixture = {
  chat: TestContext;
  dispatcher: Dispatcher;
  unsavedWork: UnsavedWork;
  conversationId: string;
  /** The work that was left until after the reply. */
  later: (() => void)[];
  timers: { milliseconds: number; work: () => void }[];
  /** The jobs that run, and how to end each. */
  running: Map<string, { job: Job; end: (outcome: Outcome) => void }>;
  started: string[];
  stopped: string[];
  /** The message whose rows cannot be written, `all` of them, or none. */
  failing: string | null;
  isReady: boolean;
  refusal: ((id: string) => ReturnType<typeof failedJob>) | null;
  writeErrors: number;
};

// Filled before each test, so it is never seen empty.
/** The objects of the current test; see `useDispatcher`. */
export const fixture = {} as DispatcherFixture;

/** Opens a dispatcher on rows of its own before each test of a file. */
export function useDispatcher(): void {
  beforeEach(() => {
    const chat = openTestContext();
    const conversationId = newId();
    Object.assign(fixture, {
      ...{ chat, conversationId, later: [], timers: [], running: new Map(), started: [], stopped: [] },
      unsavedWork: createUnsavedWork(),
      ...{ failing: null, isReady: true, refusal: null, writeErrors: 0 },
    } satisfies Omit<DispatcherFixture, 'dispatcher'>);
    chat.store.transaction(() =>
      chat.store.conversations.insert({ id: conversationId, title: 'Foxes', createdAt: 1 }),
    );
    fixture.dispatcher = startDispatcher();
  });
}

/** Opens a dispatcher on the rows, as a start of the app does. */
export function startDispatcher(): Dispatcher {
  const { context } = fixture.chat;
  const write = <Value>(id: string, work: () => Value): Value => {
    if (fixture.failing === 'all' || fixture.failing === id) throw new Error('disk full');
    return work();
  };
  const created = createDispatcher({
    ...dispatcherOptions(),
    admit: ({ id }) => fixture.refusal?.(id) ?? null,
    isReady: () => fixture.isReady,
    markGenerating: (job, requestedAt) => write(job.jobId, () => markGenerating(context, job, requestedAt)),
    settle: (ended) => write(ended.job.jobId, () => settle(context, ended)),
    run(job) {
      fixture.started.push(job.jobId);
      return new Promise((end) => fixture.running.set(job.jobId, { job, end }));
    },
    stop: (id) => void fixture.stopped.push(id),
    onWriteError: () => {
      fixture.writeErrors += 1;
    },
    after: (milliseconds, work) => void fixture.timers.push({ milliseconds, work }),
  });
  created.open();
  return created;
}

/** Lets the current turn of the event loop end. */
export async function turn(): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve));
    const work = fixture.later.shift();
    if (!work) return;
    work();
  }
}

export async function fireTimers(): Promise<void> {
  for (const { work } of fixture.timers.splice(0)) work();
  await turn();
}

type Wanted = NewMessageOptions & {
  kind?: 'image' | 'text';
  provider?: ServiceId;
  status?: 'pending' | 'generating';
};

export function insert({
  kind = 'image',
  provider = 'painter',
  status = 'pending',
  ...more
}: Wanted = {}): string {
  const id = newId();
  const base = { id, conversationId: fixture.conversationId, status, provider };
  const model = serviceOf(provider).defaultModel;
  fixture.chat.store.transaction(() => {
    if (kind === 'text') {
      const textModel = serviceOf(provider).defaultTextModel;
      const reply = { ...base, role: 'assistant', text: '', model: textModel } as const;
      fixture.chat.store.messages.insert(newTextMessage(reply));
    } else {
      fixture.chat.store.messages.insert(newPictureMessage({ ...base, model, groupId: id }), more);
    }
  });
  fixture.dispatcher.wake();
  return id;
}

export const statusOf = (id: string) => fixture.chat.store.messages.find(id)?.status;

export async function end(id: string, outcome: Outcome = failedJob(id, 'refused', 1)): Promise<void> {
  fixture.running.get(id)?.end(outcome);
  fixture.running.delete(id);
  await turn();
}

/** The options of a second fixture.dispatcher on the same rows. */
export function dispatcherOptions(): DispatcherOptions {
  const { context, store } = fixture.chat;
  return {
    unfinished: store.messages.unfinished,
    find: store.messages.find,
    answerFromGallery: () => new Set(),
    admit: () => null,
    isReady: () => true,
    jobFor: (message) => jobFor(context, message),
    recoveryOf: (message) => recoveryOf(context, message),
    markGenerating: (job, requestedAt) => markGenerating(context, job, requestedAt),
    settle: (ended) => void settle(context, ended),
    reset: (id) => putBack(context, id),
    isOrphan: (arrival, isRunning) => isOrphan(context, arrival, isRunning),
    recoverFile: ({ jobId }) => Promise.resolve(failedJob(jobId, 'nothing_to_recover', 0)),
    settleAdopted: (arrival, outcome) => settleAdopted(context, arrival, outcome),
    run: () => new Promise(() => {}),
    stop: () => {},
    onWriteError: () => {},
    unsavedWork: fixture.unsavedWork,
    after: () => {},
    later: (work) => void fixture.later.push(work),
    now: context.now,
  };
}
