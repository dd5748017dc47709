// When a virtual display is needed, and the secret that protects it.

import { expect, test } from 'vitest';
import { authorityEntry, lacksDisplay } from './display.mjs';

test('needs a virtual display only on Linux without X and Wayland', () => {
  expect(lacksDisplay('linux', {})).toBe(true);
  expect(lacksDisplay('linux', { DISPLAY: '' })).toBe(true);
  expect(lacksDisplay('linux', { DISPLAY: ':0' })).toBe(false);
  expect(lacksDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(false);
  expect(lacksDisplay('darwin', {})).toBe(false);
});

test('writes an authority entry for any display', () => {
  const entry = authorityEntry(Buffer.alloc(16, 7));
  expect(entry.subarray(0, 8).toString('hex')).toBe('ffff000000000012');
  expect(entry.subarray(8, 26).toString()).toBe('MIT-MAGIC-COOKIE-1');
  expect(entry.subarray(26).toString('hex')).toBe(`0010${'07'.repeat(16)}`);
});
