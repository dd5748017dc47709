// When node_modules counts as what package-lock.json asks for.

import { expect, test } from 'vitest';
import { isSameInstall, requiredPackages } from './dependencies.mjs';

const lock = {
  packages: {
    '': { version: '1.0.0' },
    'node_modules/vite': { version: '8.3.8' },
    'node_modules/fsevents': { version: '2.3.3', optional: true },
  },
};

test('packages for other platforms are not required', () => {
  expect(requiredPackages(lock)).toEqual(['node_modules/vite']);
});

test('an install by hand is accepted when its versions are the locked ones', () => {
  expect(isSameInstall(lock, { packages: { 'node_modules/vite': { version: '8.3.8' } } })).toBe(true);
});

test('another version or a missing package is no such install', () => {
  expect(isSameInstall(lock, { packages: { 'node_modules/vite': { version: '8.3.7' } } })).toBe(false);
  expect(isSameInstall(lock, { packages: {} })).toBe(false);
});
