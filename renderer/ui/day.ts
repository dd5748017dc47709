// The current day, so that "Today" becomes "Yesterday" at midnight.
import { useSyncExternalStore } from 'react';

/** Interval of checks (ms): the maximum delay after midnight, even if the computer was asleep. */
const checkMs = 60_000;

let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

function check(): void {
  if (new Date(now).toDateString() === new Date().toDateString()) return;
  now = Date.now();
  for (const listener of listeners) listener();
}

/** Calls `listener` when another day has begun. @returns a function that stops that. */
export function onNewDay(listener: () => void): () => void {
  // The clock was not checked while there were no listeners.
  if (listeners.size === 0) check();
  listeners.add(listener);
  timer ??= setInterval(check, checkMs);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Returns a time of the current day in UTC milliseconds. It changes once a day. */
export function useDay(): number {
  return useSyncExternalStore(onNewDay, () => now);
}
