// Tests Back and Forward with letters as places. A digit after a letter is a detail of the same step.
import { beforeEach, expect, test } from 'vitest';
import { createSteps, type Steps } from './steps';

let gone: Set<string>;
let steps: Steps<string>;

beforeEach(() => {
  gone = new Set();
  steps = createSteps<string>({
    isSame: (one, other) => one[0] === other[0],
    isGone: (entry) => gone.has(entry[0] ?? ''),
    max: 5,
  });
  steps.record('a');
});

function visit(...places: string[]): void {
  for (const place of places) {
    steps.act();
    steps.record(place);
  }
}

test('starts without any step', () => {
  expect([steps.has(-1), steps.has(1), steps.go(-1), steps.go(1)]).toEqual([false, false, null, null]);
});

test('goes back and forward, and a new step removes those ahead', () => {
  visit('b', 'c');
  expect([steps.go(-1), steps.go(-1), steps.go(-1), steps.go(1)]).toEqual(['b', 'a', null, 'b']);
  visit('d');
  expect([steps.has(1), steps.go(-1), steps.go(-1), steps.go(1)]).toEqual([false, 'b', 'a', 'b']);
});

test('returns to the latest details of a step', () => {
  visit('b', 'b1', 'b2', 'c');
  expect([steps.go(-1), steps.go(-1)]).toEqual(['b2', 'a']);
});

test('records one step per action, even if it changes the place several times', () => {
  steps.act();
  steps.record('b');
  steps.record('c');
  steps.record('d');
  expect([steps.go(-1), steps.go(1)]).toEqual(['a', 'd']);
});

test('does not record going back as a step', () => {
  visit('b', 'c');
  steps.act();
  expect(steps.go(-1)).toBe('b');
  // First an intermediate state, then the step itself.
  steps.record('x');
  steps.record('b');
  expect([steps.go(1), steps.go(-1), steps.go(-1)]).toEqual(['c', 'b', 'a']);
});

test('skips entries that are gone, and duplicates that remain next to each other', () => {
  visit('b', 'a', 'c');
  gone.add('b');
  expect([steps.go(-1), steps.has(-1)]).toEqual(['a', false]);
  gone.clear();
  expect(steps.go(-1)).toBe('b');
  gone.add('c').add('a');
  expect(steps.has(1)).toBe(false);
});

test('keeps only the last steps', () => {
  visit('b', 'c', 'd', 'e', 'f', 'g');
  const back: (string | null)[] = [];
  while (steps.has(-1)) back.push(steps.go(-1));
  expect(back).toEqual(['f', 'e', 'd', 'c']);
});
