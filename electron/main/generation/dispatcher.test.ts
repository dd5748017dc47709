import { beforeEach, describe, expect, test, vi } from 'vitest';
import { serviceOf } from '../../../shared/domain/service-directory';
import { serviceKinds } from '../../../shared/domain/service-kinds';
import type { ServiceId } from '../../../shared/domain/services';
import type { Arrival } from '../../../shared/generator/arrivals';
import type { Job } from '../../../shared/generator/jobs';
import { failedJob, type Outcome } from '../../../shared/generator/messages';
import { isOrphan, settleAdopted } from '../chat/adopt-arrival';
import { jobFor, recoveryOf } from '../chat/job-for';
import { markGenerating } from '../chat/mark-generating';
import { cancel, putBack, retry } from '../chat/retry-and-cancel';
import { settle } from '../chat/settle';
import type { NewMessageOptions } from '../db/message-writes';
import { newId } from '../db/new-id';
import { openTestContext } from '../test-support/open-test-context';
import type { TestContext } from '../test-support/test-context';
import { createDispatcher, type Dispatcher } from './dispatcher';
import { createUnsavedWork, type UnsavedWork } from './unsaved-work';

let chat: TestContext;
let dispatcher: Dispatcher;
let unsavedWork: UnsavedWork;
let conversationId: string;

/** The work that was left until after the reply, and the timers. */
let later: (() => void)[];
let timers: { milliseconds: number; work: () => void }[];
/** The jobs that run, and how to end each. */
let running: Map<string, { job: Job; end: (outcome: Outcome) => void }>;
let started: string[];
let stopped: string[];
/** The message whose rows cannot be written, `all` of them, or none. */
let failing: string | null;
let isReady: boolean;
let refusal: ((id: string) => ReturnType<typeof failedJob>) | null;
let writeErrors: number;

beforeEach(() => {
  chat = openTestContext();
  unsavedWork = createUnsavedWork();
  later = [];
  timers = [];
  running = new Map();
  started = [];
  stopped = [];
  failing = null;
  isReady = true;
  refusal = null;
  writeErrors = 0;
  conversationId = newId();
  chat.store.transaction(() =>
    chat.store.conversations.insert({ id: conversationId, title: 'Foxes', createdAt: 1 }),
  );
  dispatcher = start();
});

function start(): Dispatcher {
  const { context } = chat;
  const write = <Value>(id: string, work: () => Value): Value => {
    if (failing === 'all' || failing === id) throw new Error('disk full');
    return work();
  };
  const created = createDispatcher({
    ...options(),
    admit: ({ id }) => refusal?.(id) ?? null,
    isReady: () => isReady,
    begin: (job, requestedAt) => write(job.jobId, () => markGenerating(context, job, requestedAt)),
    settle: (ended) => write(ended.job.jobId, () => settle(context, ended)),
    run(job) {
      started.push(job.jobId);
      return new Promise((end) => running.set(job.jobId, { job, end }));
    },
    stop: (id) => void stopped.push(id),
    onWriteError: () => {
      writeErrors += 1;
    },
    after: (milliseconds, work) => void timers.push({ milliseconds, work }),
  });
  created.open();
  return created;
}

/** Lets the current turn of the event loop end. */
async function turn(): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setImmediate(resolve));
    const work = later.shift();
    if (!work) return;
    work();
  }
}

async function fireTimers(): Promise<void> {
  for (const { work } of timers.splice(0)) work();
  await turn();
}

type Wanted = NewMessageOptions & {
  kind?: 'image' | 'text';
  provider?: ServiceId;
  status?: 'pending' | 'generating';
};

function insert({ kind = 'image', provider = 'painter', status = 'pending', ...more }: Wanted = {}): string {
  const id = newId();
  const base = { id, conversationId, role: 'assistant', status, provider, error: null } as const;
  const times = { createdAt: 1, updatedAt: 1, costMicroUsd: null };
  const model = serviceOf(provider).defaultModel;
  chat.store.transaction(() => {
    if (kind === 'text') {
      const textModel = serviceOf(provider).defaultTextModel;
      chat.store.messages.insert({ ...base, ...times, kind, text: '', model: textModel });
    } else {
      chat.store.messages.insert(
        {
          ...{ ...base, ...times, kind, model, groupId: id, prompt: 'a fox', parentId: null },
          ...{ params: { aspectRatio: '1:1', seed: 1 }, retryAt: null, image: null, durationMs: null },
        },
        more,
      );
    }
  });
  dispatcher.look();
  return id;
}

