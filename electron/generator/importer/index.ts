// The importer process: reads files that a user brings in, so that none of them can harm anything else.
import type { ToImporter } from '../../../shared/generator/importer-messages';
import { createImporterTasks } from './tasks';

const perform = createImporterTasks();

process.parentPort.on('message', ({ data }: { data: ToImporter }) => {
  perform(data).then((reply) => process.parentPort.postMessage(reply), endWith);
});

/** What is thrown is a bug. The process ends, and the main process gives what it held to the next one. */
function endWith(error: unknown): never {
  console.error(error);
  process.exit(1);
}

process.on('unhandledRejection', endWith);
