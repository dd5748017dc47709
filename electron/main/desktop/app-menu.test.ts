import type { BaseWindow, KeyboardEvent, MenuItemConstructorOptions } from 'electron';
import { describe, expect, test } from 'vitest';
import { commandIds } from '../../../shared/domain/commands';
import { buildAppMenu } from './app-menu';

type Item = MenuItemConstructorOptions;

function itemsOf(isMac: boolean, isDevelopment: boolean, done: unknown[] = []): Item[] {
  const flatten = (items: readonly Item[]): Item[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])]);
  return flatten(buildAppMenu((name) => void done.push(name), isMac, isDevelopment));
}

const pointer: KeyboardEvent = { triggeredByAccelerator: false };
const accelerator: KeyboardEvent = { triggeredByAccelerator: true };

/** Chooses an item as Electron does, in an open window or in none. */
function choose({ click }: Item, event: KeyboardEvent, window?: Partial<BaseWindow>): void {
  if (click) Reflect.apply(click, undefined, [undefined, window, event]);
}

describe.each([
  ['macOS', true],
  ['Linux and Windows', false],
])('on %s', (_name, isMac) => {
  test('reloads the page and opens developer tools only in development', () => {
    const roles = (isDevelopment: boolean) => itemsOf(isMac, isDevelopment).map(({ role }) => role);
    expect(roles(true)).toEqual(expect.arrayContaining(['reload', 'toggleDevTools']));
    expect(roles(false)).not.toContain('reload');
    expect(roles(false)).not.toContain('toggleDevTools');
  });

  test('sends each of its commands once, by its own name', () => {
    const done: unknown[] = [];
    const own = itemsOf(isMac, false, done).filter(({ click }) => click);
    for (const item of own) choose(item, pointer, {});
    expect(done).toEqual(own.map(({ id }) => id));
    expect(new Set(done).size).toBe(done.length);
    expect(done.filter((name) => !commandIds.some((id) => id === name))).toEqual([]);
    const expected = ['about', 'chat', 'diagnostics', 'gallery', 'import', 'import-folder', 'new-chat'];
    expect(done).toEqual(
      expect.arrayContaining([...expected, 'palette', 'settings', 'shortcuts', 'toggle-sidebar', 'undo']),
    );
  });

  test('shows each shortcut once and leaves all of them to the page', () => {
    const keyed = itemsOf(isMac, false).filter((item) => item.accelerator);
    const keys = keyed.map((item) => item.accelerator);
    expect(keys).toEqual(expect.arrayContaining(['CommandOrControl+K', 'CommandOrControl+Z']));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keyed.filter(({ registerAccelerator }) => registerAccelerator !== false)).toEqual([]);
    // A key without a modifier would be taken from text fields.
    expect(keys.filter((key) => !/^(CommandOrControl|Alt)\+/.test(String(key)))).toEqual([]);
  });

  test('does not repeat a shortcut that the page has had, and runs it where no window is open', () => {
    const done: unknown[] = [];
    const newChat = itemsOf(isMac, false, done).find(({ id }) => id === 'new-chat');
    if (!newChat) throw new Error('The menu has no item for a new chat.');
    choose(newChat, accelerator, {});
    expect(done).toEqual([]);
    choose(newChat, accelerator);
    expect(done).toEqual(['new-chat']);
  });

  test('undoes typing by its shortcut, which the page leaves to the menu', () => {
    const done: unknown[] = [];
    const undo = itemsOf(isMac, false, done).find(({ id }) => id === 'undo');
    if (undo) choose(undo, accelerator, {});
    expect(done).toEqual(['undo']);
  });

  test('can quit the app, close windows and edit text', () => {
    const roles = itemsOf(isMac, false).map(({ role }) => role);
    expect(roles).toEqual(
      expect.arrayContaining(['quit', 'windowMenu', 'help', 'copy', 'paste', 'selectAll']),
    );
  });
});
