// The main process's side of the downloader: starts its process on demand, and ends it when nothing is left to do.
import { failure, failureLike, type Result } from '../../../shared/domain/errors';
import {
  type FetchTask,
  type FromDownloader,
  fromDownloaderSchema,
  type InstalledFile,
  type ToDownloader,
} from '../../../shared/generator/downloader-messages';
import type { ProxyAnswer, ProxyQuestion } from '../../../shared/generator/proxies';

/** The parts of a child process that this file needs; Electron's utility process has them. */
export type DownloaderChild = { post: (message: ToDownloader) => void; kill: () => void };

export type ForkDownloader = (onMessage: (message: unknown) => void, onExit: () => void) => DownloaderChild;

export type DownloaderOptions = {
  fork: ForkDownloader;
  answerProxyQuestion: (question: ProxyQuestion) => Promise<ProxyAnswer>;
};

export type FetchProgress = Pick<
  FromDownloader & { type: 'progress' },
  'state' | 'receivedBytes' | 'totalBytes'
>;

/** The result of a task: it was stopped, it failed, or its files are in place. */
export type FetchEnd =
  | { ok: true; files: readonly InstalledFile[] | null }
  | Extract<Result<never>, { ok: false }>;

export type Downloader = ReturnType<typeof createDownloader>;

type Pending = {
  onProgress: (progress: FetchProgress) => void;
  end: (message: FromDownloader | null) => void;
};

export function createDownloader({ fork, answerProxyQuestion }: DownloaderOptions) {
  let child: DownloaderChild | null = null;
  let isClosed = false;
  let lastTask = 0;
  const pending = new Map<number, Pending>();

  function start(): DownloaderChild {
    const started = fork(
      (message) => receive(message, started),
      () => {
        if (child === started) onExit();
      },
    );
    return started;
  }

  function receive(message: unknown, sender: DownloaderChild): void {
    const parsed = fromDownloaderSchema.safeParse(message);
    if (!parsed.success) {
      console.error('The downloader sent an invalid message:', parsed.error.message);
      // The task of this message would never end.
      sender.kill();
      return;
    }
    const { data } = parsed;
    if (data.type === 'find-proxy' || data.type === 'proxy-login') {
      void answerProxyQuestion(data).then((answer) => {
        if (child === sender) sender.post(answer);
      });
    } else if (data.type === 'progress') pending.get(data.task)?.onProgress(data);
    else end(data.task, data);
  }

  function end(task: number, message: FromDownloader | null): void {
    const ended = pending.get(task);
    pending.delete(task);
    ended?.end(message);
    if (pending.size > 0) return;
    // Its memory is free until the next download.
    child?.kill();
    child = null;
  }

  function onExit(): void {
    child = null;
    for (const task of [...pending.keys()]) end(task, null);
  }

  /** Resolves with the message that ends the task; null if the process ended first. */
  function ask(
    message: (task: number) => ToDownloader,
    onProgress: Pending['onProgress'] = () => {},
  ): { task: number; ended: Promise<FromDownloader | null> } {
    lastTask += 1;
    const task = lastTask;
    if (isClosed) return { task, ended: Promise.resolve(null) };
    const ended = new Promise<FromDownloader | null>((resolve) => {
      pending.set(task, { onProgress, end: resolve });
    });
    child ??= start();
    child.post(message(task));
    return { task, ended };
  }

  return {
    /** Fetches an item. `stop` ends it as soon as possible and keeps what is stored. */
    fetch(
      wanted: Omit<FetchTask, 'task'>,
      onProgress: (progress: FetchProgress) => void,
    ): { ended: Promise<FetchEnd>; stop: () => void } {
      const { task, ended } = ask((number) => ({ type: 'fetch', ...wanted, task: number }), onProgress);
      return {
        ended: ended.then((message): FetchEnd => {
          if (message?.type === 'fetched') return { ok: true, files: message.files };
          if (message?.type === 'stopped' || isClosed) return { ok: true, files: null };
          if (message?.type === 'failed') return failureLike(message);
          return failure('engine_downloader_stopped');
        }),
        stop: () => child?.post({ type: 'stop', task }),
      };
    },
    /** Kills the process. What it has stored is continued at the next start. */
    close(): void {
      isClosed = true;
      child?.kill();
      onExit();
    },
  };
}
