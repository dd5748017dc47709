// Recognises the clicks that open something in a new window, as browsers do.
import { isMac } from './shortcut';

/** The middle button, or the main one with Command on macOS and Control elsewhere. */
export function opensNewWindow({
  button,
  ctrlKey,
  metaKey,
}: Pick<MouseEvent, 'button' | 'ctrlKey' | 'metaKey'>): boolean {
  return button === 1 || (button === 0 && (isMac ? metaKey : ctrlKey));
}
