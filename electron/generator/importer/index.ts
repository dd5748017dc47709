// The importer process: reads the user's files in isolation, so that a malicious file affects nothing else.
import {
  backgroundSwitch,
  type ImporterProgress,
  type ToImporter,
} from '../../../shared/generator/importer-messages';
import { createEndProcess } from '../../files/end-process';
import { idleNiceness, importNiceness, lowerPriority } from '../codec/lower-priority';
import { createImporterTasks } from './tasks';

lowerPriority(process.argv.includes(backgroundSwitch) ? idleNiceness : importNiceness);

/** Minimum time between two progress messages (ms). */
const progressIntervalMs = 1000;
let reportedAt = Number.NEGATIVE_INFINITY;

const perform = createImporterTasks(() => {
  if (performance.now() - reportedAt < progressIntervalMs) return;
  reportedAt = performance.now();
  process.parentPort.postMessage({ type: 'progress' } satisfies ImporterProgress);
});

/** A rejection is a bug. The process exits, and the main process continues the import in a new one. */
const endProcess = createEndProcess({
  stopListening: () => process.parentPort.removeAllListeners('message'),
});

process.parentPort.on('message', ({ data }: { data: ToImporter }) => {
  perform(data).then((reply) => process.parentPort.postMessage(reply), endProcess);
});

// Since Electron 37 an unhandled rejection no longer ends a utility process by itself.
process.on('unhandledRejection', endProcess);
process.on('uncaughtException', endProcess);
