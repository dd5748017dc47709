// Starts the keeper for one task at a time, and ends it.
import { utilityProcess } from 'electron';
import type { Recipe } from '../../../shared/domain/recipe';
import { captureOutput } from '../logging/app-log';
import type { Look } from './check-database';
import { type KeeperReply, type KeeperTask, keeperReplySchema } from './maintenance-messages';

export type Keeper = {
  /** @returns what is wrong with the database, or null. Rejects where it could not be looked at. */
  look: (task: Look) => Promise<string | null>;
  /** Calls `onBatch` for every batch; the next one is read when it returns. */
  salvage: (dataFolder: string, onBatch: (recipes: Recipe[], unreadable: number) => void) => Promise<void>;
  /** Ends what is under way, at once: every task can be killed. */
  close: () => void;
};

/**
 * @param modulePath the keeper's bundle.
 * @param env the environment it gets: no keys in it.
 */
export function createKeeper(modulePath: string, env: Record<string, string>): Keeper {
  let current: Electron.UtilityProcess | null = null;

  /** @param receive takes each reply; what it returns is posted, or ends the task where it is null. */
  function run(task: KeeperTask, receive: (reply: KeeperReply) => KeeperTask | null): Promise<void> {
    const child = utilityProcess.fork(modulePath, [], {
      serviceName: 'Afterimage keeper',
      env,
      stdio: 'pipe',
    });
    captureOutput(child, 'keeper');
    current = child;
    return new Promise<void>((resolve, reject) => {
      child.on('exit', () => reject(new Error('The keeper ended before its task was done.')));
      child.on('message', (message: unknown) => {
        try {
          const next = receive(keeperReplySchema.parse(message));
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
    async look(task) {
      let damage: string | null = null;
      await run({ type: 'look', ...task }, (reply) => {
        if (reply.type !== 'looked') throw unexpected(reply);
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

function unexpected(reply: KeeperReply): Error {
  return new Error(reply.type === 'failed' ? reply.reason : `An unexpected reply: ${reply.type}.`);
}
