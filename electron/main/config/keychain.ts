// The operating system's keychain. It is the only place where keys persist.
import { setTimeout as pause } from 'node:timers/promises';
import { app, safeStorage } from 'electron';
import { createElectronKeychain, type Keychain } from './electron-keychain';

export type { Keychain };

export const systemKeychain: Keychain = createElectronKeychain({
  storage: safeStorage,
  platform: process.platform,
  whenReady: () => app.whenReady(),
  pause,
});
