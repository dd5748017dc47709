// Fills the stores with the app's initial state.
import type { AppStart } from '../../shared/contract/app';
import { startEdits } from '../features/chat/user-message/edit-store';
import { useNotices } from '../features/notices/notice-store';
import { deliverEvents } from '../ipc';
import { useChat } from '../state/chat/chat-store';
import { startDraft } from '../state/composer/keep-draft';
import { useServices } from '../state/settings/services-store';
import { useSettings } from '../state/settings/settings-store';
import { useViewState } from '../state/view-state';

/** Applies the reply of `app:start`, and then the events since it was sent. */
export function applyStart(start: AppStart): void {
  useServices.getState().receive(start.services);
  useSettings.getState().start(start);
  useViewState.getState().start(start);
  useChat.getState().start(start);
  startDraft(start);
  startEdits(start);
  useNotices.getState().receive(start);
  deliverEvents();
}