const statusOf = (id: string) => chat.store.messages.find(id)?.status;

async function end(id: string, outcome: Outcome = failedJob(id, 'refused', 1)): Promise<void> {
  running.get(id)?.end(outcome);
  running.delete(id);
  await turn();
}

describe('begins', () => {
  test('nothing before the replies to the current requests have left', async () => {
    const id = insert();
    expect(statusOf(id)).toBe('pending');
    await turn();
    expect(statusOf(id)).toBe('generating');
    expect(started).toEqual([id]);
  });

  test('nothing before it is opened', async () => {
    const id = insert();
    const closed = createDispatcher({ ...options(), run: () => Promise.reject(new Error('ran')) });
    closed.look();
    expect(statusOf(id)).toBe('pending');
  });

  test('as many pictures as the lane of their provider has room for, in the order of their requests', async () => {
    const ids = Array.from({ length: 5 }, () => insert());
    await turn();
    const { concurrency } = serviceKinds.painter;
    expect(started).toEqual(ids.slice(0, concurrency));
    await end(ids[0] ?? '');
    expect(started).toEqual(ids.slice(0, concurrency + 1));
  });

  test('pictures of a free lane while another lane is full', async () => {
    for (let count = 0; count < 3; count += 1) insert();
    const other = insert({ provider: 'google' });
    await turn();
    expect(started).toContain(other);
  });

  test('replies and pictures of the same provider independently', async () => {
    for (let count = 0; count < 6; count += 1) insert({ provider: 'google' });
    const reply = insert({ kind: 'text', provider: 'google' });
    await turn();
    expect(started).toContain(reply);
  });

  test('each message once, however often it looks', async () => {
    const id = insert();
    await turn();
    dispatcher.look();
    await turn();
    expect(started).toEqual([id]);
  });

  test('no billed work before the keys are loaded', async () => {
    isReady = false;
    const id = insert({ provider: 'google' });
    await turn();
    expect(started).toEqual([]);
    isReady = true;
    dispatcher.look();
    await turn();
    expect(started).toEqual([id]);
  });

  test('nothing in a conversation that was deleted, and all of it after Undo', async () => {
    const ids = Array.from({ length: 4 }, () => insert());
    await turn();
    chat.store.transaction(() => chat.store.conversations.delete(conversationId, 2));
    const [first = '', second = ''] = started;
    await end(first);
    await end(second);
    expect(started).toHaveLength(2);
    expect(dispatcher.isIdle()).toBe(true);
    chat.store.transaction(() => chat.store.conversations.restore(conversationId));
    dispatcher.look();
    await turn();
    expect(started).toEqual(ids);
  });

  test('nothing after close, and lets what runs end', async () => {
    const ids = Array.from({ length: 3 }, () => insert());
    await turn();
    dispatcher.close();
    await end(ids[0] ?? '');
    expect(started).toHaveLength(2);
    expect(statusOf(ids[0] ?? '')).toBe('failed');
    expect(statusOf(ids[2] ?? '')).toBe('pending');
  });
});

describe('the gallery', () => {
  let asked: string[][];
  let answered: Set<string>;

  beforeEach(() => {
    asked = [];
    answered = new Set();
    const inGallery: Parameters<typeof createDispatcher>[0]['answerFromGallery'] = (pictures) => {
      asked.push(pictures.map(({ id }) => id));
      return answered;
    };
    dispatcher = createDispatcher({ ...options(), admit: () => null, answerFromGallery: inGallery });
    later = [];
  });

  test('is asked once for a picture that waits, however often it looks', async () => {
    dispatcher.open();
    const ids = Array.from({ length: 4 }, () => insert());
    await turn();
    dispatcher.look();
    await turn();
    expect(statusOf(ids[3] ?? '')).toBe('pending');
    expect(asked.flat().toSorted()).toEqual(ids.toSorted());
  });

  test('is asked again before a request leaves if its answer could not be written', async () => {
    vi.spyOn(console, 'error').mockReturnValueOnce();
    let isFull = true;
    const ran: string[] = [];
    dispatcher = createDispatcher({
      ...options(),
      answerFromGallery(pictures) {
        asked.push(pictures.map(({ id }) => id));
        if (isFull) throw new Error('full');
        return answered;
      },
      run(job) {
        ran.push(job.jobId);
        return new Promise(() => {});
      },
    });
    dispatcher.open();
    const id = insert();
    await turn();
    expect(asked).toEqual([[id]]);
    expect(ran).toEqual([]);
    isFull = false;
    dispatcher.look();
    await turn();
    expect(asked).toEqual([[id], [id]]);
    expect(ran).toEqual([id]);
  });

  test('is asked again for a picture that waits again after its end', async () => {
    dispatcher.open();
    const ids = Array.from({ length: 3 }, () => insert());
    const last = ids[2] ?? '';
    await turn();
    cancel({ ...chat.context, look: dispatcher.look }, last);
    await turn();
    expect(statusOf(last)).toBe('cancelled');
    chat.store.transaction(() => chat.store.messages.reset(last, 3));
    dispatcher.look();
    await turn();
    expect(asked.flat().filter((id) => id === last)).toEqual([last, last]);
  });

  test('is not asked for a picture that takes over a request, must be new, waits for its provider or is to be stopped', async () => {
    insert({ requestId: newId() });
    insert({ isFresh: true });
    const postponed = insert();
    const stopped = insert();
    const { messages } = chat.store;
    chat.store.transaction(() => {
      messages.postpone(postponed, { code: 'rate_limited', message: 'Later.' }, chat.world.now + 1, 3, 1);
      messages.requestStop(stopped);
    });
    insert({ kind: 'text' });
    dispatcher.open();
    await turn();
    expect(asked.flat()).toEqual([]);
  });
});

