// The commands of the app: their names and shortcuts, which the page, the native menu and the list of shortcuts share.

/**
 * A key with its modifiers, such as "Mod+Shift+K". `Mod` is Command on macOS and Control elsewhere. The key is a Latin
 * capital letter, a digit, a punctuation mark, or a name of `KeyboardEvent.key`.
 */
export type Shortcut = string;

export type CommandText = {
  name: string;
  /** The first one is shown. */
  keys?: readonly Shortcut[];
  /** Other words that find the command. */
  keywords?: string;
};

const texts = {
  palette: { name: 'Commands…', keys: ['Mod+K'] },
  undo: { name: 'Undo', keys: ['Mod+Z'] },
  'new-chat': { name: 'New chat', keys: ['Mod+N'], keywords: 'conversation' },
  'search-chats': { name: 'Search chats', keywords: 'find conversation' },
  'search-pictures': { name: 'Search pictures', keywords: 'find gallery' },
  'rename-chat': { name: 'Rename this chat', keywords: 'title conversation' },
  'pin-chat': { name: 'Pin this chat', keywords: 'conversation' },
  'unpin-chat': { name: 'Unpin this chat', keywords: 'conversation' },
  'delete-chat': { name: 'Delete this chat', keywords: 'remove conversation trash' },
  import: { name: 'Import pictures…', keys: ['Mod+O'], keywords: 'open add files' },
  'import-folder': { name: 'Import a folder…', keywords: 'open add pictures' },
  'choose-model': { name: 'Choose a model…', keys: ['Mod+M'], keywords: 'service provider composer' },
  'connect-model': { name: 'Connect a model', keywords: 'key service provider add' },
  'use-this-computer': {
    name: 'Use this computer',
    keywords: 'engine local offline private free download model stable diffusion',
  },
  'toggle-sidebar': { name: 'Show or hide the sidebar', keys: ['Mod+B'] },
  'theme-light': { name: 'Use the light theme', keywords: 'appearance colour bright' },
  'theme-dark': { name: 'Use the dark theme', keywords: 'appearance colour night' },
  'theme-system': { name: 'Use the theme of the system', keywords: 'appearance colour automatic' },
  shortcuts: { name: 'Keyboard shortcuts', keys: ['?', 'Mod+/'], keywords: 'keys help' },
  about: { name: 'About Afterimage', keywords: 'version licence help' },
  chat: { name: 'Chat', keys: ['Mod+1'], keywords: 'conversation view' },
  gallery: { name: 'Gallery', keys: ['Mod+2'], keywords: 'pictures view' },
  settings: { name: 'Settings', keys: ['Mod+,', 'Mod+3'], keywords: 'preferences options view' },
  diagnostics: { name: 'Diagnostics', keys: ['Mod+4'], keywords: 'help log view' },
  trash: { name: 'Trash', keys: ['Mod+5'], keywords: 'deleted bin view' },
} as const satisfies Record<string, CommandText>;

export type CommandId = keyof typeof texts;

export const commands: Readonly<Record<CommandId, CommandText>> = texts;

/** The keys are the ids in their order. */
export const commandIds = Object.keys(texts) as readonly CommandId[];

/**
 * Returns a shortcut in Electron's notation: https://www.electronjs.org/docs/latest/api/accelerator. Undefined for a key
 * without a modifier, which the menu must not take from a text field.
 */
export function acceleratorOf(id: CommandId): string | undefined {
  const shown = commands[id].keys?.[0];
  return shown?.startsWith('Mod+') ? shown.replace('Mod', 'CommandOrControl') : undefined;
}
