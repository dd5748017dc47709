// The current minute, so that "1 minute ago" becomes "2 minutes ago".
import { useSyncExternalStore } from 'react';
import { createTicker } from './ticker';

const minuteMs = 60_000;

/** Interval of checks: the maximum delay after a minute begins (ms). */
const checkMs = 10_000;

const subscribe = createTicker(checkMs);

/** Returns the beginning of the current minute in UTC milliseconds. It changes once a minute. */
export function useMinute(): number {
  return useSyncExternalStore(subscribe, minuteNow);
}

function minuteNow(): number {
  return Math.floor(Date.now() / minuteMs) * minuteMs;
}
