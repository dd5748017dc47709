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
  /** Keeps that the user lets keys from the environment go to one more origin. */
  allowOfEnvironment: (id: ServiceId, origin: string) => Result<null>;
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

/** `origins`: where it may be sent. */
type Key = { key: string; source: KeySource; origins: readonly string[] };

/**
 * Keeps keys in memory, and on disk only as encrypted by the keychain, in `keys.json`. A key never reaches the
 * database, a log, an error or the renderer, which can set and test keys but not read them. It leaves this room only by
 * `get`, and only for an origin that it was entered for or that the user has allowed.
 */
export function createSecrets(options: SecretsOptions) {
  const { dataFolder, keychain, ids, isStored, onChange, onUnreadable } = options;
  const origins = createKeyOrigins(options.origins);
  const file = isStored ? createKeyFile(dataFolder, onUnreadable) : noKeyFile;
  const keys = new Map<ServiceId, Key>();
  /** The services that had a key in an earlier run, which is not there any more. */
  const losses = new Map<ServiceId, KeyLoss>();
  /** The keys of removed services. */
  const aside = new Map<ServiceId, Key>();
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

  /** @param before where keys go whose origins an earlier version did not write */
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

  /** Notes where a key of an earlier version goes, before its service can get another address. */
  async function noteOrigins(
    provider: ServiceId,
    encrypted: Buffer,
    allowed: readonly string[],
  ): Promise<void> {
    await file
      .change(provider, { encrypted, origins: allowed })
      .catch((error: unknown) => console.error('The origins of a key could not be noted:', error));
  }

  /** Notes that the next start will lack the key. Without the note the key works as well, and the start says nothing. */
  async function noteSession(provider: ServiceId): Promise<void> {
    await file
      .change(provider, notKept)
      .catch((error: unknown) => console.error('A key for this session could not be noted:', error));
  }

  /** Removes a key from the disk, and what is said of its loss. Returns whether it worked. */
  async function erase(provider: ServiceId): Promise<boolean> {
    try {
      await file.change(provider, undefined);
    } catch {
      return false;
    }
    losses.delete(provider);
    return true;
  }

  /** Returns the key of a service, wherever it may be sent. */
  function find(provider: ServiceId): Key | null {
    const fromEnvironment = options.fromEnvironment(provider);
    if (fromEnvironment === null) return keys.get(provider) ?? null;
    return { key: fromEnvironment, source: 'environment', origins: origins.forEnvironment(provider) };
  }

  /** Returns the key of a service if it may be sent to where the service is asked. */
  function usable(provider: ServiceId): Key | null {
    const found = find(provider);
    return found && origins.mayGo(provider, found.origins) ? found : null;
  }

  /** Returns the origin that the key of a service belongs to if it is not sent to where the service is asked; or null. */
  function heldFor(provider: ServiceId): string | null {
    const found = usable(provider) ? null : find(provider);
    return found?.origins.at(-1) ?? (found && '');
  }

  return {
    /** Reads the keys that the keychain protects. Before this, only keys from the environment are known. */
    async load(): Promise<void> {
      // The app works without stored keys. The file stays as it is.
      const before = new Map(ids().map((id) => [id, origins.forUnmarked(id)] as const));
      await serialise(() => load(before)).catch((error: unknown) =>
        console.error('The keys could not be read:', error),
      );
      const wasExpected = expected.size > 0;
      expected = new Set();
      if (wasExpected || keys.size > 0 || losses.size > 0) onChange();
    },
    /** Returns the key to send to a service where it is asked now; null if there is none, or it belongs elsewhere. */
    get(provider: ServiceId): string | null {
      return usable(provider)?.key ?? null;
    },
    heldFor,
    /** Returns whether the credentials of this computer's environment may go to where a service is asked now. */
    takesEnvironment: origins.isWhereEnvironmentSays,
    /** Returns whether there is a key to send to a service, or may be: the user may take a minute to unlock the keychain. */
    mayHave: (provider: ServiceId): boolean => usable(provider) !== null || expected.has(provider),
    /** Returns whether the key in use is the environment's: what a test has said of a saved one says nothing of it. */
    isOfRun: (provider: ServiceId): boolean => find(provider)?.source === 'environment',
    /** Returns every key in use, so that none reaches the log. One of a removed service may still be in a request. */
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
     * @param origin what it was entered for: the address that the user saw may not be in use any more. Absent: it is.
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
    /** Lets the key of a service go to one more origin, also after a new start. */
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
