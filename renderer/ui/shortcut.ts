// Recognises shortcuts on any keyboard layout, by the letter where the layout has Latin ones and by the position elsewhere.
import type { Shortcut } from '../../shared/domain/commands';
import type { MessageId } from '../../shared/languages/en';
import { t } from '../../shared/languages/translate';

export type { Shortcut };

/** The relevant parts of a KeyboardEvent. https://www.w3.org/TR/uievents-code/ names the positions. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'> &
  Partial<Pick<KeyboardEvent, 'getModifierState'>>;

type Candidate = { key: string; isPosition: boolean };

export const isMac = /Mac/.test(globalThis.navigator?.userAgent ?? '');

const punctuation: Readonly<Record<string, string>> = {
  Minus: '-',
  Equal: '=',
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Semicolon: ';',
  Quote: "'",
  Backquote: '`',
  Comma: ',',
  Period: '.',
  Slash: '/',
};

/** Positions of letters where the Hebrew and Greek layouts, but no Latin layout, have a punctuation mark. */
const marksOnLetters: Readonly<Record<string, string>> = { 'KeyQ /': 'q', "KeyW '": 'w', 'KeyQ ;': 'q' };

/**
 * Returns the possible meanings of a key press, best first: the label of the key, then that of the same key on a US keyboard.
 *
 * A Latin letter means itself, so AZERTY and Dvorak keep their own letters. A letter of another script means the Latin
 * letter at its position. Digits and punctuation mean themselves; the digits' keys also mean their digit, which AZERTY
 * types with Shift only.
 */
function candidatesOf({ key, code }: Pick<KeyPress, 'key' | 'code'>): Candidate[] {
  const own = key.normalize('NFKC');
  const position = positionOf(code);
  const atPosition = (isTaken: (place: string) => boolean): Candidate[] =>
    position !== undefined && position !== own && isTaken(position)
      ? [{ key: position, isPosition: true }]
      : [];
  if (own === 'Dead') return atPosition((place) => !isLetter(place));
  if ([...own].length !== 1) return [{ key, isPosition: false }];
  if (isLetter(own)) return [{ key: own.toLowerCase(), isPosition: false }];
  if (/^(?!\p{Script=Latin})[\p{L}\p{M}]$/u.test(own)) return atPosition(() => true);
  const itself = { key: own, isPosition: false };
  // Digits of other scripts, such as Arabic, are on the same keys as Latin digits.
  const onLetter = marksOnLetters[`${code} ${own}`];
  if (onLetter !== undefined) return [itself, { key: onLetter, isPosition: true }];
  // An accented letter replaces a punctuation mark, not a letter, which its layout has elsewhere.
  const isAccented = /^\p{L}$/u.test(own);
  return [itself, ...atPosition((place) => /^\d$/.test(place) || (isAccented && !isLetter(place)))];
}

/** Returns the best meaning of a key press: a lower-case Latin letter, a digit, a mark or a name such as "Delete". */
export function keyOf(press: Pick<KeyPress, 'key' | 'code'>): string {
  return candidatesOf(press)[0]?.key ?? press.key;
}

/** Returns whether a press has a modifier that turns a letter or an arrow into a command. */
export function hasModifier({
  ctrlKey,
  metaKey,
  altKey,
}: Pick<KeyPress, 'ctrlKey' | 'metaKey' | 'altKey'>): boolean {
  return ctrlKey || metaKey || altKey;
}

/** @param isMacKeyboard whether `Mod` is the Command key. */
export function matchesShortcut(
  press: KeyPress,
  shortcut: Shortcut,
  isMacKeyboard: boolean = isMac,
): boolean {
  const parts = partsOf(shortcut);
  const wanted = parts.pop()?.toLowerCase();
  const [needsMod, needsAlt] = [parts.includes('Mod'), parts.includes('Alt')];
  // On Windows, AltGr is reported as Control and Alt, but types a character.
  const isTyped = press.getModifierState?.('AltGraph') ?? false;
  const isMod = isMacKeyboard ? press.metaKey && !press.ctrlKey : press.ctrlKey && !press.metaKey;
  const isHeld = press.altKey === needsAlt && (needsMod ? isMod : !press.ctrlKey && !press.metaKey);
  if (isTyped ? needsMod || needsAlt : !isHeld) return false;
  return candidatesOf(press).some(({ key, isPosition }) => {
    // A Mac keyboard has a single delete key, which types Backspace.
    const isWanted =
      key.toLowerCase() === wanted || (isMacKeyboard && wanted === 'delete' && key === 'Backspace');
    if (!isWanted) return false;
    // Which digits and marks are typed with Shift depends on the layout.
    const ignoresShift = !isPosition && key.length === 1 && !isLetter(key);
    return ignoresShift || press.shiftKey === parts.includes('Shift');
  });
}

const macSymbols: Readonly<Record<string, string>> = {
  Mod: '⌘',
  Shift: '⇧',
  Alt: '⌥',
  Delete: '⌫',
  Enter: '↩',
};
const keySymbols: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};
/** Keys with a word on them, which differs by language. */
const keyWords: Readonly<Record<string, MessageId>> = {
  Mod: 'ui.key_ctrl',
  Shift: 'ui.key_shift',
  Enter: 'ui.key_enter',
  Delete: 'ui.key_delete',
  Home: 'ui.key_home',
  End: 'ui.key_end',
  ' ': 'ui.key_space',
};

/** Returns the labels of a shortcut's keys, such as "Ctrl" and "K", in the system's order. */
export function keyLabels(shortcut: Shortcut, isMacKeyboard: boolean = isMac): string[] {
  const symbols = isMacKeyboard ? { ...keySymbols, ...macSymbols } : keySymbols;
  const labelOf = (part: string) => {
    const word = keyWords[part];
    return symbols[part] ?? (word ? t(word) : part);
  };
  const parts = partsOf(shortcut);
  const ordered = isMacKeyboard ? parts.toSorted((one, other) => macOrder(one) - macOrder(other)) : parts;
  return ordered.map(labelOf);
}

/** Returns the shortcut as one text, such as "Ctrl+K" or "⌘K". */
export function shortcutText(shortcut: Shortcut, isMacKeyboard: boolean = isMac): string {
  return keyLabels(shortcut, isMacKeyboard).join(isMacKeyboard ? '' : '+');
}

/** Returns the value of `aria-keyshortcuts`. */
export function ariaShortcut(shortcut: Shortcut, isMacKeyboard: boolean = isMac): string {
  return shortcut.replace('Mod', isMacKeyboard ? 'Meta' : 'Control');
}

/** The key itself may be "+". */
function partsOf(shortcut: Shortcut): string[] {
  return shortcut.endsWith('+')
    ? [...shortcut.slice(0, -1).split('+').filter(Boolean), '+']
    : shortcut.split('+');
}

/** macOS writes Option before Shift, and Shift before Command. */
function macOrder(part: string): number {
  return { Alt: 0, Shift: 1, Mod: 2 }[part] ?? 3;
}

/** Returns the lower-case letter, digit or mark at a position of a US keyboard. */
function positionOf(code: string): string | undefined {
  const [, letter, digit] = /^(?:Key([A-Z])|Digit(\d))$/.exec(code) ?? [];
  return letter?.toLowerCase() ?? digit ?? punctuation[code];
}

function isLetter(key: string): boolean {
  return /^[a-z]$/i.test(key);
}
