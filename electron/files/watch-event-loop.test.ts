import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { watchEventLoop } from './watch-event-loop';

/** Long enough to be longer than any other delay of a busy machine is likely to be. */
const blockMs = 300;
/** After a reset, the first sample only begins the next one, so a block before it is not noticed. */
const sampledMs = 50;

function block(): void {
  const until = performance.now() + blockMs;
  while (performance.now() < until);
}

/** Says that a task of a known duration has ended (ms). `onTaken` is called once the watch has asked for it. */
type SetKnown = (milliseconds: number, onTaken: () => void) => void;

/** Returns the reported delays that the work causes, once one of them is as long as a block. */
async function delaysAfter(work: (setKnown: SetKnown) => void): Promise<number[]> {
  const delays: number[] = [];
  let known = { milliseconds: 0, onTaken: () => {} };
  const wake = watchEventLoop({
    takeKnown() {
      const { milliseconds, onTaken } = known;
      known = { milliseconds: 0, onTaken: () => {} };
      onTaken();
      return milliseconds;
    },
    minMs: 8,
    report: (milliseconds) => void delays.push(milliseconds),
  });
  wake();
  await wait(sampledMs);
  work((milliseconds, onTaken) => {
    known = { milliseconds, onTaken };
  });
  while (!delays.some((delay) => delay >= blockMs - 50)) {
    wake();
    await wait(50);
  }
  return delays;
}

test('reports a delay that no known task explains', async () => {
  expect((await delaysAfter(block)).length).toBeGreaterThan(0);
});

test('leaves a delay to the task that has caused it', async () => {
  const delays = await delaysAfter((setKnown) => {
    block();
    // Known to be longer than the delay, whatever a busy machine adds. The second one is reported.
    setKnown(60_000, () => setTimeout(block, sampledMs));
  });
  expect(delays.filter((delay) => delay >= blockMs - 50)).toHaveLength(1);
});
