import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test } from 'vitest';
import { buildAppMenu } from './app-menu';

type Item = MenuItemConstructorOptions;

function itemsOf(isMac: boolean, isDevelopment: boolean, done: unknown[] = []): Item[] {
  const actions = {
    command: (name: string) => void done.push(name),
    bringIn: (what: string) => void done.push(`bring in ${what}`),
  };
  const flatten = (items: readonly Item[]): Item[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flatten(item.submenu) : [])]);
  return flatten(buildAppMenu(actions, isMac, isDevelopment));
}

describe.each([
  ['macOS', true],
  ['Linux and Windows', false],
])('on %s', (_name, isMac) => {
  test('the page is loaded anew and looked into only in development', () => {
    const roles = (isDevelopment: boolean) => itemsOf(isMac, isDevelopment).map(({ role }) => role);
    expect(roles(true)).toEqual(expect.arrayContaining(['reload', 'toggleDevTools']));
    expect(roles(false)).not.toContain('reload');
    expect(roles(false)).not.toContain('toggleDevTools');
  });

  test('each place and command is there once, and asks for itself', () => {
    const done: unknown[] = [];
    const own = itemsOf(isMac, false, done).filter(({ click }) => click);
    for (const { click } of own) if (click) Reflect.apply(click, undefined, []);
    expect(done.toSorted()).toEqual(
      [
        'about',
        'bring in folder',
        'bring in pictures',
        'chat',
        'diagnostics',
        'gallery',
        'new-chat',
        'settings',
        'toggle-sidebar',
      ].toSorted(),
    );
  });

  test('no key is given twice, and those that the page answers are not taken from it', () => {
    const keyed = itemsOf(isMac, false).filter(({ accelerator }) => accelerator);
    const keys = keyed.map(({ accelerator }) => accelerator);
    expect(new Set(keys).size).toBe(keys.length);
    const taken = keyed.filter(({ registerAccelerator }) => registerAccelerator !== false);
    expect(taken.map(({ id }) => id).toSorted()).toEqual(['import', 'settings']);
  });

  test('it can be quit, and windows closed', () => {
    const roles = itemsOf(isMac, false).map(({ role }) => role);
    expect(roles).toEqual(expect.arrayContaining(['quit', 'editMenu', 'windowMenu', 'help']));
  });
});
