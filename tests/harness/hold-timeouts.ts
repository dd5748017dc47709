// Lets a test decide when a timeout is over, so that the result does not depend on the speed of the machine.
import { onTestFinished, vi } from 'vitest';

/**
 * Stops the time of `setTimeout` until the end of the test. The loopback servers and `expect.poll` are not affected.
 *
 * @returns lets milliseconds pass.
 */
export function holdTimeouts(): (ms: number) => void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  return (ms) => void vi.advanceTimersByTime(ms);
}
