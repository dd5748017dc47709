// Limits Ctrl+A to the text of the topmost dialog or of the conversation, instead of the whole interface.
import { useDialogs } from './dialogs';
import { matchesShortcut } from './shortcut';
import { isTyping } from './text-undo';

/** Watches the whole page. Fields, and areas with their own Ctrl+A, take precedence. */
export function keepSelectionToText(): void {
  window.addEventListener('keydown', (event) => {
    if (event.defaultPrevented || isTyping(event.target) || !matchesShortcut(event, 'Mod+A')) return;
    event.preventDefault();
    const region = useDialogs.getState().dialogs.at(-1)?.element ?? document.querySelector('[role="log"]');
    if (region?.checkVisibility()) getSelection()?.selectAllChildren(region);
  });
}
