// Runs the commands whose shortcuts are pressed, wherever the focus is.
import { useEffect } from 'react';
import { type CommandId, commandIds, keysOf, worksWhileTyping } from '../../shared/domain/commands';
import { closePalette } from '../state/palette-store';
import { isMac, type KeyPress, matchesShortcut } from '../ui/shortcut';
import { isTyping, watchTyping } from '../ui/text-undo';
import { runCommand } from './commands/command-list';
import { isLeftToField } from './commands/undo-step';

export function useShortcuts(): void {
  useEffect(() => {
    const stopWatching = watchTyping();
    window.addEventListener('keydown', onKeyDown);
    return () => {
      stopWatching();
      window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const id = commandOf(event, isTyping(event.target));
  if (id === undefined) return;
  // A field has its own undo.
  if ((id === 'undo' || id === 'redo') && isLeftToField(id, event.target)) return;
  event.preventDefault();
  // A held key would open and close the sidebar many times a second.
  if (event.repeat) return;
  // The palette's own shortcut, pressed again, closes it.
  if (closePalette() && id === 'palette') return;
  runCommand(id);
}

/** @param isTyping whether keys without Control or Command go to a text field. */
function commandOf(press: KeyPress, isTyping: boolean): CommandId | undefined {
  return commandIds.find((id) =>
    keysOf(id, isMac).some((keys) => matchesShortcut(press, keys) && (!isTyping || worksWhileTyping(keys))),
  );
}
