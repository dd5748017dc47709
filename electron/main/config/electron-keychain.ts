// The keychain on top of Electron's safeStorage, using the functions that the running version has.

/** Encrypts a key so that only this user on this computer can decrypt it. */
export type Keychain = {
  /** Returns whether there is a keychain that actually protects what it encrypts. */
  isSecure: () => Promise<boolean>;
  /** Both reject if the keychain refuses, for example because the user does not unlock it. */
  encrypt: (text: string) => Promise<Buffer>;
  decrypt: (bytes: Buffer) => Promise<string>;
};

/** https://www.electronjs.org/docs/latest/api/safe-storage: deprecated in Electron 45, removed in 46. */
type SyncStorage = {
  isEncryptionAvailable: () => boolean;
  encryptString: (text: string) => Buffer;
  decryptString: (bytes: Buffer) => string;
};

/** Since Electron 42. What one API encrypted, the other decrypts. */
type AsyncStorage = {
  isAsyncEncryptionAvailable: () => Promise<boolean>;
  encryptStringAsync: (text: string) => Promise<Buffer>;
  /** `isTemporarilyUnavailable`: the keychain is locked or busy, and `result` is meaningless. */
  decryptStringAsync: (bytes: Buffer) => Promise<{ result: string; isTemporarilyUnavailable?: boolean }>;
};

export type SafeStorage = (SyncStorage | AsyncStorage) & { getSelectedStorageBackend: () => string };

export type ElectronKeychainOptions = {
  storage: SafeStorage;
  platform: NodeJS.Platform;
  whenReady: () => Promise<unknown>;
  pause: (ms: number) => Promise<unknown>;
};

/** Delays before retrying a temporarily unavailable keychain (ms), for example right after login. */
const pausesMs = [200, 500, 1000, 2000];

/**
 * Prefers the asynchronous functions, because the synchronous ones block the main process while the user unlocks the
 * keychain. Only what exists is called, so that the same build runs on every version.
 */
export function createElectronKeychain(options: ElectronKeychainOptions): Keychain {
  const { storage, platform, whenReady, pause } = options;

  async function decryptAsync(asyncStorage: AsyncStorage, bytes: Buffer): Promise<string> {
    for (const ms of [...pausesMs, null]) {
      const decrypted = await tryToDecrypt(asyncStorage, bytes);
      if (decrypted !== null) return decrypted;
      if (ms !== null) await pause(ms);
    }
    throw new Error('The keychain is temporarily unavailable.');
  }

  return {
    async isSecure() {
      await whenReady();
      const isAvailable = isAsync(storage)
        ? await storage.isAsyncEncryptionAvailable()
        : storage.isEncryptionAvailable();
      return isAvailable && !isPlainText(storage, platform);
    },
    async encrypt(text) {
      return isAsync(storage) ? storage.encryptStringAsync(text) : storage.encryptString(text);
    },
    async decrypt(bytes) {
      return isAsync(storage) ? decryptAsync(storage, bytes) : storage.decryptString(bytes);
    },
  };
}

function isAsync(storage: SafeStorage): storage is AsyncStorage & SafeStorage {
  return 'decryptStringAsync' in storage;
}

/** Returns null while the keychain is temporarily unavailable. */
async function tryToDecrypt(storage: AsyncStorage, bytes: Buffer): Promise<string | null> {
  try {
    const { result, isTemporarilyUnavailable } = await storage.decryptStringAsync(bytes);
    return isTemporarilyUnavailable ? null : result;
  } catch (error) {
    // Some versions reject instead.
    if (/temporarily unavailable/i.test(String(error))) return null;
    throw error;
  }
}

/** Without a keyring, Chromium on Linux encrypts with a password that is public in its source code. */
function isPlainText(storage: SafeStorage, platform: NodeJS.Platform): boolean {
  return platform === 'linux' && ['basic_text', 'unknown'].includes(storage.getSelectedStorageBackend());
}
