// A keychain for tests.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Keychain } from './keychain';

/** A keychain whose encryption key is in memory only. */
export function createTestKeychain(): Keychain & { isUnlocked: boolean; exists: boolean } {
  const encryptionKey = randomBytes(32);
  return {
    isUnlocked: true,
    exists: true,
    async isSecure() {
      return this.exists;
    },
    async encrypt(text) {
      if (!this.isUnlocked) throw new Error(`refused for ${text}`);
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', encryptionKey, nonce);
      const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]);
    },
    async decrypt(bytes) {
      if (!this.isUnlocked) throw new Error('refused');
      const decipher = createDecipheriv('aes-256-gcm', encryptionKey, bytes.subarray(0, 12));
      decipher.setAuthTag(bytes.subarray(12, 28));
      return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8');
    },
  };
}
