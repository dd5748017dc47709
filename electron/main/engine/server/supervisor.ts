// The supervised engine: starts sd-server on the first request, keeps it warm, and ends it when nothing needs it.
import type { EngineServerState } from '../../../../shared/domain/engine';
import { type ErrorCode, failure, type Result, success } from '../../../../shared/domain/errors';
import { isSameTarget, type Target } from './runnable';
import type { ServerEnd } from './server-process';
import { explainEnd } from './start-failures';
import type { StartedServer, StartServer } from './start-server';

export type SupervisorOptions = {
  /** Verifies the files and starts a server that answers; see start-server.ts. */
  start: StartServer;
  /** Ends what an earlier run has left behind. */
  endOrphans: () => Promise<unknown>;
  /** Runs work after a number of milliseconds. @returns a function that prevents it. */
  after: (milliseconds: number, work: () => void) => () => void;
  /** Milliseconds of a clock that only moves forward. */
  now: () => number;
  /** Called when the state or the address has changed. */
  onChange: () => void;
};

/** The right to use the server for one picture. */
export type EngineUse = Pick<StartedServer, 'address' | 'canCancelGenerating' | 'ranOutOfMemory'> & {
  /** Resolves with the failure of a server that ends unasked during the use. */
  crashed: Promise<Result<never>>;
  /** Ends the use. The server stays warm for a while. */
  done: () => void;
};

export type Supervisor = ReturnType<typeof createSupervisor>;

/** A server that was idle for this long ends, because a model occupies gigabytes of memory. */
export const quietMs = 10 * 60_000;
const firstBackOffMs = 1_000;
const maxBackOffMs = 60_000;
/** A server that ran this long was healthy, so the next back-off is the first one again. */
const healthyMs = 60_000;

/** Nothing was started, so the next attempt need not wait. */
const ofFiles: ReadonlySet<ErrorCode> = new Set(['engine_missing', 'engine_changed']);

export function createSupervisor({ start, endOrphans, after, now, onChange }: SupervisorOptions) {
  let server: (StartedServer & { target: Target; startedAt: number; end: ServerEnd | null }) | null = null;
  let state: EngineServerState = 'stopped';
  let isClosed = false;
  let crashes = 0;
  /** Whether the last server ended unexpectedly, and none runs since. */
  let hasCrashed = false;
  let mayStartAt = 0;
  let cancelQuiet = () => {};
  let orphansEnded: Promise<unknown> | null = null;
  /** Resolves when the one who uses the server, or starts it, is done. */
  let lastTurn: Promise<void> = Promise.resolve();
  const closing = new AbortController();

  function become(next: EngineServerState): void {
    if (state === next) return;
    state = next;
    // The parts that a change is told to are closed as well, such as the database.
    if (!isClosed) onChange();
  }

  async function stop(): Promise<void> {
    cancelQuiet();
    const stopped = server;
    if (!stopped) return;
    stopped.kill();
    await stopped.ended;
  }

  function recordCrash(): void {
    crashes += 1;
    mayStartAt = now() + Math.min(firstBackOffMs * 2 ** (crashes - 1), maxBackOffMs);
  }

  /** Waits for its turn: one model, one picture at a time. Returns null if the signal is aborted first. */
  async function takeTurn(signal: AbortSignal): Promise<(() => void) | null> {
    const before = lastTurn;
    let done = () => {};
    lastTurn = new Promise((resolve) => {
      done = resolve;
    });
    await Promise.race([before, whenAborted(signal)]);
    if (!signal.aborted) return done;
    void before.then(done);
    return null;
  }

  async function ensure(target: Target, signal: AbortSignal): Promise<Result<NonNullable<typeof server>>> {
    orphansEnded ??= endOrphans().catch((error: unknown) => {
      console.error('An engine of an earlier run could not be ended:', error);
    });
    await orphansEnded;
    if (server?.end === null && isSameTarget(server.target, target)) return success(server);
    await stop();
    become(hasCrashed ? 'restarting' : 'starting');
    await pauseFor(mayStartAt - now(), signal);
    const started = await start(target, signal);
    if (!started.ok) {
      server = null;
      if (started.code === 'cancelled') become('stopped');
      else {
        if (!ofFiles.has(started.code)) recordCrash();
        hasCrashed = started.code === 'engine_crashed';
        become('failed');
      }
      return started;
    }
    const next = { ...started.value, target, startedAt: now(), end: null };
    watch(next);
    if (isClosed) next.kill();
    server = next;
    hasCrashed = false;
    become('running');
    return success(next);
  }

  function watch(watched: NonNullable<typeof server>): void {
    void watched.ended.then((end) => {
      watched.end = end;
      if (end.wasAsked) crashes = 0;
      else {
        console.error(`The engine ended unexpectedly (${end.signal ?? `exit code ${end.exitCode}`}).`);
        if (now() - watched.startedAt > healthyMs) crashes = 0;
        recordCrash();
        hasCrashed = true;
      }
      if (server !== watched) return;
      server = null;
      cancelQuiet();
      become(end.wasAsked ? 'stopped' : 'failed');
    });
  }

  function pauseFor(milliseconds: number, signal: AbortSignal): Promise<void> {
    if (milliseconds <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = after(milliseconds, resolve);
      void whenAborted(signal).then(() => {
        cancel();
        resolve();
      });
    });
  }

  return {
    state: (): EngineServerState => state,
    /** Returns what the server that is running was started with; null if none is running. */
    target: (): Target | null => server?.target ?? null,
    /** Returns the address of the server; null unless one is running. */
    address: (): string | null => server?.address ?? null,
    /**
     * Resolves when the server of this model answers. A server of another model is ended first. Never rejects; a signal that
     * is aborted ends it as `cancelled`.
     */
    async use(target: Target, given: AbortSignal): Promise<Result<EngineUse>> {
      const signal = AbortSignal.any([given, closing.signal]);
      const endTurn = await takeTurn(signal);
      if (!endTurn) return failure('cancelled');
      cancelQuiet();
      const ready = await ensure(target, signal).catch((error: unknown) => {
        console.error('The engine could not be started:', error);
        become('failed');
        return failure('engine_not_started');
      });
      if (!ready.ok) {
        endTurn();
        return ready;
      }
      const { address, canCancelGenerating, ranOutOfMemory, ended } = ready.value;
      return success({
        address,
        canCancelGenerating,
        ranOutOfMemory,
        crashed: ended.then((end) => (end.wasAsked ? failure('cancelled') : explainEnd(end, true))),
        done() {
          endTurn();
          cancelQuiet();
          if (server === ready.value && !isClosed) cancelQuiet = after(quietMs, () => void stop());
        },
      });
    },
    /** Ends the server and waits until it is gone. */
    stop,
    /** Ends the server at once, because the app ends. None is started any more. */
    close(): void {
      isClosed = true;
      closing.abort();
      cancelQuiet();
      server?.kill();
    },
  };
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
