// A clock that ticks only while it is needed: one for all that count seconds, so that they change in the same frame.
import { useSyncExternalStore } from 'react';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    for (const tick of listeners) tick();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

const subscribeToNothing = () => () => {};

/** Returns the whole seconds since `since` (UTC milliseconds), updated every second while `active`. */
export function useSeconds(since: number, active: boolean): number {
  const secondsNow = () => (active ? Math.max(0, Math.floor((Date.now() - since) / 1000)) : 0);
  return useSyncExternalStore(active ? subscribe : subscribeToNothing, secondsNow);
}
