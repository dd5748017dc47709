// Answers requests to save the state of views, such as the gallery's scroll position.
import type { viewStateRequests } from '../../../shared/contract/view-state';
import { success } from '../../../shared/domain/errors';
import type { Store } from '../db/open';
import type { HandlersOf } from '../ipc/handlers';

export function createViewStateHandlers(
  store: Pick<Store, 'viewState' | 'messages' | 'batch'>,
): HandlersOf<typeof viewStateRequests> {
  return {
    'view-state:set': (changes) => {
      // A draft that was saved late may have been sent meanwhile.
      const isSent = changes.draft != null && store.messages.find(changes.draft.questionId) !== undefined;
      store.batch(() => store.viewState.write(isSent ? { ...changes, draft: null } : changes));
      return success(null);
    },
  };
}
