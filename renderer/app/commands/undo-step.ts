// What Ctrl+Z undoes besides typing: the newest step, where it was done.
import { t } from '../../../shared/languages/translate';
import { useChat } from '../../state/chat/chat-store';
import { showView, useView, type View } from '../../state/navigation';
import { leaveDialogs } from '../../ui/dialogs';
import { toast, undoNewest } from '../../ui/toasts';
import { newestUndoable, type Undoable, useUndoStack } from '../../ui/undo-stack';

type Place = { view: View; place: readonly string[]; conversationId: string };

const places = new WeakMap<Undoable, Place>();

useUndoStack.subscribe(({ undoables }) => {
  for (const undoable of undoables) if (!places.has(undoable)) places.set(undoable, placeNow());
});

function placeNow(): Place {
  const { view, place } = useView.getState();
  return { view, place, conversationId: useChat.getState().currentId };
}

/** Returns what Ctrl+Z would undo. */
export function newestStep(): Undoable | undefined {
  return newestUndoable(useUndoStack.getState().undoables, Date.now());
}

/** Undoes the newest step where the user can see it, or says that there is none. */
export async function undoStep(): Promise<void> {
  const step = newestStep();
  if (!step) return toast(t('app.nothing_to_undo'), { isOfView: true });
  const place = places.get(step);
  // What has to be finished first stays, and the notice says what was undone behind it.
  if (place && isElsewhere(place) && leaveDialogs()) await goTo(place);
  undoNewest();
}

function isElsewhere({ view, place, conversationId }: Place): boolean {
  const now = placeNow();
  if (view !== now.view || place.join('/') !== now.place.join('/')) return true;
  return view === 'chat' && conversationId !== now.conversationId;
}

async function goTo({ view, place, conversationId }: Place): Promise<void> {
  const { conversations, currentId, open } = useChat.getState();
  const isThere = conversations.some(({ id }) => id === conversationId);
  if (view === 'chat' && conversationId !== currentId && isThere) await open(conversationId);
  showView(view, ...place);
}
