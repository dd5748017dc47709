// The keeper: a utility process that does one long task on the data folder. See docs/decisions/008.

import { look } from './check-database';
import { freeBytesOf } from './disk-room';
import { type KeeperReply, type KeeperTask, keeperTaskSchema } from './maintenance-messages';
import { type Batch, scanRecipes } from './scan-recipes';

let batches: AsyncGenerator<Batch> | null = null;

process.parentPort.on('message', ({ data }: { data: unknown }) => {
  perform(keeperTaskSchema.parse(data)).then(
    (reply) => process.parentPort.postMessage(reply),
    (error: unknown) => process.parentPort.postMessage({ type: 'failed', reason: String(error) }),
  );
});

async function perform(task: KeeperTask): Promise<KeeperReply> {
  if (task.type === 'look') {
    return { type: 'looked', damage: look(task, () => freeBytesOf(task.dataFolder)) };
  }
  if (task.type === 'salvage') batches = scanRecipes(task.dataFolder);
  const next = await batches?.next();
  return !next || next.done ? { type: 'salvaged' } : { type: 'batch', ...next.value };
}
