// What the screen knows of newer versions.
import type { ErrorCode } from '../domain/errors';

export type NewVersion = {
  version: string;
  /** What is new, as plain text; null where the release says nothing. */
  notes: string | null;
};

export type UpdateState =
  /** This copy has nowhere to look: it was built without a feed, or is updated by other means. */
  | { kind: 'off' }
  | { kind: 'none' }
  | { kind: 'checking' }
  | ({ kind: 'available' } & NewVersion)
  /** `fraction` of its bytes, 0 to 1. */
  | ({ kind: 'downloading'; fraction: number } & NewVersion)
  | ({ kind: 'ready' } & NewVersion);

export type Updates = {
  /** The version that runs. */
  current: string;
  state: UpdateState;
  /** When a check last came to an end, in UTC milliseconds; null before the first. */
  checkedAt: number | null;
  /** Why the last thing that the person asked for did not work. */
  problem: { code: ErrorCode; message: string } | null;
};
