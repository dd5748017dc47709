// Answers requests to save the state of views, such as the gallery's scroll position.
import type { viewStateRequests } from '../../../shared/contract/view-state';
import { success } from '../../../shared/domain/errors';
import type { Store } from '../db/open';
import type { HandlersOf } from '../ipc/handlers';

export function createViewStateHandlers(
  store: Pick<Store, 'viewState' | 'batch'>,
): HandlersOf<typeof viewStateRequests> {
  return {
    'view-state:set': (changes) => {
      store.batch(() => store.viewState.write(changes));
      return success(null);
    },
  };
}
