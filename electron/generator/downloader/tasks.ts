// The downloader's tasks: runs each until it ends or is stopped, and reports its progress.
import { errorSentences, explanationOf } from '../../../shared/domain/errors';
import type { FetchTask, FromDownloader, ToDownloader } from '../../../shared/generator/downloader-messages';
import { usualTiming } from './download-file';
import { type FetchState, fetchItem } from './fetch-item';

/** Time between two reports of a task's progress (ms). */
const reportMs = 250;

type Report = { state: FetchState; receivedBytes: number; totalBytes: number };

/**
 * Limits reports to one per interval. Sends a new state at once. Always sends the last report, before the end and
 * when none follows it, for example because a connection stalls.
 */
export function createReports(send: (report: Report) => void, intervalMs = reportMs) {
  let waiting: Report | null = null;
  let lastState: FetchState | null = null;
  let timer: NodeJS.Timeout | null = null;

  function flush(): void {
    if (!waiting) return;
    const report = waiting;
    waiting = null;
    lastState = report.state;
    send(report);
    timer = setTimeout(() => {
      timer = null;
      flush();
    }, intervalMs);
  }

  function cancelTimer(): void {
    if (timer) clearTimeout(timer);
    timer = null;
  }

  return {
    add(report: Report): void {
      waiting = report;
      if (report.state !== lastState) cancelTimer();
      if (timer === null) flush();
    },
    /** Sends the pending report, and nothing after that. */
    end(): void {
      cancelTimer();
      flush();
      cancelTimer();
    },
  };
}

/**
 * Returns the function that handles the main process's messages. Expected failures are sent as messages; a
 * rejection is a bug.
 */
export function createDownloaderTasks(send: (message: FromDownloader) => void, timing = usualTiming) {
  const running = new Map<number, AbortController>();

  async function fetch(wanted: FetchTask): Promise<void> {
    const { task } = wanted;
    const stop = new AbortController();
    running.set(task, stop);
    const reports = createReports((report) => send({ type: 'progress', task, ...report }));
    try {
      const result = await fetchItem(wanted, {
        signal: stop.signal,
        timing,
        onProgress: (state, receivedBytes, totalBytes) => reports.add({ state, receivedBytes, totalBytes }),
      }).finally(reports.end);
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