describe('a refusal', () => {
  test('ends the message without running it', async () => {
    refusal = (id) => failedJob(id, 'limit_minute', 0);
    const id = insert();
    await turn();
    expect(statusOf(id)).toBe('limited');
    expect(started).toEqual([]);
  });

  test('does not concern what was admitted before', async () => {
    const ids = Array.from({ length: 3 }, () => insert());
    await turn();
    expect(dispatcher.waitingPictures().map(({ id }) => id)).toEqual([ids[2]]);
    refusal = (id) => failedJob(id, 'limit_minute', 0);
    await end(ids[0] ?? '');
    expect(started).toEqual(ids);
  });
});

describe('a stop', () => {
  test('ends a waiting picture without running it', async () => {
    const ids = Array.from({ length: 3 }, () => insert());
    await turn();
    cancel({ ...chat.context, look: dispatcher.look }, ids[2] ?? '');
    await turn();
    expect(statusOf(ids[2] ?? '')).toBe('cancelled');
    expect(started).toHaveLength(2);
  });

  test('asks a running job to stop, which ends as it does', async () => {
    const id = insert();
    await turn();
    cancel({ ...chat.context, look: dispatcher.look }, id);
    await turn();
    expect(stopped).toEqual([id]);
    expect(statusOf(id)).toBe('generating');
    await end(id, failedJob(id, 'cancelled', 1));
    expect(statusOf(id)).toBe('cancelled');
  });

  test('ends an admission: a retry of a picture that waited is admitted anew, at the service chosen since', async () => {
    const ids = Array.from({ length: 3 }, () => insert());
    await turn();
    const last = ids[2] ?? '';
    const context = { ...chat.context, look: dispatcher.look };
    cancel(context, last);
    await turn();
    expect(dispatcher.waitingPictures()).toEqual([]);
    chat.world.provider = 'google';
    refusal = (id) => failedJob(id, 'limit_minute', 0);
    expect(retry(context, last)).toMatchObject({ ok: true });
    await turn();
    expect(statusOf(last)).toBe('limited');
    refusal = null;
    retry(context, last);
    await turn();
    expect(running.get(last)?.job).toMatchObject({
      provider: 'google',
      model: serviceKinds.google.defaultModel,
    });
  });

  test('that was requested before the app was killed keeps a waiting picture from being made', async () => {
    const id = insert();
    cancel(chat.context, id);
    dispatcher = start();
    await turn();
    expect(statusOf(id)).toBe('cancelled');
    expect(started).toEqual([]);
  });
});

