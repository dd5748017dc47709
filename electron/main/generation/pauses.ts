// Pauses the pictures of providers that are rate-limiting requests.
import type { ServiceId } from '../../../shared/domain/services';

export type Pauses = ReturnType<typeof createPauses>;

/**
 * @param after runs work after a number of milliseconds.
 * @param now UTC milliseconds.
 * @param onEnd called when a pause has ended.
 */
export function createPauses(
  after: (milliseconds: number, work: () => void) => void,
  now: () => number,
  onEnd: () => void,
) {
  const until = new Map<ServiceId, number>();

  return {
    has: (provider: ServiceId): boolean => until.has(provider),
    /** Pauses a provider until a time (UTC milliseconds). The longest pause counts. */
    add(provider: ServiceId, time: number): void {
      if ((until.get(provider) ?? 0) >= time) return;
      until.set(provider, time);
      // Decided by the timer, not by the clock: a timer may fire a millisecond early, and the clock may be set back.
      after(Math.max(0, time - now()), () => {
        if (until.get(provider) !== time) return;
        until.delete(provider);
        onEnd();
      });
    },
  };
}
