import { expect, test } from 'vitest';
import { createKeepAwake } from './keep-awake';

test('blocks sleep once while it is needed, and lets go of it once', () => {
  const calls: string[] = [];
  let last = 0;
  const keepAwake = createKeepAwake({
    start() {
      last += 1;
      calls.push(`start ${last}`);
      return last;
    },
    stop: (id) => void calls.push(`stop ${id}`),
  });
  for (const isNeeded of [false, true, true, false, false, true]) keepAwake(isNeeded);
  expect(calls).toEqual(['start 1', 'stop 1', 'start 2']);
});
