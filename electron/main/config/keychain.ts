// The operating system's keychain, through Electron: the only place where a key may outlive the app.
import { app, safeStorage } from 'electron';

/** Turns a key into bytes that only this person on this machine can turn back. */
export type KeyVault = {
  /** Whether there is a keychain that protects anything. */
  isSafe: () => Promise<boolean>;
  /** Both reject where the keychain refuses, such as when the user does not unlock it. */
  encrypt: (text: string) => Promise<Buffer>;
  decrypt: (bytes: Buffer) => Promise<string>;
};

/**
 * https://www.electronjs.org/docs/latest/api/safe-storage. The asynchronous calls came after Electron 33; the others do
 * the same and may hold up the main process while the user is asked to unlock the keychain.
 */
export const keyVault: KeyVault = {
  async isSafe() {
    await app.whenReady();
    const isThere = hasAsync()
      ? await safeStorage.isAsyncEncryptionAvailable()
      : safeStorage.isEncryptionAvailable();
    return isThere && !isBasicText();
  },
  async encrypt(text) {
    return hasAsync() ? safeStorage.encryptStringAsync(text) : safeStorage.encryptString(text);
  },
  async decrypt(bytes) {
    if (!hasAsync()) return safeStorage.decryptString(bytes);
    return (await safeStorage.decryptStringAsync(bytes)).result;
  },
};

function hasAsync(): boolean {
  return 'encryptStringAsync' in safeStorage;
}

/** Without a keyring Linux "encrypts" with a password that stands in Chromium's source: no protection at all. */
function isBasicText(): boolean {
  if (process.platform !== 'linux') return false;
  return ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());
}
