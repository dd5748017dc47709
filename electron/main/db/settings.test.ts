import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { defaultSettings } from '../../../shared/domain/settings';
import { testDatabaseFile } from '../test-support/open-test-context';
import { createTestContext } from '../test-support/test-context';
import type { Store } from './open';
import { openPlain } from './test-database';

let store: Store;
let file: string;

beforeEach(() => {
  file = testDatabaseFile();
  store = createTestContext(file).store;
  onTestFinished(() => store.close());
});

/** Inserts a row without any check. */
function insertRaw(key: string, value: string): void {
  const database = openPlain(file);
  database.prepare('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)').run(key, value);
  database.close();
}

test('has the defaults at first', () => {
  expect(store.settings.read()).toEqual(defaultSettings);
});

test('reads what was written, and the default for the rest', () => {
  store.settings.write({ theme: 'dark', aspectRatio: '21:9' });
  expect(store.settings.read()).toEqual({ ...defaultSettings, theme: 'dark', aspectRatio: '21:9' });
});

test('writes only the given settings', () => {
  store.settings.write({ theme: 'dark', provider: 'painter', aspectRatio: '1:1', keepOriginals: false });
  store.settings.write({ theme: 'light', keepOriginals: undefined });
  store.settings.write({});
  expect(store.settings.read()).toEqual({
    ...defaultSettings,
    theme: 'light',
    provider: 'painter',
    aspectRatio: '1:1',
    keepOriginals: false,
  });
});

describe('falls back to the default', () => {
  test.each([
    ['no JSON', 'dark'],
    ['broken JSON', '"dark'],
    ['an empty value', ''],
    ['an unknown value', '"sepia"'],
    ['another type', '7'],
    ['null', 'null'],
    ['an object', '{"theme":"dark"}'],
  ])('for %s and keeps the others', (_what, value) => {
    store.settings.write({ theme: 'dark', keepOriginals: false });
    insertRaw('theme', value);
    expect(store.settings.read()).toEqual({ ...defaultSettings, keepOriginals: false });
  });

  test.each(['59', '101', '90.5', '"90"'])('for a display quality of %s', (value) => {
    insertRaw('displayQuality', value);
    expect(store.settings.read()).toEqual(defaultSettings);
  });

  test.each(['unknown', '__proto__', 'constructor', 'toString'])('ignoring a key called %s', (key) => {
    insertRaw(key, '"dark"');
    expect(store.settings.read()).toEqual(defaultSettings);
  });
});
