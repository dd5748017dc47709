// Opens importers, and ends all of them when the app quits.
import type { ImportPlace } from '../../../shared/generator/importer-messages';
import { createImporter, type ForkImporter, type Importer } from './importer-process';

export type ImporterPool = ReturnType<typeof createImporterPool>;

export function createImporterPool(fork: ForkImporter, settings: () => ImportPlace) {
  const opened = new Set<Importer>();

  function open(): Importer {
    const importer = createImporter(fork, settings);
    opened.add(importer);
    return importer;
  }

  function close(importer: Importer): void {
    importer.close();
    opened.delete(importer);
  }

  return {
    open,
    close,
    /** Runs work with an importer of its own, and ends it afterwards. */
    async use<Value>(work: (importer: Importer) => Promise<Value>): Promise<Value> {
      const importer = open();
      try {
        return await work(importer);
      } finally {
        close(importer);
      }
    },
    closeAll(): void {
      for (const importer of opened) importer.close();
    },
  };
}
