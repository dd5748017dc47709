// When node_modules counts as matching package-lock.json.

import { expect, test } from 'vitest';
import { isSameInstall, requiredPackages } from './dependencies.mjs';

const lock = {
  packages: {
    '': { version: '1.0.0' },
    'node_modules/vite': { version: '8.3.8' },
    'node_modules/fsevents': { version: '2.3.3', optional: true },
  },
};

test('does not require packages for other platforms', () => {
  expect(requiredPackages(lock)).toEqual(['node_modules/vite']);
});

test('accepts a manual install of the locked versions', () => {
  expect(isSameInstall(lock, { packages: { 'node_modules/vite': { version: '8.3.8' } } })).toBe(true);
});

test('rejects a manual install with another version or a missing package', () => {
  expect(isSameInstall(lock, { packages: { 'node_modules/vite': { version: '8.3.7' } } })).toBe(false);
  expect(isSameInstall(lock, { packages: {} })).toBe(false);
});
