// The importer process: reads a user's files apart from all other work, so that a hostile file harms only this process.
import type { ToImporter } from '../../../shared/generator/importer-messages';
import { createImporterTasks } from './tasks';

const perform = createImporterTasks();

process.parentPort.on('message', ({ data }: { data: ToImporter }) => {
  perform(data).then((reply) => process.parentPort.postMessage(reply), exitWith);
});

/** A rejection is a bug. The process exits, and the main process continues the import in a new one. */
function exitWith(error: unknown): never {
  console.error(error);
  process.exit(1);
}

process.on('unhandledRejection', exitWith);
process.on('uncaughtException', exitWith);
