// Keyboard shortcuts as text, such as "Mod+Shift+C": matching them with key presses, and showing them.

/** Modifiers and one key, joined by "+". `Mod` is Command on a Mac and Ctrl elsewhere; a letter is upper case. */
export type Shortcut = string;

export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

export const isMac = /Mac/.test(globalThis.navigator?.userAgent ?? '');

/**
 * Returns whether a key press is a shortcut. A letter counts by what it types, and on a layout without Latin letters by
 * its position.
 */
export function matchesShortcut(press: KeyPress, shortcut: Shortcut, mac = isMac): boolean {
  const parts = shortcut.split('+');
  const key = parts.at(-1) ?? '';
  const needsMod = parts.includes('Mod');
  const [mod, other] = mac ? [press.metaKey, press.ctrlKey] : [press.ctrlKey, press.metaKey];
  if (mod !== needsMod || other || press.altKey || press.shiftKey !== parts.includes('Shift')) return false;
  // A Mac's keyboard has one key for deleting, which types Backspace.
  if (key === 'Delete') return press.key === 'Delete' || (mac && press.key === 'Backspace');
  if (!/^[A-Z]$/.test(key)) return press.key === key;
  const typed = press.key.toUpperCase();
  return /^[A-Z]$/.test(typed) ? typed === key : press.code === `Key${key}`;
}

const macSymbols: Readonly<Record<string, string>> = { Mod: '⌘', Shift: '⇧', Delete: '⌫', Enter: '↩' };

/** Returns a shortcut as the system writes it: "Ctrl+Shift+C", or "⇧⌘C" on a Mac. */
export function shortcutText(shortcut: Shortcut, mac = isMac): string {
  const parts = shortcut.split('+');
  if (!mac) return parts.map((part) => (part === 'Mod' ? 'Ctrl' : part)).join('+');
  const order = ['Shift', 'Mod'];
  const sorted = parts.toSorted((a, b) => rank(a, order) - rank(b, order));
  return sorted.map((part) => macSymbols[part] ?? part).join('');
}

/** Returns the value of `aria-keyshortcuts`. */
export function ariaShortcut(shortcut: Shortcut, mac = isMac): string {
  return shortcut.replace('Mod', mac ? 'Meta' : 'Control');
}

/** Modifiers come first, in the given order. */
function rank(part: string, order: readonly string[]): number {
  const at = order.indexOf(part);
  return at < 0 ? order.length : at;
}
