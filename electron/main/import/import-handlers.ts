// Answers requests to import offered files and to cancel the import.
import type { WebContents } from 'electron';
import type { importRequests } from '../../../shared/contract/import';
import { success } from '../../../shared/domain/errors';
import type { HandlersOf } from '../ipc/handlers';
import type { Imports } from './imports';

export function createImportHandlers(
  imports: Pick<Imports, 'start' | 'cancel'>,
  /** Called with the page that has started an import, which is shown there. */
  onStart: (page: WebContents) => void,
): HandlersOf<typeof importRequests> {
  return {
    'import:start': ({ offerId, mode }, { sender }) => {
      const started = imports.start(offerId, mode);
      if (started.ok) onStart(sender);
      return started.ok ? success(null) : started;
    },
    'import:cancel': () => {
      imports.cancel();
      return success(null);
    },
  };
}
