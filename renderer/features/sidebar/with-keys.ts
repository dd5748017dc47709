// Adds shortcuts to tooltips.
import { type CommandId, keysOf } from '../../../shared/domain/commands';
import { isMac, shortcutText } from '../../ui/shortcut';

/** Returns a tooltip with the command's shortcut, such as "New chat (Ctrl+N)". */
export function withKeys(label: string, id: CommandId): string {
  const [keys] = keysOf(id, isMac);
  return keys === undefined ? label : `${label} (${shortcutText(keys)})`;
}
