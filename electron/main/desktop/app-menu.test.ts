import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test } from 'vitest';
import { buildAppMenu } from './app-menu';

type Item = MenuItemConstructorOptions;

function itemsOf(isMac: boolean, isDevelopment: boolean, done: unknown[] = []): Item[] {
  const actions = {
    command: (name: string) => void done.push(name),
    chooseImport: (source: string) => void done.push(`import ${source}`),
  };
  const flatten = (items: readonly Item[]): Item[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])]);
  return flatten(buildAppMenu(actions, isMac, isDevelopment));
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

  test('contains each view and command once and runs it', () => {
    const done: unknown[] = [];
    const own = itemsOf(isMac, false, done).filter(({ click }) => click);
    for (const { click } of own) if (click) Reflect.apply(click, undefined, []);
    expect(done.toSorted()).toEqual(
      [
        'about',
        'chat',
        'diagnostics',
        'gallery',
        'import folder',
        'import pictures',
        'new-chat',
        'settings',
        'toggle-sidebar',
      ].toSorted(),
    );
  });

  test('assigns each shortcut once and leaves those of the page to the page', () => {
    const keyed = itemsOf(isMac, false).filter(({ accelerator }) => accelerator);
    const keys = keyed.map(({ accelerator }) => accelerator);
    expect(new Set(keys).size).toBe(keys.length);
    const taken = keyed.filter(({ registerAccelerator }) => registerAccelerator !== false);
    expect(taken.map(({ id }) => id).toSorted()).toEqual(['import', 'settings']);
  });

  test('can quit the app and close windows', () => {
    const roles = itemsOf(isMac, false).map(({ role }) => role);
    expect(roles).toEqual(expect.arrayContaining(['quit', 'editMenu', 'windowMenu', 'help']));
  });
});
