// Pairs the generator's replies with the tasks that it gets beside its jobs.
import { failure, type Result } from '../../../shared/domain/errors';
import type { TaskAnswer, ToGenerator } from '../../../shared/generator/messages';

/** `end`: resolves the task; null: the generator is gone and sends no reply. */
type PendingTask = { message: ToGenerator; isSent: boolean; end: (answer: TaskAnswer | null) => void };

export function createPendingTasks() {
  const pending = new Map<number, PendingTask>();
  let lastTask = 0;

  return {
    /**
     * Adds a task, which `sendWaiting` sends. Never rejects; without a reply it resolves as `generator_stopped`.
     *
     * @param read returns the result if the reply is of the right type.
     */
    add<Value>(
      messageOf: (task: number) => ToGenerator,
      read: (answer: TaskAnswer) => Result<Value> | undefined,
    ): Promise<Result<Value>> {
      lastTask += 1;
      const task = lastTask;
      return new Promise((resolve) => {
        pending.set(task, {
          message: messageOf(task),
          isSent: false,
          end: (answer) => resolve((answer && read(answer)) ?? failure('generator_stopped')),
        });
      });
    },
    /** Sends the tasks that no generator has got. */
    sendWaiting(send: (message: ToGenerator) => void): void {
      for (const task of pending.values()) {
        if (task.isSent) continue;
        task.isSent = true;
        send(task.message);
      }
    },
    resolve(answer: TaskAnswer): void {
      pending.get(answer.task)?.end(answer);
      pending.delete(answer.task);
    },
    /** Ends every task that a generator has got, because it is gone. The others wait for the next one. */
    failSent(): void {
      for (const [task, { isSent, end }] of pending) {
        if (!isSent) continue;
        pending.delete(task);
        end(null);
      }
    },
  };
}
