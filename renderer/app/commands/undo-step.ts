// Decides what Undo and Redo apply to: typing in the focused field, or a step of the app.
import { t } from '../../../shared/languages/translate';
import { useChat } from '../../state/chat/chat-store';
import { showView, useView, type View } from '../../state/navigation';
import { closeDialogs, hasUnfinishedDialog, useDialogs } from '../../ui/dialogs';
import { canRedoTyping, canUndoTyping, changeTyping, isTyping, typingSince } from '../../ui/text-undo';
import { redoNewest, type ToastAction, toast, undoNewest } from '../../ui/toasts';
import { type Redoable, type Undoable, useUndoStack } from '../../ui/undo-stack';

type Place = { view: View; place: readonly string[]; conversationId: string };

const places = new WeakMap<Undoable, Place>();

useUndoStack.subscribe(({ undoables }) => {
  for (const undoable of undoables) if (!places.has(undoable)) places.set(undoable, placeNow());
});

function placeNow(): Place {
  const { view, place } = useView.getState();
  return { view, place, conversationId: useChat.getState().currentId };
}

/** Returns the step that Ctrl+Z would undo. */
export function newestStep(): Undoable | undefined {
  return useUndoStack.getState().undoables.at(-1);
}

/** Returns the step that would be redone. */
export function newestRedo(): Redoable | undefined {
  return useUndoStack.getState().redoables.at(-1);
}

/** Returns whether the browser undoes or redoes typing in the focused field, so that the app does nothing. */
export function isLeftToField(command: 'undo' | 'redo', target: EventTarget | null): boolean {
  const step = command === 'undo' ? newestStep() : newestRedo();
  return isOfTyping(command) || (isTyping(target) && !step);
}

function isOfTyping(command: 'undo' | 'redo'): boolean {
  return command === 'undo' ? canUndoTyping(newestStep()?.at) : canRedoTyping(newestRedo()?.at);
}

/** Undoes the newest typing or step, or shows a notice that there is none. */
export function undo(): void {
  if (isOfTyping('undo')) changeTyping('undo');
  else void undoStep();
}

/** Redoes the last undone typing or step, or shows a notice that there is none. */
export function redo(): void {
  const step = newestRedo();
  if (isOfTyping('redo')) changeTyping('redo');
  else if (step) void undoOrRedoAt(step.undoable, redoNewest);
  else toast(t('app.nothing_to_redo'), { ofView: 'current' });
}

async function undoStep(): Promise<void> {
  const step = newestStep();
  if (!step) return toast(t('app.nothing_to_undo'), { ofView: 'current' });
  // A user who undoes typing until nothing is left does not expect an earlier step to be undone.
  const since = typingSince();
  if (since !== undefined && step.at < since)
    return toast(t('app.nothing_to_undo_here'), { ofView: 'current' });
  await undoOrRedoAt(step, undoNewest);
}

/**
 * Goes to the place of a step. If something is open over the view, it stays, and so does the view. The notice then reports
 * the change and has a button that goes there.
 */
async function undoOrRedoAt(step: Undoable, run: (second?: ToastAction) => boolean): Promise<void> {
  const place = places.get(step);
  if (!place || !isElsewhere(place)) return void run();
  if (useDialogs.getState().dialogs.length === 0) {
    await goTo(place);
    run();
  } else if (hasUnfinishedDialog()) run();
  else run({ label: t('trash.show'), run: () => closeDialogs() && void goTo(place) });
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
