import { expect, test } from 'vitest';
import { acceleratorOf, commandIds, commandName, commands, worksWhileTyping } from './commands';

test('no two commands have the same shortcut', () => {
  const keys = commandIds.flatMap((id) => commands[id].keys ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});

test('no two commands have the same name', () => {
  const names = commandIds.map(commandName);
  expect(new Set(names).size).toBe(names.length);
});

test('the shortcut that is shown of a command works wherever the focus is, also in a text', () => {
  const shown = commandIds.flatMap((id) => commands[id].keys?.slice(0, 1) ?? []);
  expect(shown.filter((keys) => !worksWhileTyping(keys))).toEqual([]);
});

test('the menu shows the first shortcut, and none that types a character', () => {
  expect(acceleratorOf('palette')).toBe('CommandOrControl+K');
  expect(acceleratorOf('settings')).toBe('CommandOrControl+,');
  expect(acceleratorOf('shortcuts')).toBe('CommandOrControl+/');
  expect(acceleratorOf('about')).toBeUndefined();
});
