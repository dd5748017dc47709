import { expect, test } from 'vitest';
import { acceleratorOf, commandIds, commandName, commands } from './commands';

test('no two commands have the same shortcut', () => {
  const keys = commandIds.flatMap((id) => commands[id].keys ?? []);
  expect(new Set(keys).size).toBe(keys.length);
});

test('no two commands have the same name', () => {
  const names = commandIds.map(commandName);
  expect(new Set(names).size).toBe(names.length);
});

test('the menu shows the first shortcut, and none that types a character', () => {
  expect(acceleratorOf('palette')).toBe('CommandOrControl+K');
  expect(acceleratorOf('settings')).toBe('CommandOrControl+,');
  expect(acceleratorOf('shortcuts')).toBeUndefined();
  expect(acceleratorOf('about')).toBeUndefined();
});
