import { describe, expect, test } from 'vitest';
import { acceleratorOf, commandIds, commandName, keysOf, worksWhileTyping } from './commands';

describe.each([
  ['macOS', true],
  ['Linux and Windows', false],
])('on %s', (_name, isMac) => {
  test('no two commands have the same shortcut', () => {
    const keys = commandIds.flatMap((id) => keysOf(id, isMac));
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('the shown shortcut of a command works for any focus, including text fields', () => {
    const shown = commandIds.flatMap((id) => keysOf(id, isMac).slice(0, 1));
    expect(shown.filter((keys) => !worksWhileTyping(keys))).toEqual([]);
  });

  test('the menu shows the first shortcut, and none that types a character', () => {
    expect(acceleratorOf('palette', isMac)).toBe('CommandOrControl+K');
    expect(acceleratorOf('settings', isMac)).toBe('CommandOrControl+,');
    expect(acceleratorOf('shortcuts', isMac)).toBe('CommandOrControl+/');
    expect(acceleratorOf('back', isMac)).toBe(isMac ? 'CommandOrControl+[' : 'Alt+Left');
    expect(acceleratorOf('about', isMac)).toBeUndefined();
  });
});

test('no two commands have the same name', () => {
  const names = commandIds.map(commandName);
  expect(new Set(names).size).toBe(names.length);
});
