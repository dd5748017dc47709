// The mouse buttons for Back and Forward.
import { useEffect } from 'react';
import { runCommand } from './commands/command-list';

/** https://www.w3.org/TR/uievents/#dom-mouseevent-button */
const commandOfButton: Readonly<Record<number, 'back' | 'forward'>> = { 3: 'back', 4: 'forward' };

/** On Windows, these buttons and some keyboards' keys go to the native window: main/desktop/start-desktop.ts. */
const isOfWindow = navigator.userAgent.includes('Windows');

export function useMouseButtons(): void {
  useEffect(() => {
    window.addEventListener('mouseup', onMouseUp);
    return () => window.removeEventListener('mouseup', onMouseUp);
  }, []);
}

function onMouseUp(event: MouseEvent): void {
  const command = commandOfButton[event.button];
  if (!command) return;
  // Chromium would go through its own history, which does not contain the open chats.
  event.preventDefault();
  if (!isOfWindow) runCommand(command);
}
