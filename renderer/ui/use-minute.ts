// The present minute, so that "1 minute ago" becomes "2 minutes ago".
import { useSyncExternalStore } from 'react';
import { createTicker } from './ticker';

const minuteMs = 60_000;

/** A minute that begins between two ticks is noticed this late (ms). */
const checkMs = 10_000;

const subscribe = createTicker(checkMs);

/** Returns the beginning of the present minute in UTC milliseconds. It changes once a minute. */
export function useMinute(): number {
  return useSyncExternalStore(subscribe, minuteNow);
}

function minuteNow(): number {
  return Math.floor(Date.now() / minuteMs) * minuteMs;
}
