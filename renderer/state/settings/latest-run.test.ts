import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLatestRun } from './latest-run';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A run that waits until the test ends it, like a service that has not answered yet. */
function createRuns() {
  const begun: { signal: AbortSignal; end: () => void }[] = [];
  let running = 0;
  let most = 0;
  async function run(signal: AbortSignal): Promise<void> {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => begun.push({ signal, end: resolve }));
    running -= 1;
  }
  const latest = createLatestRun(run, 500);
  return { ...latest, begun, most: () => most };
}

const settle = () => vi.advanceTimersByTimeAsync(0);

test('runs once after the last of several changes', async () => {
  const { soon, begun } = createRuns();
  for (let change = 0; change < 5; change += 1) {
    soon();
    await vi.advanceTimersByTimeAsync(400);
  }
  expect(begun).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(100);
  expect(begun).toHaveLength(1);
});

test('a change during a run aborts it, and the next starts only when it has ended', async () => {
  const { now, begun, most } = createRuns();
  now();
  await settle();
  now();
  now();
  await settle();
  expect(begun).toHaveLength(1);
  expect(begun[0]?.signal.aborted).toBe(true);
  begun[0]?.end();
  await settle();
  // The second run was replaced before it started.
  expect(begun).toHaveLength(2);
  expect(begun[1]?.signal.aborted).toBe(false);
  expect(most()).toBe(1);
});

test('a cancelled run is aborted, and a scheduled one never starts', async () => {
  const { now, soon, cancel, begun } = createRuns();
  now();
  await settle();
  soon();
  cancel();
  begun[0]?.end();
  await vi.advanceTimersByTimeAsync(1000);
  expect(begun.map(({ signal }) => signal.aborted)).toEqual([true]);
});
