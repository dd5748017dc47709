// Answers requests about updates.
import type { updateRequests } from '../../../shared/contract/updates';
import { success } from '../../../shared/domain/errors';
import type { HandlersOf } from '../ipc/handlers';
import type { createUpdates } from './updates';

export function createUpdateHandlers(
  updates: ReturnType<typeof createUpdates>,
): HandlersOf<typeof updateRequests> {
  return {
    'updates:read': () => success(updates.read()),
    'updates:check': () => updates.check(),
    'updates:download': () => updates.download(),
    'updates:install': () => updates.install(),
  };
}
