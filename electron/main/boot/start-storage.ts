// What looks after the data while the app runs, put together: the files on disk, and the database.
import { setImmediate as pause } from 'node:timers/promises';
import type { ChatContext } from '../chat/chat-context';
import { startDataSafety } from '../data-safety';
import type { DataSafetyOptions } from '../data-safety/data-safety';
import type { SafeOpenOptions } from '../db/open-safely';
import { createHousekeeping } from '../storage/housekeeping';
import type { StorageContext } from '../storage/storage-context';

type Options = {
  context: ChatContext;
  generator: StorageContext['generator'];
  database: Pick<SafeOpenOptions, 'dataFolder' | 'file' | 'nativeBinding' | 'now'>;
  /** As `openSafely` returned it. */
  opened: Pick<DataSafetyOptions, 'store' | 'rescue' | 'needsCheck'>;
  onRoom: () => void;
};

export function lookAfterData({ context, generator, database, opened, onRoom }: Options) {
  const { dataFolder } = database;
  const ending = new AbortController();
  const storage: StorageContext = { ...context, dataFolder, generator, signal: ending.signal, pause };
  const safety = startDataSafety({ ...database, ...opened, broadcast: context.broadcast, onRoom });
  const housekeeping = createHousekeeping(
    storage,
    (milliseconds, work) => void setTimeout(work, milliseconds),
    safety.isWhole,
  );
  return {
    storage,
    safety,
    housekeeping,
    /** From here on the database is not asked any more. */
    close(): void {
      ending.abort();
      safety.close();
    },
  };
}
