// Ends the server that an earlier run of the app has left behind, and no other process.
import { setTimeout as wait } from 'node:timers/promises';
import type { ProcessTable } from './process-table';
import type { RunningRecord, RunningServer } from './running-record';

export type OrphanOptions = {
  record: Pick<RunningRecord, 'read' | 'remove'>;
  table: ProcessTable;
  kill?: (pid: number) => void;
};

const pollMs = 20;
/** A killed process may take a moment to release its memory, such as that of a graphics card. */
const maxEndMs = 10_000;

/**
 * Call it before a server is started. The process must have the id and the start time of the record: an id alone may by
 * now belong to another program. Its arguments, with the port and the model's path, name it as well: the app may have been
 * killed before it knew the id, and a script may have started the real server.
 *
 * @returns how many processes were ended.
 */
export async function endOrphans({ record, table, kill = killNow }: OrphanOptions): Promise<number> {
  const server = record.read();
  if (server === null) return 0;
  const orphans = await findOrphans(server, table);
  for (const [pid, start] of orphans) {
    kill(pid);
    const until = performance.now() + maxEndMs;
    while ((await table.startOf(pid)) === start && performance.now() < until) await wait(pollMs);
    console.info(`The engine of an earlier run was still there (process ${pid}) and was ended.`);
  }
  record.remove();
  return orphans.size;
}

async function findOrphans(server: RunningServer, table: ProcessTable): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  const { pid, start } = server;
  if (pid !== null && start !== null && (await table.startOf(pid)) === start) found.set(pid, start);
  for (const candidate of await table.findByArguments(server.arguments)) {
    const since = await table.startOf(candidate);
    if (since !== null) found.set(candidate, since);
  }
  return found;
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
