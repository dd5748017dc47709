// Runs the maintenance worker: one process for each task.
import { utilityProcess } from 'electron';
import type { Recipe } from '../../../shared/domain/recipe';
import { captureOutput } from '../logging/app-log';
import type { CheckTask } from './check-database';
import { type MaintenanceReply, type MaintenanceTask, maintenanceReplySchema } from './maintenance-messages';

export type MaintenanceWorker = {
  /** Returns what is wrong with the database, or null. Rejects if the check failed. */
  check: (task: CheckTask) => Promise<string | null>;
  /** Calls `onBatch` with each batch. The next batch is read when it returns. */
  salvage: (dataFolder: string, onBatch: (recipes: Recipe[], unreadable: number) => void) => Promise<void>;
  /** Ends the running task at once: every task can be killed. */
  close: () => void;
};

/**
 * @param modulePath the worker's bundle.
 * @param env the worker's environment, without keys.
 */
export function createMaintenanceWorker(modulePath: string, env: Record<string, string>): MaintenanceWorker {
  let current: Electron.UtilityProcess | null = null;

  /** @param receive takes each reply and returns the next message, or null to end the task. */
  function run(
    task: MaintenanceTask,
    receive: (reply: MaintenanceReply) => MaintenanceTask | null,
  ): Promise<void> {
    const child = utilityProcess.fork(modulePath, [], {
      // Not shown: the name of a process in the system’s list.
      serviceName: 'Afterimage maintenance',
      env,
      stdio: 'pipe',
    });
    captureOutput(child, 'maintenance');
    current = child;
    return new Promise<void>((resolve, reject) => {
      child.on('exit', () => reject(new Error('The maintenance worker ended before its task was done.')));
      child.on('message', (message: unknown) => {
        try {
          const next = receive(maintenanceReplySchema.parse(message));
          if (next) return child.postMessage(next);
          resolve();
        } catch (error) {
          reject(error);
        }
        child.kill();
      });
      child.postMessage(task);
    }).finally(() => {
      child.kill();
      current = null;
    });
  }

  return {
    async check(task) {
      let damage: string | null = null;
      await run({ type: 'check', ...task }, (reply) => {
        if (reply.type !== 'checked') throw unexpected(reply);
        damage = reply.damage;
        return null;
      });
      return damage;
    },
    salvage: (dataFolder, onBatch) =>
      run({ type: 'salvage', dataFolder }, (reply) => {
        if (reply.type === 'salvaged') return null;
        if (reply.type !== 'batch') throw unexpected(reply);
        onBatch(reply.recipes, reply.unreadable);
        return { type: 'next' };
      }),
    close() {
      current?.kill();
    },
  };
}

function unexpected(reply: MaintenanceReply): Error {
  return new Error(reply.type === 'failed' ? reply.reason : `An unexpected reply: ${reply.type}.`);
}
