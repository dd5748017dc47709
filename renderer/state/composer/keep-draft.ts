// Keeps the draft of each conversation in the main process, from one start of the app to the next.
import type { AppStart } from '../../../shared/contract/app';
import { type Draft, draftSchema, isBlankDraft } from '../../../shared/domain/draft';
import { request } from '../../ipc';
import { useChat } from '../chat/chat-store';
import { followSettings } from './choose-model';
import { draftIn, draftOf, useDraft } from './draft-store';
import { forgetLegacyDraft, readLegacyDraft } from './legacy-draft';
import { createDraftSaver, type DraftSaver, flushOnLeave } from './save-draft';

const savers = new Map<string, DraftSaver>();

/** Returns the saver for the draft of a conversation. */
export function draftSaverOf(conversationId: string): DraftSaver {
  const known = savers.get(conversationId);
  if (known) return known;
  const saver = createDraftSaver({
    read() {
      const draft = draftIn(useDraft.getState(), conversationId);
      return draft && !isBlankDraft(draft) ? draft : null;
    },
    async save(draft) {
      // A text of megabytes is not kept.
      if (draft && !draftSchema.safeParse(draft).success) return true;
      const reply = await request('drafts:set', { conversationId, draft });
      if (reply.ok) forgetLegacyDraft();
      return reply.ok;
    },
  });
  savers.set(conversationId, saver);
  return saver;
}

/**
 * Restores the drafts of the last run, and saves changes from now on. The composer follows the open conversation
 * synchronously, so that no key press goes to another conversation's draft.
 */
export function startDraft({ drafts }: AppStart): void {
  const { currentId } = useChat.getState();
  const isFirst = Object.keys(drafts).length === 0;
  const legacy = isFirst ? readLegacyDraft() : null;
  if (!isFirst) forgetLegacyDraft();
  useDraft.getState().start(legacy ? { [currentId]: legacy } : drafts, currentId);
  followSettings();
  for (const [id, draft] of Object.entries(drafts)) draftSaverOf(id).start(draft);
  if (!drafts[currentId]) draftSaverOf(currentId).start(null);

  useDraft.subscribe((state, before) => {
    draftSaverOf(state.conversationId).changed();
    if (state.others === before.others) return;
    for (const id of Object.keys(state.others)) {
      if (state.others[id] !== before.others[id]) draftSaverOf(id).changed();
    }
  });
  useChat.subscribe(({ currentId: opened }, before) => {
    if (opened === before.currentId) return;
    useDraft.getState().show(opened);
    void draftSaverOf(before.currentId).flush();
  });
  flushOnLeave((isLast) => {
    for (const saver of savers.values()) void saver.flush(isLast);
  });
}

/** Applies a draft from another window. @param received null: it was sent or cleared. */
export function receiveDraft(conversationId: string, received: Draft | null): void {
  // Normalises the order of the fields, so that the saver's comparison finds the drafts equal.
  const draft = received && draftOf(received);
  draftSaverOf(conversationId).received(draft);
  useDraft.getState().receive(conversationId, draft);
}
