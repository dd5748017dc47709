// The maintenance worker: a utility process that runs one long task on the data folder. See docs/decisions/008.

import { createEndProcess } from '../../files/end-process';
import { checkDatabase } from './check-database';
import { freeBytesOf } from './disk-space';
import { type MaintenanceReply, type MaintenanceTask, maintenanceTaskSchema } from './maintenance-messages';
import { type Batch, scanRecipes } from './scan-recipes';

let batches: AsyncGenerator<Batch> | null = null;

process.parentPort.on('message', ({ data }: { data: unknown }) => {
  run(maintenanceTaskSchema.parse(data)).then(
    (reply) => process.parentPort.postMessage(reply),
    (error: unknown) => process.parentPort.postMessage({ type: 'failed', reason: String(error) }),
  );
});

/** Any other error is a bug. The process exits, which fails the task, and the next run repeats it. */
function exitWith(error: unknown): never {
  console.error(error);
  process.exit(1);
}

process.on('unhandledRejection', exitWith);
process.on('uncaughtException', exitWith);

async function run(task: MaintenanceTask): Promise<MaintenanceReply> {
  if (task.type === 'check') {
    return { type: 'checked', damage: checkDatabase(task, () => freeBytesOf(task.dataFolder)) };
  }
  if (task.type === 'salvage') batches = scanRecipes(task.dataFolder);
  const next = await batches?.next();
  return !next || next.done ? { type: 'salvaged' } : { type: 'batch', ...next.value };
}

// Since Electron 37 an unhandled rejection no longer ends a utility process by itself. The main process takes the exit
// for a failed task.
process.on(
  'unhandledRejection',
  createEndProcess({ stopListening: () => process.parentPort.removeAllListeners('message') }),
);
