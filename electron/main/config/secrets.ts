// API keys: from the environment, from the keychain, or entered for this session only.

import type { KeyLoss, KeySource, KeyState } from '../../../shared/contract/services';
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { ServiceId } from '../../../shared/domain/services';
import { createKeyFile, type KeyFile, notKept } from './key-file';
import type { Keychain } from './keychain';

export type SecretsOptions = {
  dataFolder: string;
  keychain: Keychain;
  /** Returns the ids of the services of this run, in their order. */
  ids: () => readonly ServiceId[];
  /** Returns a key from the environment, which is used but never stored; null if there is none. */
  fromEnvironment: (id: ServiceId) => string | null;
  /**
   * Whether keys are read from and written to `keys.json`. Not in a run with services of its own: one of them may have
   * the id of a saved service, and another address.
   */
  isStored: boolean;
  /** Called after a key was added, replaced, removed or found to be lost. */
  onChange: () => void;
  /** Called with the new name of `keys.json` if it could not be read and was moved aside. */
  onUnreadable: (movedTo: string) => void;
};

export type Secrets = ReturnType<typeof createSecrets>;

/**
 * Keeps keys in memory, and on disk only as encrypted by the keychain, in `keys.json`. A key never reaches the
 * database, a log, an error or the renderer, which can set and test keys but not read them.
 */
export function createSecrets(options: SecretsOptions) {
  const { dataFolder, keychain, ids, isStored, onChange, onUnreadable } = options;
  const file = isStored ? createKeyFile(dataFolder, onUnreadable) : noKeyFile;
  const keys = new Map<ServiceId, { key: string; source: KeySource }>();
  /** The services that had a key in an earlier run, which is not there any more. */
  const losses = new Map<ServiceId, KeyLoss>();
  /** The keys of removed services. */
  const aside = new Map<ServiceId, { key: string; source: KeySource }>();
  /** The services that may have a key: those with one on the disk, until it is loaded. */
  let expected: ReadonlySet<ServiceId> = new Set(file.storedIds());
  const canStore = async () => isStored && (await keychain.isSecure());
  /** Serialises changes, because each one reads and writes the whole file. */
  let lastChange: Promise<unknown> = Promise.resolve();

  function serialise<Value>(change: () => Promise<Value>): Promise<Value> {
    const result = lastChange.then(change);
    lastChange = result.catch(() => {});
    return result;
  }

  async function load(): Promise<void> {
    for (const [provider, encrypted] of await file.read(ids())) {
      if (encrypted === notKept) {
        losses.set(provider, 'session');
        continue;
      }
      try {
        const key = await keychain.decrypt(encrypted);
        keys.set(provider, { key, source: 'keychain' });
      } catch {
        // The keychain is locked, new or another user's. The error is not logged, because it may quote the key.
        console.error(`The key for ${provider} could not be read from the keychain.`);
        losses.set(provider, 'keychain');
      }
    }
  }

  /** Notes that the next start will lack the key. Without the note the key works as well, and the start says nothing. */
  async function noteSession(provider: ServiceId): Promise<void> {
    await file
      .change(provider, notKept)
      .catch((error: unknown) => console.error('A key for this session could not be noted:', error));
  }

  function find(provider: ServiceId): { key: string; source: KeySource } | null {
    const fromEnvironment = options.fromEnvironment(provider);
    if (fromEnvironment !== null) return { key: fromEnvironment, source: 'environment' };
    return keys.get(provider) ?? null;
  }

  return {
    /** Reads the keys that the keychain protects. Before this, only keys from the environment are known. */
    async load(): Promise<void> {
      // The app works without stored keys. The file stays as it is.
      await serialise(load).catch((error: unknown) => console.error('The keys could not be read:', error));
      const wasExpected = expected.size > 0;
      expected = new Set();
      if (wasExpected || keys.size > 0 || losses.size > 0) onChange();
    },
    /** Returns the key in use, or null. */
    get(provider: ServiceId): string | null {
      return find(provider)?.key ?? null;
    },
    /** Returns whether a service has a key, or may have one: the user may take a minute to unlock the keychain. */
    mayHave: (provider: ServiceId): boolean => find(provider) !== null || expected.has(provider),
    /** Returns whether the key in use is the environment's: what a test has said of a saved one says nothing of it. */
    isOfRun: (provider: ServiceId): boolean => find(provider)?.source === 'environment',
    /** Returns every key in use, so that none reaches the log. One of a removed service may still be in a request. */
    all: (): string[] => [
      ...ids().flatMap((id) => find(id)?.key ?? []),
      ...[...aside.values()].map(({ key }) => key),
    ],
    /** Returns the source of each key, but no key. */
    async state(): Promise<KeyState> {
      const sources = ids().map((provider) => {
        const source = find(provider)?.source ?? null;
        return { provider, source, loss: source === null ? (losses.get(provider) ?? null) : null };
      });
      return { canRemember: await canStore(), sources };
    },
    /**
     * Sets the key of a service.
     *
     * @param remember stores the key in `keys.json`. Otherwise it lasts for this session, and a stored one is removed; the
     *   next start then says that it is missing.
     */
    async set(provider: ServiceId, key: string, remember: boolean): Promise<Result<null>> {
      return serialise(async () => {
        if (remember && !(await canStore())) return failure('no_keychain');
        try {
          await file.change(provider, remember ? await keychain.encrypt(key) : undefined);
        } catch {
          return failure('key_not_kept');
        }
        if (!remember) await noteSession(provider);
        losses.delete(provider);
        keys.set(provider, { key, source: remember ? 'keychain' : 'session' });
        onChange();
        return success(null);
      });
    },
    /** Removes a key from memory and disk. A key from the environment stays in use for this run. */
    async remove(provider: ServiceId): Promise<Result<null>> {
      return serialise(async () => {
        try {
          await file.change(provider, undefined);
        } catch {
          return failure('not_saved');
        }
        keys.delete(provider);
        losses.delete(provider);
        onChange();
        return success(null);
      });
    },
    /** Removes the key of a removed service from the disk. In memory it stays until the app ends, for `bringBack`. */
    async setAside(provider: ServiceId): Promise<Result<null>> {
      return serialise(async () => {
        try {
          await file.change(provider, undefined);
        } catch {
          return failure('not_saved');
        }
        losses.delete(provider);
        const known = keys.get(provider);
        if (known) aside.set(provider, known);
        keys.delete(provider);
        return success(null);
      });
    },
    /** Undoes `setAside`. A key that the keychain does not take again lasts for this session. */
    async bringBack(provider: ServiceId): Promise<void> {
      await serialise(async () => {
        const known = aside.get(provider);
        aside.delete(provider);
        if (!known) return;
        const isKept =
          known.source === 'keychain' &&
          (await keychain
            .encrypt(known.key)
            .then((encrypted) => file.change(provider, encrypted))
            .then(
              () => true,
              () => false,
            ));
        if (!isKept) await noteSession(provider);
        keys.set(provider, { key: known.key, source: isKept ? 'keychain' : 'session' });
        onChange();
      });
    },
  };
}

const noKeyFile: KeyFile = { storedIds: () => [], read: async () => [], change: async () => {} };
