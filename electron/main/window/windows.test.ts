import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { WebContents } from 'electron';
import { expect, onTestFinished, test, vi } from 'vitest';
import { maxWindows } from '../../../shared/domain/windows';
import { temporaryFolder } from '../test-support/temporary-folder';
import { newPlace, writeSession } from './session-file';
import { createWindows } from './windows';

const area = { x: 0, y: 0, width: 1920, height: 1080 };
const display = { id: 1, workArea: area };

// Electron itself is not there in a unit test. A window that would be made is an error that the test can see.
vi.mock('electron', () => ({
  BrowserWindow: class {
    static fromWebContents() {
      return null;
    }
    constructor() {
      throw new Error('A window was made.');
    }
  },
  screen: { getPrimaryDisplay: () => display, getAllDisplays: () => [display] },
  nativeTheme: { shouldUseDarkColors: false },
  session: { defaultSession: { setPermissionRequestHandler() {}, setPermissionCheckHandler() {} } },
}));

/** Starts after a session with this many windows. */
function windowsAfter(count: number) {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const bounds = { x: 10, y: 10, width: 1000, height: 700 };
  const state = { bounds, isMaximized: false, isFullScreen: false };
  writeSession(
    folder,
    Array.from({ length: count }, () => ({ state, place: newPlace })),
  );
  const windows = createWindows({
    dataFolder: folder,
    address: 'afterimage://app/index.html',
    preload: '/preload.js',
    onOpen() {},
    onFailure() {},
    onChats() {},
    onFirst() {},
  });
  const session = () => readFileSync(path.join(folder, 'window.json'), 'utf8');
  // Only compared, and passed to Electron.
  return { windows, session, page: {} as WebContents };
}

test('opens no more windows than the maximum, of which some may still have to be restored', () => {
  const { windows, session, page } = windowsAfter(maxWindows);
  const before = session();
  expect(windows.open({ view: 'gallery' }, page)).toMatchObject({ ok: false, code: 'too_many_windows' });
  expect(windows.open({ openChat: 'a chat' }, page)).toMatchObject({ ok: false, code: 'too_many_windows' });
  // Refusing changes nothing.
  expect(windows.showing('a chat')).toBeNull();
  expect(windows.isTaken(page, 'a chat')).toBe(false);
  windows.keepForNextStart();
  expect(session()).toBe(before);
});

test('opens one more below the maximum', () => {
  const { windows, page } = windowsAfter(maxWindows - 1);
  expect(() => windows.open({ view: 'gallery' }, page)).toThrow('A window was made.');
});
