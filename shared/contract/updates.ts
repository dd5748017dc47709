// Newer versions of the app: requests, replies and events.
import type { ErrorCode } from '../domain/errors';
import { type RequestDefinition, reply } from './request';
import { noInput } from './schemas';

export const updateRequests = {
  'updates:read': { input: noInput, reply: reply<Updates>() },
  'updates:check': { input: noInput, reply: reply<Updates>() },
  'updates:download': { input: noInput, reply: reply<Updates>() },
  /** Quits the app, installs the downloaded version and starts it again. */
  'updates:install': { input: noInput, reply: reply<Updates>() },
} satisfies Record<string, RequestDefinition>;

export type UpdateEvents = {
  'updates:changed': Updates;
};

export type NewVersion = {
  version: string;
  /** Release notes as plain text; null if there are none. */
  notes: string | null;
};

export type UpdateState =
  /** This copy has no update feed, or is updated by other means. */
  | { kind: 'off' }
  | { kind: 'none' }
  | { kind: 'checking' }
  | ({ kind: 'available' } & NewVersion)
  /** `fraction` of the bytes, 0 to 1. */
  | ({ kind: 'downloading'; fraction: number } & NewVersion)
  | ({ kind: 'ready' } & NewVersion);

export type Updates = {
  /** The running version. */
  current: string;
  /** The server that is checked for newer versions; null if this copy has none. */
  server: string | null;
  state: UpdateState;
  /** When the last check finished, in UTC milliseconds; null before the first. */
  checkedAt: number | null;
  /** Why the user's last request failed. */
  problem: { code: ErrorCode; message: string } | null;
};
