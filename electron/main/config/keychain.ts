// The operating system's keychain, through Electron. It is the only place where a key outlives the app.
import { app, safeStorage } from 'electron';

/** Encrypts a key so that only this user on this computer can decrypt it. */
export type Keychain = {
  /** Whether there is a keychain and it protects what it encrypts. */
  isSecure: () => Promise<boolean>;
  /** Both reject if the keychain refuses, for example because the user does not unlock it. */
  encrypt: (text: string) => Promise<Buffer>;
  decrypt: (bytes: Buffer) => Promise<string>;
};

/**
 * Uses the asynchronous API where Electron has it (it was added after version 33), because the synchronous one blocks
 * the main process while the user unlocks the keychain: https://www.electronjs.org/docs/latest/api/safe-storage
 */
export const systemKeychain: Keychain = {
  async isSecure() {
    await app.whenReady();
    const isAvailable = hasAsyncApi()
      ? await safeStorage.isAsyncEncryptionAvailable()
      : safeStorage.isEncryptionAvailable();
    return isAvailable && !isPlainText();
  },
  async encrypt(text) {
    return hasAsyncApi() ? safeStorage.encryptStringAsync(text) : safeStorage.encryptString(text);
  },
  async decrypt(bytes) {
    if (!hasAsyncApi()) return safeStorage.decryptString(bytes);
    return (await safeStorage.decryptStringAsync(bytes)).result;
  },
};

function hasAsyncApi(): boolean {
  return 'encryptStringAsync' in safeStorage;
}

/** Without a keyring, Chromium on Linux encrypts with a password that is public in its source code. */
function isPlainText(): boolean {
  if (process.platform !== 'linux') return false;
  return ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());
}