describe('a write that fails', () => {
  beforeEach(() => {
    console.error = () => {};
  });

  test('at the start is tried again, and the request has not left before', async () => {
    failing = 'all';
    const id = insert();
    await turn();
    expect(started).toEqual([]);
    expect(writeErrors).toBeGreaterThan(0);
    failing = null;
    await fireTimers();
    expect(started).toEqual([id]);
  });

  test('at the end is tried again with the same outcome, and does not block its lane', async () => {
    const ids = Array.from({ length: 3 }, () => insert());
    await turn();
    failing = 'all';
    await end(ids[0] ?? '');
    expect(statusOf(ids[0] ?? '')).toBe('generating');
    expect(unsavedWork.isAllSaved()).toBe(false);
    failing = null;
    await fireTimers();
    expect(statusOf(ids[0] ?? '')).toBe('failed');
    expect(unsavedWork.isAllSaved()).toBe(true);
    expect(started).toEqual(ids);
  });

  test('of several messages is tried again by one timer', async () => {
    failing = 'all';
    for (let count = 0; count < 10; count += 1) insert({ provider: count % 2 ? 'painter' : 'google' });
    await turn();
    expect(timers).toHaveLength(1);
    await fireTimers();
    expect(timers).toHaveLength(1);
  });

  test('of one message does not keep the others from beginning', async () => {
    failing = insert();
    const whole = insert();
    await turn();
    expect(started).toEqual([whole]);
  });
});

describe('a pause', () => {
  test('delays the pictures of its provider and nothing else until it ends', async () => {
    dispatcher.pause('google', chat.world.now + 500);
    const delayed = insert({ provider: 'google' });
    const reply = insert({ kind: 'text', provider: 'google' });
    const other = insert();
    await turn();
    expect(started).toEqual([reply, other]);
    expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([500]);
    await fireTimers();
    expect(started).toContain(delayed);
  });

  test('keeps the longest of several', async () => {
    dispatcher.pause('google', chat.world.now + 500);
    dispatcher.pause('google', chat.world.now + 900);
    dispatcher.pause('google', chat.world.now + 100);
    expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([500, 900]);
    timers[0]?.work();
    expect(dispatcher.isPaused('google')).toBe(true);
    timers[1]?.work();
    expect(dispatcher.isPaused('google')).toBe(false);
  });

  test('follows from a row that waits for its provider, once, whatever the clock says afterwards', async () => {
    const id = insert({ provider: 'google' });
    const until = chat.world.now + 60_000;
    const limited = failedJob(id, 'rate_limited', 1);
    chat.store.transaction(() => chat.store.messages.postpone(id, limited, until, 5, 1));
    await turn();
    expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([60_000]);
    chat.world.now -= 7_200_000;
    await fireTimers();
    expect(started).toEqual([id]);
  });

  test('is never longer than the maximum', async () => {
    const id = insert({ provider: 'google' });
    const limited = failedJob(id, 'rate_limited', 1);
    chat.store.transaction(() => chat.store.messages.postpone(id, limited, chat.world.now + 1e10, 5, 1));
    await turn();
    expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([180_000]);
  });
});

describe('a request that an earlier process has begun', () => {
  test('is recovered and not repeated if it is a billed picture', async () => {
    const id = insert({ provider: 'google', status: 'generating' });
    await turn();
    expect(running.get(id)?.job).toMatchObject({ kind: 'recover', requestId: id });
  });

  test('is interrupted if it is a billed reply', async () => {
    const id = insert({ kind: 'text', provider: 'google', status: 'generating' });
    await turn();
    expect(statusOf(id)).toBe('interrupted');
    expect(started).toEqual([]);
  });

  test('begins again if it is a free reply', async () => {
    const id = insert({ kind: 'text', status: 'generating' });
    await turn();
    expect(running.get(id)?.job).toMatchObject({ kind: 'text', model: null });
  });

  test('is stopped if the user had stopped it before the app was killed', async () => {
    const id = insert({ provider: 'google', status: 'generating' });
    cancel(chat.context, id);
    await turn();
    expect(stopped).toEqual([id]);
  });

  test('is never mistaken for one of this process', async () => {
    const id = insert({ kind: 'text', provider: 'google' });
    await turn();
    dispatcher.open();
    await turn();
    expect(statusOf(id)).toBe('generating');
    expect(started).toEqual([id]);
  });
});

