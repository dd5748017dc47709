// Answers requests to save the state of views, such as the gallery's scroll position.
import type { WebContents } from 'electron';
import type { viewStateRequests } from '../../../shared/contract/view-state';
import { success } from '../../../shared/domain/errors';
import type { ViewState } from '../../../shared/domain/view-state';
import type { Store } from '../db/open';
import type { HandlersOf } from '../ipc/handlers';

export type ViewStateOptions = {
  store: Pick<Store, 'viewState' | 'batch'>;
  /** Records what a window shows. @returns whether it is the first window, whose place is saved in the view state. */
  notePlace: (sender: WebContents, place: Pick<ViewState, 'galleryPlace'>) => boolean;
};

export function createViewStateHandlers({
  store,
  notePlace,
}: ViewStateOptions): HandlersOf<typeof viewStateRequests> {
  return {
    'view-state:set': (changes, { sender }) => {
      const { galleryPlace, ...ofAllWindows } = changes;
      const isFirst = galleryPlace === undefined || notePlace(sender, { galleryPlace });
      store.batch(() => store.viewState.write(isFirst ? changes : ofAllWindows));
      return success(null);
    },
  };
}
