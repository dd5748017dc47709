// API keys: from the environment for this run, from the keychain, or typed in for this session only.
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { KeySource, KeyState } from '../../../shared/contract/services';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { type KeyedProvider, keyedProviders } from '../../../shared/domain/keys';
import { writeAtomically } from '../../files/write-atomically';
import type { KeyVault } from './keychain';

export type SecretsOptions = {
  dataFolder: string;
  vault: KeyVault;
  /** Keys of the environment: used, never stored. */
  environment: Readonly<Record<KeyedProvider, string | null>>;
  /** Told when a key came or went. */
  onChange: () => void;
};

export type Secrets = ReturnType<typeof createSecrets>;

/** Readable by this person alone, as far as the file system knows persons. */
const onlyMine = 0o600;

/** Base64 of what the keychain made of each key. */
const fileSchema = z.partialRecord(z.enum(keyedProviders), z.base64());
type Locked = z.infer<typeof fileSchema>;

/**
 * Keys live in this process's memory and on disk only as the keychain locks them, in `keys.json`; never in the
 * database, a log, an error, or on the screen, which may set and test a key and never reads one.
 */
export function createSecrets({ dataFolder, vault, environment, onChange }: SecretsOptions) {
  const file = path.join(dataFolder, 'keys.json');
  const known = new Map<KeyedProvider, { key: string; source: KeySource }>();
  /** One change at a time: each writes the whole file. */
  let turn: Promise<unknown> = Promise.resolve();

  function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const mine = turn.then(work);
    turn = mine.catch(() => {});
    return mine;
  }

  async function readLocked(): Promise<Locked> {
    try {
      return fileSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    } catch {
      // None yet, or damaged: then the keys have to be typed in again.
      return {};
    }
  }

  async function writeLocked(locked: Locked): Promise<void> {
    if (Object.keys(locked).length === 0) await rm(file, { force: true });
    else await writeAtomically(file, Buffer.from(JSON.stringify(locked)), onlyMine);
  }

  async function load(): Promise<void> {
    for (const [provider, locked] of Object.entries(await readLocked())) {
      const id = keyedProviders.find((keyed) => keyed === provider);
      if (id === undefined) continue;
      try {
        known.set(id, { key: await vault.decrypt(Buffer.from(locked, 'base64')), source: 'keychain' });
      } catch {
        // The keychain is locked, another user's or new. Nothing of the error is told: it may quote what it read.
        console.error(`The key for ${id} could not be read from the keychain.`);
      }
    }
  }

  function keyOf(provider: KeyedProvider): { key: string; source: KeySource } | null {
    const given = environment[provider];
    if (given !== null) return { key: given, source: 'environment' };
    return known.get(provider) ?? null;
  }

  return {
    /** Reads what the keychain holds. Until then there are only the environment's keys. */
    async load(): Promise<void> {
      await inTurn(load);
      if (known.size > 0) onChange();
    },
    /** @returns the key that is in use, or null. */
    get(provider: KeyedProvider): string | null {
      return keyOf(provider)?.key ?? null;
    },
    /** @returns where each key comes from; never a key. */
    async state(): Promise<KeyState> {
      const sources = keyedProviders.map((provider) => ({
        provider,
        source: keyOf(provider)?.source ?? null,
      }));
      return { canRemember: await vault.isSafe(), sources };
    },
    /**
     * Takes a key into use.
     *
     * @param remember keeps it in the keychain; else it is forgotten when the app ends, and so is one kept before.
     */
    async set(provider: KeyedProvider, key: string, remember: boolean): Promise<Result<null>> {
      return inTurn(async () => {
        if (remember && !(await vault.isSafe())) return failure('no_keychain');
        try {
          const { [provider]: _before, ...others } = await readLocked();
          const locked = remember ? (await vault.encrypt(key)).toString('base64') : null;
          await writeLocked(locked === null ? others : { ...others, [provider]: locked });
        } catch {
          return failure('key_not_kept');
        }
        known.set(provider, { key, source: remember ? 'keychain' : 'session' });
        onChange();
        return success(null);
      });
    },
    /** Forgets a key, on disk too. One of the environment stays as long as the app runs. */
    async remove(provider: KeyedProvider): Promise<Result<null>> {
      return inTurn(async () => {
        try {
          const { [provider]: _before, ...others } = await readLocked();
          await writeLocked(others);
        } catch {
          return failure('not_saved');
        }
        known.delete(provider);
        onChange();
        return success(null);
      });
    },
  };
}