describe('a paid arrival that no message wants', () => {
  const arrival = (): Arrival => ({
    ...{ requestId: newId(), jobId: null, provider: 'google', model: 'a model', prompt: 'a fox' },
    ...{ params: { aspectRatio: '1:1', seed: 1 }, costMicroUsd: 5, mimeType: null, arrivedAt: 1 },
  });
  let ends: ((outcome: Outcome) => void)[];
  let recovered: string[];

  function open(changes: Partial<Parameters<typeof createDispatcher>[0]> = {}): Dispatcher {
    ends = [];
    recovered = [];
    const created = createDispatcher({
      ...options(),
      recoverFile({ jobId }) {
        recovered.push(jobId);
        return new Promise((end) => ends.push(end));
      },
      after: (milliseconds, work) => void timers.push({ milliseconds, work }),
      ...changes,
    });
    created.open();
    return created;
  }

  const stored = ({ requestId }: Arrival): Outcome => ({
    ...{ type: 'stored', jobId: requestId, requestId, provider: 'google', model: 'a model' },
    ...{ file: `images/00/${requestId}.png`, width: 3, height: 2, bytes: 10, thumbhash: 'AAH+' },
    ...{ costMicroUsd: 5, durationMs: 1000, storeMs: 10 },
  });

  test('is adopted once, one after another, without taking a place in a lane', async () => {
    const owner = open();
    const arrivals = [arrival(), arrival()] as const;
    owner.adopt(arrivals);
    owner.adopt(arrivals);
    await turn();
    expect(recovered).toEqual([arrivals[0].requestId]);
    expect(owner.isInWork(arrivals[0].requestId)).toBe(true);
    expect(owner.isIdle()).toBe(true);
    ends[0]?.(stored(arrivals[0]));
    await turn();
    ends[1]?.(stored(arrivals[1]));
    await turn();
    owner.adopt(arrivals);
    await turn();
    expect(recovered).toEqual(arrivals.map(({ requestId }) => requestId));
    expect(chat.store.userImages.count()).toBe(2);
    expect(owner.isInWork(arrivals[1].requestId)).toBe(false);
  });

  test('is written later if its row cannot be written now, and nothing else waits for it', async () => {
    console.error = () => {};
    let isFull = true;
    const owner = open({
      settleAdopted(adopted, outcome) {
        if (isFull) throw new Error('disk full');
        settleAdopted(chat.context, adopted, outcome);
      },
    });
    const orphan = arrival();
    owner.adopt([orphan]);
    await turn();
    ends[0]?.(stored(orphan));
    await turn();
    expect(owner.isInWork(orphan.requestId)).toBe(true);
    const message = insert();
    owner.look();
    await turn();
    expect(statusOf(message)).toBe('generating');
    isFull = false;
    await fireTimers();
    expect(chat.store.userImages.find(orphan.requestId)).toBeDefined();
    expect(recovered).toHaveLength(1);
  });

  test('is left to the job that runs, even if its message has been deleted meanwhile', async () => {
    const id = insert({ provider: 'google' });
    await turn();
    const isRunning: boolean[] = [];
    const owner = open({
      isOrphan(_arrival, isInWork) {
        isRunning.push(isInWork(id));
        return false;
      },
      recoveryOf: (message) => recoveryOf(chat.context, message),
    });
    owner.adopt([arrival()]);
    await turn();
    expect(isRunning).toEqual([true]);
    expect(isOrphan(chat.context, { ...arrival(), jobId: newId() }, () => true)).toBe(false);
  });

  test('waits for the next start once the app is closing', async () => {
    const owner = open();
    owner.close();
    owner.adopt([arrival()]);
    await turn();
    expect(recovered).toEqual([]);
  });
});

test('ends a job whose run breaks its promise never to reject', async () => {
  console.error = () => {};
  const broken = createDispatcher({ ...options(), run: () => Promise.reject(new Error('bug')) });
  const id = insert();
  later.length = 0;
  broken.open();
  await turn();
  expect(statusOf(id)).toBe('failed');
});

/** The options of a second dispatcher on the same rows. */
function options(): Parameters<typeof createDispatcher>[0] {
  const { context, store } = chat;
  return {
    unfinished: store.messages.unfinished,
    find: store.messages.find,
    answerFromGallery: () => new Set(),
    admit: () => null,
    isReady: () => true,
    jobFor: (message) => jobFor(context, message),
    recoveryOf: (message) => recoveryOf(context, message),
    begin: (job, requestedAt) => markGenerating(context, job, requestedAt),
    settle: (ended) => void settle(context, ended),
    reset: (id) => putBack(context, id),
    isOrphan: (arrival, isRunning) => isOrphan(context, arrival, isRunning),
    recoverFile: ({ jobId }) => Promise.resolve(failedJob(jobId, 'nothing_to_recover', 0)),
    settleAdopted: (arrival, outcome) => settleAdopted(context, arrival, outcome),
    run: () => new Promise(() => {}),
    stop: () => {},
    onWriteError: () => {},
    unsavedWork,
    after: () => {},
    later: (work) => void later.push(work),
    now: context.now,
  };
}
