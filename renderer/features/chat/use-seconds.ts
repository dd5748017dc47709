// Counts seconds.
import { useSyncExternalStore } from 'react';
import { createTicker } from '../../ui/ticker';

const subscribe = createTicker(1000);
const subscribeToNothing = () => () => {};

/** Returns the whole seconds since `since` (UTC milliseconds), updated every second while `active`. */
export function useSeconds(since: number, active: boolean): number {
  const secondsNow = () => (active ? Math.max(0, Math.floor((Date.now() - since) / 1000)) : 0);
  return useSyncExternalStore(active ? subscribe : subscribeToNothing, secondsNow);
}
