// Tooltips that tell a shortcut.
import { type CommandId, commands } from '../../../shared/domain/commands';
import { shortcutText } from '../../ui/shortcut';

/** Returns a tooltip with the command's shortcut, such as "New chat (Ctrl+N)". */
export function withKeys(label: string, id: CommandId): string {
  const [keys] = commands[id].keys ?? [];
  return keys === undefined ? label : `${label} (${shortcutText(keys)})`;
}
