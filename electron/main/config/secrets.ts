// API keys: from the environment, from the keychain, or entered for this session only.

import type { HeldKeys, KeyLoss, KeySource } from '../../../shared/contract/services';
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { ServiceId } from '../../../shared/domain/services';
import { createKeyFile, type KeyFile, notKept } from './key-file';
import { createKeyOrigins, type ServiceOrigins } from './key-origins';
import type { Keychain } from './keychain';

export type SecretsOptions = {
  dataFolder: string;
  keychain: Keychain;
  /** Returns the ids of the services of this run, in their order. */
  ids: () => readonly ServiceId[];
  /** Returns a key from the environment, which is used but never stored; null if there is none. */
  fromEnvironment: (id: ServiceId) => string | null;
  origins: ServiceOrigins;
  /** Saves that the user allows keys from the environment to be sent to one more origin. */
  allowOfEnvironment: (id: ServiceId, origin: string) => Result<null>;
  /**
   * Whether keys are read from and written to `keys.json`. False with AFTERIMAGE_SERVICES: a service may have the id
   * of a saved one but another address.
   */
  isStored: boolean;
  /** Called after a key was added, replaced, removed, or found to be missing. */
  onChange: () => void;
  /** Called with the new name of `keys.json` if it could not be read and was moved aside. */
  onUnreadable: (movedTo: string) => void;
};

export type Secrets = ReturnType<typeof createSecrets>;

/** `origins`: where the key may be sent. */
type Key = { key: string; source: KeySource; origins: readonly string[] };

/**
 * Keeps keys in memory, and on disk only as encrypted by the keychain, in `keys.json`. A key never reaches the
 * database, a log, an error or the renderer, which can set and test keys but not read them. Only `get` returns it to
 * other rooms, and only for an origin that it was entered for or that the user has allowed.
 */
