// The simulation: the real chat on the real database, in a world whose clock, disk, locks and generator chance decides.
import path from 'node:path';
import type { EventName, Events } from '../../../shared/contract';
import type { Message } from '../../../shared/domain/conversations';
import type { Job } from '../../../shared/generator/jobs';
import { type Chat, startChat } from '../boot/start-chat';
import { createChatHandlers } from '../chat/chat-handlers';
import { endPrefetch } from '../chat/prefetch-billed';
import { createReplyStream } from '../chat/reply-stream';
import { sendMessage } from '../chat/send-message';
import type { Store } from '../db/open';
import type { MemoryStore } from '../db/test-database';
import { createGenerator } from '../generation/generator-process';
import { createUnsavedWork } from '../generation/unsaved-work';
import type { Broadcast } from '../ipc/broadcast';
import { createMetrics } from '../logging/metrics';
import { createOutbox } from '../outbox/outbox';
import { forkSimulatedGenerator, type SimulatedDisk } from './simulated-generator';
import { createSimulatedTime } from './simulated-time';

/** Thrown where the process dies, and by everything that it tries afterwards. */
class Killed extends Error {}

/** As better-sqlite3 throws it. */
class DatabaseError extends Error {
  readonly code: string;

  constructor(code: 'SQLITE_FULL' | 'SQLITE_BUSY') {
    super(code);
    this.code = code;
  }
}

export type Simulation = ReturnType<typeof createSimulation>;

/**
 * @param random decides everything: the same numbers give the same run.
 */
