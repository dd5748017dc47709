import { expect, test } from 'vitest';
import { createSettling } from './settling';

function createClock() {
  let now = 0;
  const settling = createSettling({ settleMs: 1000, patienceMs: 60_000, elapsed: () => now });
  return {
    settling,
    pass: (ms: number) => {
      now += ms;
    },
  };
}

const file = (bytes: number, modifiedAt = 1) => ({ path: 'a.png', bytes, modifiedAt });

test('a file is read once it has kept its length and its time for a while', () => {
  const { settling, pass } = createClock();
  expect(settling.look([file(10)])).toEqual([]);
  expect(settling.nextIn()).toBe(1000);
  pass(900);
  expect(settling.look([file(20)])).toEqual([]);
  pass(900);
  expect(settling.look([file(20, 2)])).toEqual([]);
  pass(1000);
  expect(settling.look([file(20, 2)])).toEqual([file(20, 2)]);
  settling.forget('a.png');
  expect(settling.nextIn()).toBeNull();
});

test('a file that is gone, or known by now, is not waited for', () => {
  const { settling } = createClock();
  settling.look([file(10)]);
  expect(settling.count()).toBe(1);
  settling.look([]);
  expect(settling.nextIn()).toBeNull();
});

test('an incomplete picture is read again, less and less often, until the patience ends', () => {
  const { settling, pass } = createClock();
  settling.look([file(10)]);
  const pauses: number[] = [];
  for (pass(1000); settling.mayWait('a.png'); pass(settling.nextIn() ?? 0)) {
    pauses.push(settling.nextIn() ?? 0);
    expect(settling.look([file(10)])).toEqual([]);
  }
  expect(pauses).toEqual([1000, 2000, 4000, 8000, 16_000, 32_000]);
});

test('an incomplete picture that grows has all the time again', () => {
  const { settling, pass } = createClock();
  settling.look([file(10)]);
  pass(60_000);
  expect(settling.mayWait('a.png')).toBe(false);
  settling.look([file(20)]);
  pass(1000);
  expect(settling.mayWait('a.png')).toBe(true);
  expect(settling.mayWait('b.png')).toBe(false);
});
