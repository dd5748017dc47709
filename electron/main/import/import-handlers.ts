// Answers requests to import offered files and to cancel the import.
import type { importRequests } from '../../../shared/contract/import';
import { success } from '../../../shared/domain/errors';
import type { HandlersOf } from '../ipc/handlers';
import type { Imports } from './imports';

export function createImportHandlers(
  imports: Pick<Imports, 'start' | 'cancel'>,
): HandlersOf<typeof importRequests> {
  return {
    'import:start': ({ offerId }) => {
      const started = imports.start(offerId);
      return started.ok ? success(null) : started;
    },
    'import:cancel': () => {
      imports.cancel();
      return success(null);
    },
  };
}