export function createSecrets(options: SecretsOptions) {
  const { dataFolder, keychain, ids, isStored, onChange, onUnreadable } = options;
  const origins = createKeyOrigins(options.origins);
  const file = isStored ? createKeyFile(dataFolder, onUnreadable) : noKeyFile;
  const keys = new Map<ServiceId, Key>();
  /** Services whose key of an earlier run is lost. */
  const losses = new Map<ServiceId, KeyLoss>();
  /** Keys of removed services. */
  const aside = new Map<ServiceId, Key>();
  /** Services with a stored key that is not loaded yet. */
  let expected: ReadonlySet<ServiceId> = new Set(file.storedIds());
  const canStore = async () => isStored && (await keychain.isSecure());
  /** Serialises changes, because each one reads and writes the whole file. */
  let lastChange: Promise<unknown> = Promise.resolve();

  function serialise<Value>(change: () => Promise<Value>): Promise<Value> {
    const result = lastChange.then(change);
    lastChange = result.catch(() => {});
    return result;
  }

  /** @param before the origins of keys that an earlier version stored without any */
  async function load(before: ReadonlyMap<ServiceId, readonly string[]>): Promise<void> {
    for (const [provider, entry] of await file.read([...before.keys()])) {
      if (entry === notKept) {
        losses.set(provider, 'session');
        continue;
      }
      const { encrypted } = entry;
      const allowed = entry.origins ?? before.get(provider) ?? [];
      if (entry.origins === null) await noteOrigins(provider, encrypted, allowed);
      try {
        const key = await keychain.decrypt(encrypted);
        keys.set(provider, { key, source: 'keychain', origins: allowed });
      } catch {
        // The keychain is locked, new or another user's. The error is not logged, because it may quote the key.
        console.error(`The key for ${provider} could not be read from the keychain.`);
        losses.set(provider, 'keychain');
      }
    }
  }

  /** Stores the origins of a key from an earlier version, before its service's address can change. */
  async function noteOrigins(
    provider: ServiceId,
    encrypted: Buffer,
    allowed: readonly string[],
  ): Promise<void> {
    await file
      .change(provider, { encrypted, origins: allowed })
      .catch((error: unknown) => console.error('The origins of a key could not be noted:', error));
  }

  /** Records that the next start will lack the key, so that it can say so. If this fails, the key still works. */
  async function noteSession(provider: ServiceId): Promise<void> {
    await file
      .change(provider, notKept)
      .catch((error: unknown) => console.error('A key for this session could not be noted:', error));
  }

  /** Removes a key from the disk, and any record of its loss. Returns whether it succeeded. */
  async function erase(provider: ServiceId): Promise<boolean> {
    try {
      await file.change(provider, undefined);
    } catch {
      return false;
    }
    losses.delete(provider);
    return true;
  }

  /** Returns the key of a service, regardless of where it may be sent. */
  function find(provider: ServiceId): Key | null {
    const fromEnvironment = options.fromEnvironment(provider);
    if (fromEnvironment === null) return keys.get(provider) ?? null;
    return { key: fromEnvironment, source: 'environment', origins: origins.forEnvironment(provider) };
  }

  /** Returns the key of a service if it may be sent to the service's current origin. */
  function usable(provider: ServiceId): Key | null {
    const found = find(provider);
    return found && origins.mayGo(provider, found.origins) ? found : null;
  }

  /** Returns the origin that a service's key belongs to if it may not be sent to the current one; else null. */
  function heldFor(provider: ServiceId): string | null {
    const found = usable(provider) ? null : find(provider);
    return found?.origins.at(-1) ?? (found && '');
  }

  return {
    /** Loads the keys from the keychain. Until then, only keys from the environment are known. */
    async load(): Promise<void> {
      // The app works without stored keys. The file is left unchanged.
      const before = new Map(ids().map((id) => [id, origins.forUnmarked(id)] as const));
      await serialise(() => load(before)).catch((error: unknown) =>
        console.error('The keys could not be read:', error),
      );
      const wasExpected = expected.size > 0;
      expected = new Set();
      if (wasExpected || keys.size > 0 || losses.size > 0) onChange();
    },
    /**
     * Returns the key to send to a service's current origin; null if there is none, or it belongs to another origin.
     */
    get(provider: ServiceId): string | null {
      return usable(provider)?.key ?? null;
    },
    heldFor,
    /** Returns whether credentials from the environment may be sent to a service's current origin. */
    takesEnvironment: origins.isWhereEnvironmentSays,
    /** Returns whether a service has a usable key, or may have one once the user has unlocked the keychain. */
    mayHave: (provider: ServiceId): boolean => usable(provider) !== null || expected.has(provider),
    /**
     * Returns whether the key in use comes from the environment, so that test results of a saved key do not apply to
     * it.
     */
    isOfRun: (provider: ServiceId): boolean => find(provider)?.source === 'environment',
    /** Returns every key to keep out of the log. A request may still use the key of a removed service. */
    all: (): string[] => [
      ...ids().flatMap((id) => find(id)?.key ?? []),
      ...[...aside.values()].map(({ key }) => key),
    ],
    /** Returns the source of each key, but no key. */
    async state(): Promise<HeldKeys> {
      const sources = ids().map((provider) => {
        const source = find(provider)?.source ?? null;
        const loss = source === null ? (losses.get(provider) ?? null) : null;
        return { provider, source, loss, heldFor: heldFor(provider) };
      });
      return { canRemember: await canStore(), sources };
    },
    /**
     * Sets the key of a service.
     *
     * @param remember stores the key in `keys.json`. Otherwise it lasts for this session, and a stored one is removed; the
     *   next start then says that it is missing.
     * @param origin the one that the user saw when entering the key, which may no longer be current; absent: the
     * current one.
     */
    async set(
      provider: ServiceId,
      key: string,
      remember: boolean,
      origin?: string | null,
    ): Promise<Result<null>> {
      return serialise(async () => {
        if (remember && !(await canStore())) return failure('no_keychain');
        const allowed = origins.forEntered(provider, origin);
        try {
          const entry = remember ? { encrypted: await keychain.encrypt(key), origins: allowed } : undefined;
          await file.change(provider, entry);
        } catch {
          return failure('key_not_kept');
        }
        if (!remember) await noteSession(provider);
        losses.delete(provider);
        keys.set(provider, { key, source: remember ? 'keychain' : 'session', origins: allowed });
        onChange();
        return success(null);
      });
    },
    /** Allows the key of a service to be sent to one more origin, also in later runs. */
    async allow(provider: ServiceId, origin: string): Promise<Result<null>> {
      return serialise(async () => {
        const found = find(provider);
        if (!found) return failure('not_found');
        if (found.source === 'environment') {
          const kept = options.allowOfEnvironment(provider, origin);
          if (kept.ok) onChange();
          return kept;
        }
        const allowed = [...new Set([...found.origins, origin])];
        try {
          if (found.source === 'keychain')
            await file.change(provider, { encrypted: await keychain.encrypt(found.key), origins: allowed });
        } catch {
          return failure('not_saved');
        }
        keys.set(provider, { ...found, origins: allowed });
        onChange();
        return success(null);
      });
    },
    /** Removes a key from memory and disk. A key from the environment stays in use for this run. */
    async remove(provider: ServiceId): Promise<Result<null>> {
      return serialise(async () => {
        if (!(await erase(provider))) return failure('not_saved');
        keys.delete(provider);
        onChange();
        return success(null);
      });
    },
    /** Removes the key of a removed service from the disk. In memory it stays until the app ends, for `bringBack`. */
    async setAside(provider: ServiceId): Promise<Result<null>> {
      return serialise(async () => {
        if (!(await erase(provider))) return failure('not_saved');
        const known = keys.get(provider);
        if (known) aside.set(provider, known);
        keys.delete(provider);
        return success(null);
      });
    },
    /** Undoes `setAside`. A key that the keychain no longer accepts lasts for this session. */
    async bringBack(provider: ServiceId): Promise<void> {
      await serialise(async () => {
        const known = aside.get(provider);
        aside.delete(provider);
        if (!known) return;
        const isKept =
          known.source === 'keychain' &&
          (await keychain
            .encrypt(known.key)
            .then((encrypted) => file.change(provider, { encrypted, origins: known.origins }))
            .then(
              () => true,
              () => false,
            ));
        if (!isKept) await noteSession(provider);
        keys.set(provider, { ...known, source: isKept ? 'keychain' : 'session' });
        onChange();
      });
    },
  };
}

const noKeyFile: KeyFile = { storedIds: () => [], read: async () => [], change: async () => {} };
