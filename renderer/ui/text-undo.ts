// Whether the focused text field has typed text of its own to undo, so that Ctrl+Z belongs to it.

/** What the user's last input left in each field, and when (UTC milliseconds). */
const typed = new WeakMap<EventTarget, { text: string; at: number }>();

type Field = HTMLInputElement | HTMLTextAreaElement;

function isField(target: EventTarget | null): target is Field {
  return target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
}

/** Watches what is typed. @returns a function that stops it. */
export function watchTyping(): () => void {
  const onInput = (event: Event) => {
    const { target } = event;
    if (!isField(target)) return;
    // What is undone step by step was all typed when its last part was.
    const isUndone = event instanceof InputEvent && event.inputType === 'historyUndo';
    const at = (isUndone ? typed.get(target)?.at : undefined) ?? Date.now();
    typed.set(target, { text: target.value, at });
  };
  window.addEventListener('input', onInput, { capture: true });
  return () => window.removeEventListener('input', onInput, { capture: true });
}

/**
 * Returns whether the browser can undo typing in the focused field. A field that the app has emptied or filled since,
 * such as the composer after sending, holds nothing of the user's to undo, although the browser would bring it back.
 *
 * @param since only what was typed after that counts, in UTC milliseconds.
 */
export function canUndoTyping(since = Number.NEGATIVE_INFINITY): boolean {
  const { activeElement } = document;
  if (!isField(activeElement)) return false;
  const last = typed.get(activeElement);
  return (
    last !== undefined &&
    last.at > since &&
    last.text === activeElement.value &&
    document.queryCommandEnabled('undo')
  );
}

/** Undoes the last typing in the focused field, for the native menu. */
export function undoTyping(): void {
  // Deprecated, but without a successor: https://developer.mozilla.org/docs/Web/API/Document/execCommand
  document.execCommand('undo');
}

/** Returns whether keys without modifiers type text where the focus is. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) {
    return !['checkbox', 'radio', 'range', 'button', 'submit', 'file', 'color'].includes(target.type);
  }
  return target.isContentEditable || target.matches('textarea, select');
}
