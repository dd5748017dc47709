import { describe, expect, test } from 'vitest';
import { ariaShortcut, type KeyPress, matchesShortcut, shortcutText } from './shortcut';

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return { key, code: '', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...more };
}

describe.each([
  ['F', press('f'), true],
  ['F', press('F', { shiftKey: true }), false],
  ['F', press('f', { ctrlKey: true }), false],
  ['F', press('f', { altKey: true }), false],
  ['F', press('а', { code: 'KeyF' }), true],
  ['F', press('ק', { code: 'KeyE' }), false],
  // AZERTY has A where QWERTY has Q: the letter decides.
  ['Q', press('a', { code: 'KeyQ' }), false],
  ['Shift+R', press('R', { shiftKey: true }), true],
  ['Shift+R', press('r'), false],
  ['Mod+C', press('c', { ctrlKey: true }), true],
  ['Mod+C', press('с', { ctrlKey: true, code: 'KeyC' }), true],
  ['Mod+C', press('c', { metaKey: true }), false],
  ['Mod+C', press('C', { ctrlKey: true, shiftKey: true }), false],
  ['Mod+Shift+C', press('C', { ctrlKey: true, shiftKey: true }), true],
  ['Alt+ArrowLeft', press('ArrowLeft', { altKey: true }), true],
  ['Alt+ArrowLeft', press('ArrowLeft'), false],
  ['Alt+ArrowLeft', press('ArrowLeft', { altKey: true, ctrlKey: true }), false],
  // AltGr, which Windows reports as Control and Alt.
  [
    'Alt+ArrowLeft',
    press('ArrowLeft', { altKey: true, ctrlKey: true, getModifierState: (key) => key === 'AltGraph' }),
    false,
  ],
  ['/', press('/', { altKey: true, ctrlKey: true, getModifierState: (key) => key === 'AltGraph' }), true],
  ['Delete', press('Delete'), true],
  ['Delete', press('Backspace'), false],
  ['Enter', press('Enter'), true],
] as const)('%s and %o', (shortcut, pressed, isMatch) => {
  test(isMatch ? 'match' : 'do not match', () => {
    expect(matchesShortcut(pressed, shortcut, false)).toBe(isMatch);
  });
});

test('on a Mac, Mod is Command and Backspace deletes', () => {
  expect(matchesShortcut(press('c', { metaKey: true }), 'Mod+C', true)).toBe(true);
  expect(matchesShortcut(press('c', { ctrlKey: true }), 'Mod+C', true)).toBe(false);
  expect(matchesShortcut(press('Backspace'), 'Delete', true)).toBe(true);
});

test.each([
  ['Mod+Shift+C', 'Ctrl+Shift+C', '⇧⌘C', 'Control+Shift+C'],
  ['Alt+ArrowLeft', 'Alt+←', '⌥←', 'Alt+ArrowLeft'],
  ['F', 'F', 'F', 'F'],
  ['Delete', 'Delete', '⌫', 'Delete'],
])('writes %s as the system does', (shortcut, other, mac, aria) => {
  expect(shortcutText(shortcut, false)).toBe(other);
  expect(shortcutText(shortcut, true)).toBe(mac);
  expect(ariaShortcut(shortcut, false)).toBe(aria);
});
