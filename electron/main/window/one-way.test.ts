// Nothing goes around the functions that make windows and send events, so that no window is left out or unguarded.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const folder = path.resolve('electron/main');

/** Returns the files whose code has a pattern. */
function filesWith(pattern: RegExp): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .filter((file) => pattern.test(readFileSync(path.join(folder, file), 'utf8')))
    .map((file) => file.replaceAll('\\', '/'));
}

test('makes every window in one place', () => {
  expect(filesWith(/new (BrowserWindow|BaseWindow|WebContentsView|BrowserView)\b/)).toEqual([
    'window/open-window.ts',
  ]);
});

test('sends events to pages in one place', () => {
  expect(filesWith(/\.send\(\w*[cC]hannel|webContents\s*\.send\(/)).toEqual(['ipc/broadcast.ts']);
});

test('takes no window for the only one', () => {
  expect(
    filesWith(/getAllWindows\(\)(\[0\]|\.at\(|\.find\()|\[\w+\] = BrowserWindow\.getAllWindows/),
  ).toEqual([]);
});
