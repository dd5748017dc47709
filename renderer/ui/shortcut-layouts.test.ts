import { describe, expect, test } from 'vitest';
import { type KeyPress, keyOf, matchesShortcut, shortcutText } from './shortcut';

/** A key press as Chromium reports it: the typed character, the key's position, and the modifiers. */
function press(key: string, code: string, modifiers = ''): KeyPress {
  return {
    key,
    code,
    ctrlKey: /ctrl|altgr-windows/.test(modifiers),
    altKey: /alt\b|altgr-windows/.test(modifiers),
    metaKey: modifiers.includes('meta'),
    shiftKey: modifiers.includes('shift'),
    getModifierState: (name) => name === 'AltGraph' && modifiers.includes('altgr'),
  };
}

const letters = ['n', 'k', 'b', 'z', 'm', 'f', 'a', 'q', 'w'];
const positions = letters.map((letter) => `Key${letter.toUpperCase()}`);

/** The characters that each layout types at the positions of these letters on a US keyboard. */
const foreign = {
  Russian: ['т', 'л', 'и', 'я', 'ь', 'а', 'ф', 'й', 'ц'],
  Ukrainian: ['т', 'л', 'и', 'я', 'ь', 'а', 'ф', 'й', 'ц'],
  Greek: ['ν', 'κ', 'β', 'ζ', 'μ', 'φ', 'α', ';', 'ς'],
  Hebrew: ['מ', 'ל', 'נ', 'ז', 'צ', 'כ', 'ש', '/', "'"],
  Arabic: ['ى', 'ن', 'لا'.slice(0, 1), 'ئ', 'ة', 'ب', 'ش', 'ض', 'ص'],
  Thai: ['ื', 'า', 'ิ', 'ผ', 'ท', 'ด', 'ฟ', 'ๆ', 'ไ'],
  Devanagari: ['ल', 'क', 'व', 'ॆ', 'स', 'ि', 'ो', 'ौ', 'ै'],
  Korean: ['ㅜ', 'ㅏ', 'ㅠ', 'ㅋ', 'ㅡ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅈ'],
  Kana: ['み', 'の', 'こ', 'つ', 'も', 'は', 'ち', 'た', 'て'],
  Georgian: ['ნ', 'კ', 'ბ', 'ზ', 'მ', 'ფ', 'ა', 'ქ', 'წ'],
};

describe.each(Object.entries(foreign))('%s', (_layout, typed) => {
  test.each(letters.map((letter, at) => [letter, typed[at] ?? '', positions[at] ?? '']))(
    'Ctrl+%s is the key of that letter, which types %s',
    (letter, key, code) => {
      const shortcut = `Mod+${letter.toUpperCase()}`;
      expect(matchesShortcut(press(key, code, 'ctrl'), shortcut, false)).toBe(true);
      expect(matchesShortcut(press(key.toUpperCase(), code, 'ctrl'), shortcut, false)).toBe(true);
      expect(matchesShortcut(press(key, code, 'meta'), shortcut, true)).toBe(true);
      expect(matchesShortcut(press(key, 'KeyP', 'ctrl'), shortcut, false)).toBe(false);
    },
  );
});

test.each([
  ['AZERTY', 'a', 'KeyQ', 'A', 'Q'],
  ['AZERTY', 'z', 'KeyW', 'Z', 'W'],
  ['AZERTY', 'm', 'Semicolon', 'M', ';'],
  ['QWERTZ', 'z', 'KeyY', 'Z', 'Y'],
  ['Dvorak', 'n', 'KeyL', 'N', 'L'],
  ['Dvorak', 'k', 'KeyV', 'K', 'V'],
  ['Dvorak', 'b', 'KeyN', 'B', 'N'],
  ['Colemak', 'k', 'KeyN', 'K', 'N'],
  ['Turkish', 'i', 'Quote', 'I', "'"],
])('%s: the key that types %s at %s is that letter and nothing else', (_layout, key, code, own, place) => {
  expect(matchesShortcut(press(key, code, 'ctrl'), `Mod+${own}`, false)).toBe(true);
  expect(matchesShortcut(press(key, code, 'ctrl'), `Mod+${place}`, false)).toBe(false);
});

test.each([
  ['Dvorak', ';', 'KeyZ', 'Z'],
  ['Dvorak', "'", 'KeyQ', 'Q'],
  ['Dvorak', ',', 'KeyW', 'W'],
  ['Dvorak', '.', 'KeyE', 'E'],
  ['Colemak', ';', 'KeyP', 'P'],
  ['AZERTY', ',', 'KeyM', 'M'],
  ['Bépo', 'é', 'KeyW', 'W'],
  ['Turkish', 'ı', 'KeyI', 'I'],
])(
  '%s: %s at %s is not a letter, because the layout has that letter elsewhere',
  (_layout, key, code, letter) => {
    expect(matchesShortcut(press(key, code, 'ctrl'), `Mod+${letter}`, false)).toBe(false);
  },
);

