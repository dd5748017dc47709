// The commands of the app: their shortcuts and names, which the page, the native menu and the list of shortcuts share.
import { isMessageId } from '../languages/en';
import { t } from '../languages/translate';

/**
 * A key with its modifiers, such as "Mod+Shift+K" or "Alt+ArrowLeft". `Mod` is Command on macOS and Control elsewhere.
 * The key is a Latin capital letter, a digit, a punctuation mark, or a name of `KeyboardEvent.key`.
 */
export type Shortcut = string;

export type CommandKeys = {
  /** The first one is shown. */
  keys?: readonly Shortcut[];
  /** The shortcuts on macOS, if they differ. */
  macKeys?: readonly Shortcut[];
};

const known = {
  palette: { keys: ['Mod+K'] },
  undo: { keys: ['Mod+Z'] },
  redo: { keys: ['Mod+Shift+Z', 'Mod+Y'] },
  // On macOS, Option with an arrow moves the caret by words.
  back: { keys: ['Alt+ArrowLeft'], macKeys: ['Mod+['] },
  forward: { keys: ['Alt+ArrowRight'], macKeys: ['Mod+]'] },
  'new-chat': { keys: ['Mod+N'] },
  'new-window': { keys: ['Mod+Shift+N'] },
  'chat-window': {},
  'gallery-window': {},
  'search-chats': {},
  'search-pictures': {},
  'rename-chat': {},
  'pin-chat': {},
  'unpin-chat': {},
  'delete-chat': {},
  import: { keys: ['Mod+O'] },
  'import-folder': {},
  'improve-prompt': { keys: ['Mod+I'] },
  'choose-model': { keys: ['Mod+M'] },
  'choose-styles': {},
  'new-style': {},
  'manage-styles': {},
  'connect-model': {},
  'use-this-computer': {},
  'toggle-sidebar': { keys: ['Mod+B'] },
  'theme-light': {},
  'theme-dark': {},
  'theme-system': {},
  shortcuts: { keys: ['Mod+/', '?'] },
  about: {},
  chat: { keys: ['Mod+1'] },
  gallery: { keys: ['Mod+2'] },
  settings: { keys: ['Mod+,', 'Mod+3'] },
  diagnostics: { keys: ['Mod+4'] },
  trash: { keys: ['Mod+5'] },
} as const satisfies Record<string, CommandKeys>;

export type CommandId = keyof typeof known;

const commands: Readonly<Record<CommandId, CommandKeys>> = known;

/** Returns the shortcuts of a command, the shown one first; empty if it has none. */
export function keysOf(id: CommandId, isMac: boolean): readonly Shortcut[] {
  const { keys = [], macKeys = keys } = commands[id];
  return isMac ? macKeys : keys;
}

/** Returns whether a shortcut also works in a text field, where other keys type characters. */
export function worksWhileTyping(keys: Shortcut): boolean {
  return /^(Mod|Alt)\+/.test(keys);
}

/** Returns the command's name in the language of the interface. */
export function commandName(id: CommandId): string {
  return t(`app.command.${id}`);
}

/** Returns other words that find the command; empty if there are none. */
export function commandKeywords(id: CommandId): string {
  const words = `app.command_keywords.${id}`;
  return isMessageId(words) ? t(words) : '';
}

/** The keys are the ids in their order. */
export const commandIds = Object.keys(known) as readonly CommandId[];

/**
 * Returns a shortcut in Electron's notation: https://www.electronjs.org/docs/latest/api/accelerator. Undefined for a key
 * without a modifier, which the menu must not take from a text field.
 */
export function acceleratorOf(id: CommandId, isMac: boolean): string | undefined {
  const [shown] = keysOf(id, isMac);
  return shown !== undefined && worksWhileTyping(shown)
    ? shown.replace('Mod', 'CommandOrControl').replace('Arrow', '')
    : undefined;
}