export function createSimulation({ store, query }: MemoryStore, random: () => number) {
  const time = createSimulatedTime();
  const disk: SimulatedDisk = { left: [], free: new Set(), arrived: new Map(), stored: new Map() };
  const world = {
    /** Added to the virtual time, so that the clock can be set. */
    clockMs: 1_700_000_000_000,
    isFull: false,
    isLocked: false,
    /** The process dies in the transaction after this many; null: in none. */
    transactionsLeft: null as number | null,
    isDead: false,
  };
  /** The messages that a renderer would show, by id. */
  const shown = new Map<string, Message>();
  const problems: string[] = [];
  /** Requests that were in work when a process died: nobody knows whether they left. */
  const uncertain = new Set<string>();
  let isWriting = false;
  let current = boot();

  /** Runs a transaction in this world. */
  function write<Value>(transaction: (work: () => Value) => Value, work: () => Value): Value {
    if (world.isDead) throw new Killed();
    // A nested transaction is a part of the outer one.
    if (isWriting) return transaction(work);
    if (world.isLocked) throw new DatabaseError('SQLITE_BUSY');
    if (world.isFull) throw new DatabaseError('SQLITE_FULL');
    const diesHere = world.transactionsLeft !== null && world.transactionsLeft-- <= 0;
    const isCommitted = !diesHere || random() < 0.5;
    isWriting = true;
    try {
      const value = transaction(() => {
        const result = work();
        if (!isCommitted) throw new Killed();
        return result;
      });
      if (diesHere) throw new Killed();
      return value;
    } finally {
      isWriting = false;
      world.isDead = diesHere;
    }
  }

  function boot() {
    const guarded: Store = {
      ...store,
      transaction: (work) => write(store.transaction, work),
      batch: (work) => write(store.batch, work),
    };
    // The timers of a dead process do not fire.
    const processIsDead = { value: false };
    const after = (milliseconds: number, work: () => void) =>
      time.after(milliseconds, () => {
        if (!world.isDead && !processIsDead.value) work();
      });
    const now = () => Math.round(world.clockMs + time.elapsed());
    const broadcast = createRenderer();
    const metrics = createMetrics();
    const attempts = { after, onWriteError: () => {} };
    const outbox = createOutbox({ store: guarded, broadcast, metrics }, time.later, attempts);
    const replyStream = createReplyStream({ store: guarded, broadcast, now }, attempts);
    const unsavedWork = createUnsavedWork();
    let child: ReturnType<typeof forkSimulatedGenerator> | null = null;
    let chat: Chat | null = null;
    const generator = createGenerator({
      fork(onMessage, onExit) {
        child = forkSimulatedGenerator(disk, time, random, onMessage, onExit);
        return child;
      },
      configuration: () => ({
        ...{ type: 'configure', dataFolder: '', services: [], displayQuality: 90, language: 'en' },
      }),
      after,
      // As in the app: with the first work, and not before the page is painted.
      isOnDemand: true,
      whenToStart: (start) => after(random() * 2000, start),
      onJobUpdate: replyStream.receive,
      onArrived: unsavedWork.add,
      onPrefetchEnded: (ended) => chat && endPrefetch(chat.context, ended),
    });
    const started = startChat({
      environment: { limits: null },
      services: {
        find: (id) => guarded.services.list().find((service) => service.id === id),
        fromEnvironment: () => null,
        canRunEngine: () => false,
        effective: () => guarded.services.list(),
      },
      store: guarded,
      secrets: { get: () => 'key', mayHave: () => true, isOfRun: () => false },
      longTasks: { measure: (_name, work) => work() },
      ...{ metrics, broadcast, outbox, replyStream, unsavedWork },
      generator: {
        ...generator,
        run(job) {
          noteStrayJob(job);
          return generator.run(job);
        },
      },
      logs: { concealPrompt: () => {} },
      onWriteError: () => {},
      world: {
        ...{ now, deletionTime: now, random, after, later: time.later },
        hasFile: (file) => disk.arrived.has(path.basename(file)),
      },
    });
    chat = started;
    const { context, dispatcher } = started;
    outbox.schedule();
    dispatcher.open();
    started.onKeysLoaded();
    return {
      store: guarded,
      chat: started,
      handlers: createChatHandlers(context, (input) => sendMessage(context, input)),
      outbox,
      crashGenerator: () => child?.crash(),
      die(): void {
        processIsDead.value = true;
        child?.kill();
      },
      quit(): void {
        dispatcher.close();
        generator.close();
        replyStream.saveAll();
        outbox.drainAll();
      },
    };
  }

  /** A request must be the one that its row shows: the user may have changed the service while the row waited. */
  function noteStrayJob({ kind, jobId, provider, model }: Job): void {
    const row = kind === 'picture' ? store.messages.find(jobId) : undefined;
    if (row && (row.provider !== provider || row.model !== model))
      problems.push(`message ${jobId} of ${row.provider} was requested from ${provider}`);
  }

  /** Keeps what a renderer would show, by the rule that it follows. */
  function createRenderer(): Broadcast {
    const listeners: { [Name in EventName]?: (event: Events[Name]) => void } = {
      'message:updated': (message) => {
        const begins = message.status === 'generating' && shown.get(message.id)?.status === 'pending';
        if (begins && !store.conversations.find(message.conversationId))
          problems.push(`message ${message.id} began after its conversation was deleted`);
        show([message]);
      },
      'messages:added': show,
    };
    return (name, event) => listeners[name]?.(event);
  }

  function show(messages: readonly Message[]): void {
    for (const message of messages) {
      const known = shown.get(message.id);
      if (!known || known.revision <= message.revision) shown.set(message.id, message);
    }
  }

  /** Starts another process on the same database and disk. */
  async function restart(): Promise<void> {
    await time.runTurns();
    noteUncertain();
    current.die();
    time.forget();
    await time.runTurns();
    Object.assign(world, { isDead: false, transactionsLeft: null });
    current = boot();
    const loaded = [...shown.keys()].flatMap((id) => store.messages.find(id) ?? []);
    shown.clear();
    show(loaded);
  }

  /** Requests that are running when a process dies may or may not have left. */
  function noteUncertain(): void {
    for (const { id } of query<{ id: string }>(`SELECT id FROM charges WHERE state = 'open'`))
      uncertain.add(id);
  }

  return {
    ...{ store, query, random, time, disk, world, shown, show, problems, uncertain },
    app: () => current,
    crashGenerator(): void {
      noteUncertain();
      current.crashGenerator();
    },
    async kill(): Promise<void> {
      world.isDead = true;
      await restart();
    },
    async quit(): Promise<void> {
      try {
        current.quit();
      } catch {
        // A full disk or a lock does not keep the app from ending.
      }
      world.isDead = true;
      await restart();
    },
    /** Restarts the app if it has died in a transaction. */
    async revive(): Promise<void> {
      if (world.isDead) await restart();
    },
  };
}
