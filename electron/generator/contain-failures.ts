// Contains a bug to the task or job whose message exposes it.
import { possibleCost } from '../../shared/generator/billing';
import { type FromGenerator, failedJob, type ToGenerator } from '../../shared/generator/messages';

/**
 * Returns `dispatch` as a function that neither throws nor rejects. A bug ends only the task or job of its message,
 * because other requests in this process may have been paid for and would be lost.
 *
 * @param send tells the main process that the task or job has ended. The main process ignores the end of a job that
 *   has ended already.
 */
export function containFailures<Notice extends { type: string }>(
  dispatch: (message: ToGenerator | Notice) => Promise<void> | undefined,
  send: (message: FromGenerator) => void,
): (message: ToGenerator | Notice) => void {
  function end(message: ToGenerator | Notice, error: unknown): void {
    console.error(`The message "${message.type}" has failed in an unknown way:`, error);
    if ('task' in message) send({ type: 'task-failed', task: message.task });
    if ('job' in message && message.type === 'run') {
      send(failedJob(message.job.jobId, 'internal', 0, possibleCost(message.job)));
    }
  }

  return (message) => {
    try {
      dispatch(message)?.catch((error: unknown) => end(message, error));
    } catch (error) {
      end(message, error);
    }
  };
}
