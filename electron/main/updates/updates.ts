// The state of updates: checks once a day, but downloads and installs only at the user's request.
import type { NewVersion, Updates } from '../../../shared/contract/updates';
import { type ErrorCode, failure, type Result, success } from '../../../shared/domain/errors';

/** Checks a feed, and downloads and installs what it offers. */
export type Updater = {
  /**
   * Returns null if there is no newer version. Rejects if the feed cannot be read.
   *
   * @param isRequested whether the user asked for it: only then a proxy's login is asked for.
   */
  check: (isRequested: boolean) => Promise<NewVersion | null>;
  /**
   * Resolves when the complete file is on disk and matches the feed's checksum; otherwise rejects.
   *
   * @param onProgress called with the downloaded fraction, 0 to 1.
   */
  download: (onProgress: (fraction: number) => void) => Promise<void>;
  /** Installs the downloaded version and restarts the app. @returns whether the installation has started. */
  install: () => boolean;
  /** Whether a download failed because the file does not match the feed's checksum. */
  isDamaged: (error: unknown) => boolean;
};

export type UpdatesOptions = {
  /** The version that is running. */
  current: string;
  /** Null if this copy has no feed. */
  updater: Updater | null;
  /** The host of the feed; null without one. */
  server: string | null;
  onChange: (updates: Updates) => void;
  /** Whether the user allows daily checks. */
  mayCheck: () => boolean;
  /** UTC milliseconds. */
  now: () => number;
};

const checkIntervalMs = 24 * 60 * 60 * 1000;

export function createUpdates({ current, updater, server, onChange, mayCheck, now }: UpdatesOptions) {
  let updates: Updates = {
    current,
    server,
    state: { kind: updater ? 'none' : 'off' },
    checkedAt: null,
    problem: null,
  };
  let lastCheckAt = Number.NEGATIVE_INFINITY;
  /** The automatic check in progress; null if there is none. */
  let ownCheck: Promise<boolean> | null = null;

  function change(changes: Partial<Updates>): void {
    updates = { ...updates, ...changes };
    onChange(updates);
  }

  function fail(code: ErrorCode, changes: Partial<Updates>): Result<Updates> {
    const failed = failure(code);
    change({ ...changes, problem: { code, message: failed.message } });
    return failed;
  }

  /**
   * @param isRequested whether the user asked for the check.
   * @returns whether the feed could be read, or need not be.
   */
  async function check(isRequested: boolean): Promise<boolean> {
    const before = updates.state;
    // A check must not discard a version that is being downloaded or is ready to install.
    if (!updater || before.kind === 'checking' || before.kind === 'downloading' || before.kind === 'ready') {
      return true;
    }
    lastCheckAt = now();
    change({ state: { kind: 'checking' }, problem: null });
    try {
      const found = await updater.check(isRequested);
      change({ state: found ? { kind: 'available', ...found } : { kind: 'none' }, checkedAt: now() });
      return true;
    } catch (error) {
      console.error('The check for updates failed:', error);
      change({ state: before });
      return false;
    }
  }

  return {
    read: () => updates,
    /** An automatic check does not show its failure, so the user's check runs after it. */
    async check(): Promise<Result<Updates>> {
      const isRead = (await ownCheck) || (await check(true));
      return isRead ? success(updates) : fail('update_not_checked', {});
    },

    /** Checks if the user allows it and the last check of this run was at least a day ago. A failure is only logged. */
    async checkDaily(): Promise<void> {
      if (!mayCheck()) return;
      // If the clock was once ahead, checks must not stop until that time.
      if (Math.abs(now() - lastCheckAt) < checkIntervalMs) return;
      ownCheck ??= check(false).finally(() => {
        ownCheck = null;
      });
      await ownCheck;
    },

    /** Resolves when the download has finished or failed. */
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
