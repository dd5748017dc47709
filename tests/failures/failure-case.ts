// A failure of a provider: how a test causes it and what the user sees.

import type { ErrorCode } from '../../shared/domain/errors';
import type { ServiceId } from '../../shared/domain/services';

/** A timeout that is waited for. A request has to leave within it on a busy machine. */
export const impatientMs = 1500;

/** The outcome of a job, and the number of requests that the server received. */
export type Played = { outcome: object; requests: number };

export type FailureCase = {
  /** As in the table. Unique for each provider. */
  situation: string;
  code: ErrorCode;
  /** Whether the attempt may have been charged. */
  charged: boolean;
  /** Number of requests; absent: 1. More than one only if none of them can have been charged. */
  requests?: number;
  /** How long the provider asks to wait, in milliseconds. The picture is then retried automatically. */
  waits?: number;
  /** Causes the failure against a server of its own. */
  play: () => Promise<Played>;
};

export type FailureSection = { provider: ServiceId; title: string; cases: readonly FailureCase[] };
