// Pairs the generator's replies with its tasks.
import { z } from 'zod';
import { failure, type Result } from '../../../shared/domain/errors';
import { type GeneratorTask, isRepeatable, type TaskAnswer } from '../../../shared/generator/tasks';

type PendingTask = {
  message: GeneratorTask;
  isSent: boolean;
  /** A generator that is gone now had it before. */
  isRepeated: boolean;
  end: (answer: TaskAnswer | NoAnswer) => void;
};

/** Why there is no reply: the generator is gone, or a bug has ended the task, or the reply is not in the contract. */
type NoAnswer = 'generator_stopped' | 'internal';

/** The fields that identify a message's task. */
const brokenSchema = z.object({ task: z.int() });

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
      messageOf: (task: number) => GeneratorTask,
      read: (answer: TaskAnswer) => Result<Value> | undefined,
    ): Promise<Result<Value>> {
      lastTask += 1;
      const task = lastTask;
      return new Promise((resolve) => {
        pending.set(task, {
          message: messageOf(task),
          isSent: false,
          isRepeated: false,
          end: (answer) =>
            resolve(
              typeof answer === 'string' ? failure(answer) : (read(answer) ?? failure('generator_stopped')),
            ),
        });
      });
    },
    /** Sends the tasks that no generator has got. */
    sendWaiting(send: (message: GeneratorTask) => void): void {
      for (const task of pending.values()) {
        if (task.isSent) continue;
        task.isSent = true;
        send(task.message);
      }
    },
    resolve(answer: TaskAnswer): void {
      pending.get(answer.task)?.end(answer.type === 'task-failed' ? 'internal' : answer);
      pending.delete(answer.task);
    },
    /** Ends the task of an unreadable reply, which would otherwise never end. */
    endBroken(message: unknown): void {
      const { data } = brokenSchema.safeParse(message);
      if (!data) return;
      pending.get(data.task)?.end('internal');
      pending.delete(data.task);
    },
    /**
     * Ends the tasks sent to a generator that has exited. Unsent tasks wait for the next one. Repeatable tasks are
     * sent again, but only once, because the task may have caused the crash.
     */
    failSent(): void {
      for (const [task, lost] of pending) {
        if (!lost.isSent) continue;
        if (isRepeatable[lost.message.type] && !lost.isRepeated) {
          Object.assign(lost, { isSent: false, isRepeated: true });
          continue;
        }
        pending.delete(task);
        lost.end('generator_stopped');
      }
    },
  };
}
