// Timeouts and intervals for hosted services and local engines.
import type { RequestTiming } from '../http/with-retries';

export type HostedTiming = RequestTiming & {
  /** Interval between two polls of a job, in milliseconds. */
  pollMs: number;
};

const retryDelayMs = () => 500 + Math.random() * 1500;

export const hostedTiming: HostedTiming = { timeoutMs: 240_000, retryDelayMs, pollMs: 1000 };

/** An engine without a graphics card needs many minutes. */
export const engineTiming: HostedTiming = { timeoutMs: 60 * 60_000, retryDelayMs, pollMs: 500 };
