// The downloader's tasks: runs each until it ends or is stopped, and reports its progress.
import { errorSentences, explanationOf } from '../../../shared/domain/errors';
import type { FetchTask, FromDownloader, ToDownloader } from '../../../shared/generator/downloader-messages';
import { usualTiming } from './download-file';
import { type FetchState, fetchItem } from './fetch-item';

/** Time between two reports of a task's progress (ms). */
const reportMs = 250;

/** Returns what performs a message. Expected failures are messages; a rejection is a bug. */
export function createDownloaderTasks(send: (message: FromDownloader) => void, timing = usualTiming) {
  const running = new Map<number, AbortController>();

  async function fetch(wanted: FetchTask): Promise<void> {
    const { task } = wanted;
    const stop = new AbortController();
    running.set(task, stop);
    let lastReport = Number.NEGATIVE_INFINITY;
    let lastState: FetchState | null = null;
    try {
      const result = await fetchItem(wanted, {
        signal: stop.signal,
        timing,
        onProgress(state, receivedBytes, totalBytes) {
          const now = performance.now();
          if (state === lastState && now - lastReport < reportMs) return;
          lastReport = now;
          lastState = state;
          send({ type: 'progress', task, state, receivedBytes, totalBytes });
        },
      });
      if (result.ok) send({ type: 'fetched', task, files: result.value });
      else send({ type: 'failed', task, code: result.code, ...explanationOf(result) });
    } catch (error) {
      if (!stop.signal.aborted) throw error;
      send({ type: 'stopped', task });
    } finally {
      running.delete(task);
    }
  }

  return async (
    message: Exclude<ToDownloader, { type: 'proxy-found' | 'proxy-login-found' }>,
  ): Promise<void> => {
    switch (message.type) {
      case 'fetch':
        return fetch(message);
      case 'stop':
        running.get(message.task)?.abort(new DOMException(errorSentences.cancelled, 'AbortError'));
        return;
    }
  };
}
