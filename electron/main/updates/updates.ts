// Newer versions: looked for by itself, downloaded and installed only when the user asks for it.

import type { NewVersion, Updates } from '../../../shared/contract/updates';
import { type ErrorCode, failure, type Result, success } from '../../../shared/domain/errors';

/** Looks for, downloads and installs what a feed offers. */
export type Updater = {
  /** @returns null where there is nothing newer. Rejects where the feed could not be read. */
  check: () => Promise<NewVersion | null>;
  /**
   * Rejects, with nothing changed, unless the whole file is there and is the one that the feed names.
   *
   * @param onProgress told the fraction that is there, 0 to 1.
   */
  download: (onProgress: (fraction: number) => void) => Promise<void>;
  /** Installs what was downloaded and starts the new version. @returns whether it began to. */
  install: () => boolean;
  /** Whether a failed download is one of a file that is not the one the feed names. */
  isDamaged: (error: unknown) => boolean;
};

export type UpdatesOptions = {
  current: string;
  /** Null: this copy has no feed. */
  updater: Updater | null;
  onChange: (updates: Updates) => void;
  now: () => number;
};

const day = 24 * 60 * 60 * 1000;

export function createUpdates({ current, updater, onChange, now }: UpdatesOptions) {
  let updates: Updates = {
    current,
    state: { kind: updater ? 'none' : 'off' },
    checkedAt: null,
    problem: null,
  };
  let lastTried = Number.NEGATIVE_INFINITY;

  function change(changes: Partial<Updates>): void {
    updates = { ...updates, ...changes };
    onChange(updates);
  }

  function fail(code: ErrorCode, changes: Partial<Updates>): Result<Updates> {
    const failed = failure(code);
    change({ ...changes, problem: { code, message: failed.message } });
    return failed;
  }

  /** @param isAsked whether the user is waiting: only then a failure is told. */
  async function check(isAsked: boolean): Promise<Result<Updates>> {
    const before = updates.state;
    // What is being downloaded, or is ready, stays what it is.
    if (!updater || before.kind === 'checking' || before.kind === 'downloading' || before.kind === 'ready') {
      return success(updates);
    }
    lastTried = now();
    change({ state: { kind: 'checking' }, problem: null });
    try {
      const found = await updater.check();
      change({ state: found ? { kind: 'available', ...found } : { kind: 'none' }, checkedAt: now() });
      return success(updates);
    } catch (error) {
      console.error('Updates could not be looked for:', error);
      if (isAsked) return fail('update_not_checked', { state: before });
      change({ state: before });
      return success(updates);
    }
  }

  return {
    read: () => updates,
    check: () => check(true),

    /** Looks where the last look was a day ago or more. Nobody waits for it, and nobody hears of a failure. */
    async checkDaily(): Promise<void> {
      if (now() - lastTried >= day) await check(false);
    },

    /** Ends when the file is there, or is not going to be. */
    async download(): Promise<Result<Updates>> {
      const { state } = updates;
      if (state.kind === 'downloading') return success(updates);
      if (!updater || state.kind !== 'available') return failure('no_update');
      const { version, notes } = state;
      change({ state: { kind: 'downloading', version, notes, fraction: 0 }, problem: null });
      try {
        await updater.download((fraction) =>
          change({ state: { kind: 'downloading', version, notes, fraction } }),
        );
        change({ state: { kind: 'ready', version, notes } });
        return success(updates);
      } catch (error) {
        console.error('The update could not be downloaded:', error);
        return fail(updater.isDamaged(error) ? 'update_damaged' : 'update_not_downloaded', { state });
      }
    },

    install(): Result<Updates> {
      if (updates.state.kind !== 'ready') return failure('no_update');
      return updater?.install() ? success(updates) : fail('update_not_installed', {});
    },
  };
}
