// Pairs the generator's replies with the tasks that it gets beside its jobs.
import { failure, type Result } from '../../../shared/domain/errors';
import type { TaskAnswer } from '../../../shared/generator/messages';

export function createPendingTasks() {
  /** Resolves each task; null: the generator is gone and sends no reply. */
  const pending = new Map<number, (answer: TaskAnswer | null) => void>();
  let lastTask = 0;

  return {
    /**
     * Sends a task. Never rejects; without a reply it resolves as `generator_stopped`.
     *
     * @param read returns the result if the reply is of the right type.
     */
    run<Value>(
      send: (task: number) => void,
      read: (answer: TaskAnswer) => Result<Value> | undefined,
    ): Promise<Result<Value>> {
      lastTask += 1;
      const task = lastTask;
      send(task);
      return new Promise((end) => {
        pending.set(task, (answer) => end((answer && read(answer)) ?? failure('generator_stopped')));
      });
    },
    resolve(answer: TaskAnswer): void {
      pending.get(answer.task)?.(answer);
      pending.delete(answer.task);
    },
    /** Ends every task, because the generator is gone. */
    failAll(): void {
      for (const resolve of pending.values()) resolve(null);
      pending.clear();
    },
  };
}
