// Tracks whether the focused text field has typing to undo or redo, and should therefore handle the keys.
import { useUndoStack } from './undo-stack';

/** The user's typing in a field. All times are on the clock of `performance.now()`. */
type Typing = {
  /** The text of the field after the last input. */
  text: string;
  /** When typing began. The field does not undo anything earlier. */
  since: number;
  /** When its last part was typed. */
  at: number;
  /** When its last part was undone; null if none was. */
  undoneAt: number | null;
};

const typed = new WeakMap<EventTarget, Typing>();

type Field = HTMLInputElement | HTMLTextAreaElement;

function isField(target: EventTarget | null): target is Field {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && isTyping(target));
}

/** Watches what is typed. @returns a function that stops it. */
export function watchTyping(): () => void {
  const onBeforeInput = ({ target }: Event) => {
    // Text that the app has set since is not typing, so typing begins again.
    if (isField(target) && typed.get(target)?.text !== target.value) typed.delete(target);
  };
  const onInput = (event: Event) => {
    const { target } = event;
    if (!isField(target)) return;
    const { value: text } = target;
    const last = typed.get(target);
    const kind = event instanceof InputEvent ? event.inputType : '';
    // Undoing part of the typing keeps the time of its last part.
    if (last && kind === 'historyUndo') typed.set(target, { ...last, text, undoneAt: performance.now() });
    else if (last && kind === 'historyRedo') typed.set(target, { ...last, text });
    else typed.set(target, { text, ...typedNow(last) });
  };
  window.addEventListener('beforeinput', onBeforeInput, { capture: true });
  window.addEventListener('input', onInput, { capture: true });
  return () => {
    window.removeEventListener('beforeinput', onBeforeInput, { capture: true });
    window.removeEventListener('input', onInput, { capture: true });
  };
}

function typedNow(last: Typing | undefined): Omit<Typing, 'text'> {
  const at = performance.now();
  const newestStep = useUndoStack.getState().undoables.at(-1);
  const goesOn = last && !(newestStep && newestStep.at > last.at);
  return { since: goesOn ? last.since : at, at, undoneAt: null };
}

/** Returns when the user began to type into the focused field; undefined if nothing was typed into one. */
export function typingSince(): number | undefined {
  const { activeElement } = document;
  return activeElement ? typed.get(activeElement)?.since : undefined;
}

/**
 * Returns whether the browser can undo typing in the focused field. A field that the app has emptied or filled since,
 * such as the composer after sending, has nothing to undo, although the browser would restore the previous text.
 *
 * @param since only what was typed after that counts, on the clock of `performance.now()`.
 */
export function canUndoTyping(since = Number.NEGATIVE_INFINITY): boolean {
  const last = lastTyping();
  return last !== undefined && last.at > since && document.queryCommandEnabled('undo');
}

/** Returns whether the browser can redo typing in the focused field. @param since only what was undone after that counts. */
export function canRedoTyping(since = Number.NEGATIVE_INFINITY): boolean {
  const undoneAt = lastTyping()?.undoneAt ?? null;
  return undoneAt !== null && undoneAt > since && document.queryCommandEnabled('redo');
}

function lastTyping(): Typing | undefined {
  const { activeElement } = document;
  if (!isField(activeElement)) return undefined;
  const last = typed.get(activeElement);
  return last?.text === activeElement.value ? last : undefined;
}

/** Undoes or redoes typing in the focused field, for the native menu. */
export function changeTyping(command: 'undo' | 'redo'): void {
  // Deprecated, but without a successor: https://developer.mozilla.org/docs/Web/API/Document/execCommand
  document.execCommand(command);
}

/** Returns whether keys without modifiers type text where the focus is. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) {
    return !['checkbox', 'radio', 'range', 'button', 'submit', 'file', 'color'].includes(target.type);
  }
  return target.isContentEditable || target.matches('textarea, select');
}
