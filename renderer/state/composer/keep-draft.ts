// Keeps the draft in the view state from one start of the app to the next.
import type { AppStart } from '../../../shared/contract/app';
import { draftSchema } from '../../../shared/domain/draft';
import { request } from '../../ipc';
import { followSettings } from './choose-model';
import { draftOf, isEmptyDraft, useDraft } from './draft-store';
import { forgetLegacyDraft, readLegacyDraft } from './legacy-draft';
import { createDraftSaver } from './save-draft';

export const draftSaver = createDraftSaver({
  read() {
    const draft = draftOf(useDraft.getState());
    return isEmptyDraft(draft) ? null : draft;
  },
  async save(draft) {
    // A text of megabytes is not kept.
    if (draft && !draftSchema.safeParse(draft).success) return true;
    const reply = await request('view-state:set', { draft });
    if (reply.ok) forgetLegacyDraft();
    return reply.ok;
  },
});

/** Shows the draft of the last run, and keeps what is written from now on. */
export function startDraft({ viewState }: AppStart): void {
  const draft = viewState.draft ?? readLegacyDraft();
  if (draft) useDraft.setState(draft);
  if (viewState.draft) forgetLegacyDraft();
  draftSaver.start(viewState.draft && draftOf(viewState.draft));
  followSettings();
  useDraft.subscribe(draftSaver.changed);
  window.addEventListener('blur', () => void draftSaver.flush());
  window.addEventListener('beforeunload', () => void draftSaver.flush(true));
  document.addEventListener('visibilitychange', () => void draftSaver.flush());
}
