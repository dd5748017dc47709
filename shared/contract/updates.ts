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
  /** Why the last thing that the user asked for did not work. */
  problem: { code: ErrorCode; message: string } | null;
};
