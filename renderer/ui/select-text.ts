// Ctrl+A selects what can be read together, and not the whole interface: the dialog on top, or the conversation.
import { useDialogs } from './dialogs';
import { matchesShortcut } from './shortcut';
import { isTyping } from './text-undo';

/** Watches the whole page. Fields, and places that select something else, go first. */
export function keepSelectionToText(): void {
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || isTyping(event.target) || !matchesShortcut(event, 'Mod+A')) return;
    event.preventDefault();
    const region = useDialogs.getState().dialogs.at(-1)?.element ?? document.querySelector('[role="log"]');
    if (region?.checkVisibility()) getSelection()?.selectAllChildren(region);
  });
}