test.each([
  ['US', '2', 'Digit2', 'ctrl'],
  ['AZERTY without Shift', 'é', 'Digit2', 'ctrl'],
  ['AZERTY with Shift', '2', 'Digit2', 'ctrl shift'],
  ['Czech', 'ě', 'Digit2', 'ctrl'],
  ['Vietnamese', 'â', 'Digit2', 'ctrl'],
  ['Arabic', '٢', 'Digit2', 'ctrl'],
  ['Thai', '/', 'Digit2', 'ctrl'],
  ['the number pad', '2', 'Numpad2', 'ctrl'],
  ['full-width input', '２', 'Digit2', 'ctrl'],
])('%s: Ctrl+2', (_layout, key, code, modifiers) => {
  expect(matchesShortcut(press(key, code, modifiers), 'Mod+2', false)).toBe(true);
  expect(matchesShortcut(press(key, code, modifiers), 'Mod+3', false)).toBe(false);
});

test.each([
  ['US', '?', 'Slash', 'shift'],
  ['German', '?', 'Minus', 'shift'],
  ['AZERTY', '?', 'KeyM', 'shift'],
  ['Russian', '?', 'Digit7', 'shift'],
  ['Italian', '?', 'Minus', 'shift'],
])('%s: the question mark is where the layout has it', (_layout, key, code, modifiers) => {
  expect(matchesShortcut(press(key, code, modifiers), '?', false)).toBe(true);
  expect(matchesShortcut(press(key, code, modifiers), '/', false)).toBe(false);
});

test.each([
  ['US', '/', 'Slash', ''],
  ['German', '/', 'Digit7', 'shift'],
  ['Russian', '/', 'Backslash', 'shift'],
  ['Arabic', 'ظ', 'Slash', ''],
  ['Windows with AltGr', '/', 'KeyQ', 'altgr-windows'],
])('%s: the slash', (_layout, key, code, modifiers) => {
  expect(matchesShortcut(press(key, code, modifiers), '/', false)).toBe(true);
});

test.each([
  ['German ü', 'ü', 'BracketLeft', '['],
  ['Swedish å', 'å', 'BracketLeft', '['],
  ['Russian х', 'х', 'BracketLeft', '['],
  ['a dead key', 'Dead', 'BracketLeft', '['],
  ['US', '[', 'BracketLeft', '['],
])('%s is at the position of a bracket', (_layout, key, code, mark) => {
  expect(matchesShortcut(press(key, code, 'ctrl'), `Mod+${mark}`, false)).toBe(true);
});

test('German minus, at the position of the slash, stays a minus', () => {
  expect(matchesShortcut(press('-', 'Slash'), '/', false)).toBe(false);
  expect(keyOf(press('-', 'Slash'))).toBe('-');
});

test('Control and Command are not the same', () => {
  expect(matchesShortcut(press('k', 'KeyK', 'ctrl'), 'Mod+K', false)).toBe(true);
  expect(matchesShortcut(press('k', 'KeyK', 'meta'), 'Mod+K', false)).toBe(false);
  // Control has its own meaning in the text fields of macOS.
  expect(matchesShortcut(press('k', 'KeyK', 'ctrl'), 'Mod+K', true)).toBe(false);
  expect(matchesShortcut(press('k', 'KeyK', 'meta'), 'Mod+K', true)).toBe(true);
});

test('other modifiers do not match', () => {
  for (const modifiers of ['', 'ctrl shift', 'ctrl alt', 'ctrl meta', 'altgr-windows']) {
    expect(matchesShortcut(press('k', 'KeyK', modifiers), 'Mod+K', false)).toBe(false);
  }
  expect(matchesShortcut(press('K', 'KeyK', 'ctrl shift'), 'Mod+Shift+K', false)).toBe(true);
  expect(matchesShortcut(press('?', 'Slash', 'ctrl shift'), '?', false)).toBe(false);
});

test('Caps Lock changes nothing', () => {
  expect(matchesShortcut(press('N', 'KeyN', 'ctrl'), 'Mod+N', false)).toBe(true);
  expect(matchesShortcut(press('Т', 'KeyN', 'ctrl'), 'Mod+N', false)).toBe(true);
});

test('keys without characters keep their names', () => {
  for (const key of ['Delete', 'F2', 'ArrowDown', 'Process', 'Unidentified']) {
    expect(keyOf(press(key, ''))).toBe(key);
  }
});

test('shortcuts are written as on the keyboard', () => {
  expect(shortcutText('Mod+Shift+K', false)).toBe('Ctrl+Shift+K');
  expect(shortcutText('Mod+Shift+K', true)).toBe('⇧⌘K');
});
