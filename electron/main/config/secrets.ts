// API keys: from the environment, from the keychain, or entered for this session only.
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { KeySource, KeyState } from '../../../shared/contract/services';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { type KeyedProvider, keyedProviders } from '../../../shared/domain/keys';
import { writeAtomically } from '../../files/write-atomically';
import type { Keychain } from './keychain';

export type SecretsOptions = {
  dataFolder: string;
  keychain: Keychain;
  /** Keys from the environment, which are used but never stored. */
  environment: Readonly<Record<KeyedProvider, string | null>>;
  /** Called after a key was added, replaced or removed. */
  onChange: () => void;
};

export type Secrets = ReturnType<typeof createSecrets>;

/** Readable and writable by the user only, where the file system has permissions. */
const ownerOnly = 0o600;

/** Each encrypted key in base64. */
const fileSchema = z.partialRecord(z.enum(keyedProviders), z.base64());
type EncryptedKeys = z.infer<typeof fileSchema>;

/**
 * Keeps keys in memory, and on disk only as encrypted by the keychain, in `keys.json`. A key never reaches the
 * database, a log, an error or the renderer, which can set and test keys but not read them.
 */
export function createSecrets({ dataFolder, keychain, environment, onChange }: SecretsOptions) {
  const file = path.join(dataFolder, 'keys.json');
  const keys = new Map<KeyedProvider, { key: string; source: KeySource }>();
  /** Serialises changes, because each one reads and writes the whole file. */
  let lastChange: Promise<unknown> = Promise.resolve();

  function serialise<Value>(change: () => Promise<Value>): Promise<Value> {
    const result = lastChange.then(change);
    lastChange = result.catch(() => {});
    return result;
  }

  async function readEncrypted(): Promise<EncryptedKeys> {
    try {
      return fileSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    } catch {
      // The file is missing or damaged. Damaged keys have to be entered again.
      return {};
    }
  }

  async function writeEncrypted(encrypted: EncryptedKeys): Promise<void> {
    if (Object.keys(encrypted).length === 0) await rm(file, { force: true });
    else await writeAtomically(file, Buffer.from(JSON.stringify(encrypted)), ownerOnly);
  }

  async function load(): Promise<void> {
    for (const [name, encrypted] of Object.entries(await readEncrypted())) {
      const provider = keyedProviders.find((keyed) => keyed === name);
      if (provider === undefined) continue;
      try {
        const key = await keychain.decrypt(Buffer.from(encrypted, 'base64'));
        keys.set(provider, { key, source: 'keychain' });
      } catch {
        // The keychain is locked, new or another user's. The error is not logged, because it may quote the key.
        console.error(`The key for ${provider} could not be read from the keychain.`);
      }
    }
  }

  function find(provider: KeyedProvider): { key: string; source: KeySource } | null {
    const fromEnvironment = environment[provider];
    if (fromEnvironment !== null) return { key: fromEnvironment, source: 'environment' };
    return keys.get(provider) ?? null;
  }

  return {
    /** Reads the keys that the keychain protects. Before this, only keys from the environment are known. */
    async load(): Promise<void> {
      await serialise(load);
      if (keys.size > 0) onChange();
    },
    /** Returns the key in use, or null. */
    get(provider: KeyedProvider): string | null {
      return find(provider)?.key ?? null;
    },
    /** Returns the source of each key, but no key. */
    async state(): Promise<KeyState> {
      const sources = keyedProviders.map((provider) => ({
        provider,
        source: find(provider)?.source ?? null,
      }));
      return { canRemember: await keychain.isSecure(), sources };
    },
    /**
     * Sets the key of a provider.
     *
     * @param remember stores the key in `keys.json`. Otherwise it lasts for this session, and a stored one is removed.
     */
    async set(provider: KeyedProvider, key: string, remember: boolean): Promise<Result<null>> {
      return serialise(async () => {
        if (remember && !(await keychain.isSecure())) return failure('no_keychain');
        try {
          const { [provider]: _before, ...others } = await readEncrypted();
          const encrypted = remember ? (await keychain.encrypt(key)).toString('base64') : null;
          await writeEncrypted(encrypted === null ? others : { ...others, [provider]: encrypted });
        } catch {
          return failure('key_not_kept');
        }
        keys.set(provider, { key, source: remember ? 'keychain' : 'session' });
        onChange();
        return success(null);
      });
    },
    /** Removes a key from memory and disk. A key from the environment stays in use for this run. */
    async remove(provider: KeyedProvider): Promise<Result<null>> {
      return serialise(async () => {
        try {
          const { [provider]: _before, ...others } = await readEncrypted();
          await writeEncrypted(others);
        } catch {
          return failure('not_saved');
        }
        keys.delete(provider);
        onChange();
        return success(null);
      });
    },
  };
}
