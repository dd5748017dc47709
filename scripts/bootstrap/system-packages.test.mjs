// The mapping from missing libraries to packages of this release of Debian or Ubuntu.

import { expect, test } from 'vitest';
import { chooseName, installableIn, typeThisMessage } from './apt.mjs';
import { missingIn, packagesFor } from './system-packages.mjs';

test('reads missing libraries from ldd', () => {
  const output =
    '\tlibm.so.6 => /lib/libm.so.6 (0x00)\n\tlibgtk-3.so.0 => not found\n\tlibnss3.so => not found\n';
  expect(missingIn(output)).toEqual(['libgtk-3.so.0', 'libnss3.so']);
});

test('names a package once for several of its libraries', () => {
  expect(packagesFor(['libnss3.so', 'libsmime3.so', 'libgbm.so.1'])).toEqual([['libnss3'], ['libgbm1']]);
});

test('reports a library of an unknown package by name', () => {
  expect(() => packagesFor(['libnew.so.1'])).toThrow('libnew.so.1');
});

const policy = (name, candidate) =>
  `${name}:\n  Installed: (none)\n  Candidate: ${candidate}\n  Version table:\n`;

test('treats a package with a candidate as installable', () => {
  const output = policy('libasound2', '(none)') + policy('libasound2t64', '1.2.14-1');
  expect([...installableIn(output)]).toEqual(['libasound2t64']);
});

test('chooses the name that this release has', () => {
  const names = ['libgtk-3-0t64', 'libgtk-3-0'];
  expect(chooseName(names, new Set(['libgtk-3-0']), false)).toBe('libgtk-3-0');
  expect(chooseName(names, new Set(names), true)).toBe('libgtk-3-0t64');
});

test('infers the name from installed packages without package lists', () => {
  const names = ['libgtk-3-0t64', 'libgtk-3-0'];
  expect(chooseName(names, new Set(), true)).toBe('libgtk-3-0t64');
  expect(chooseName(names, new Set(), false)).toBe('libgtk-3-0');
});

test('tells an ordinary user the exact command', () => {
  expect(typeThisMessage(['xvfb', 'libnss3'], 'libraries')).toContain(
    'sudo apt-get update && sudo apt-get install --yes --no-install-recommends xvfb libnss3',
  );
});
