import { beforeEach, expect, test } from 'vitest';
import { useProgress } from './progress-store';

const arrival = { requestId: 'request', width: 30, height: 20 };
const store = () => useProgress.getState();

beforeEach(() => useProgress.setState(useProgress.getInitialState(), true));

test('keeps the number of previews when only the fraction changes', () => {
  store().receive({ id: 'a', fraction: 0.2, previewCount: 2 });
  store().receive({ id: 'a', fraction: 0.4 });
  expect(store().known['a']).toEqual({ fraction: 0.4, previewCount: 2, steps: null });
});

test('forgets the steps when an attempt starts again', () => {
  store().receive({ id: 'a', fraction: 0.75, steps: { done: 3, total: 4, secondsLeft: 9 } });
  expect(store().known['a']?.steps).toEqual({ done: 3, total: 4, secondsLeft: 9 });
  store().receive({ id: 'a', fraction: null });
  expect(store().known['a']).toEqual({ fraction: null, previewCount: 0, steps: null });
});

test('keeps an arrival until it is forgotten', () => {
  store().receiveArrival({ id: 'a', ...arrival });
  store().receiveArrival({ id: 'b', ...arrival });
  store().forgetArrival('a');
  expect(store().arrived).toEqual({ b: arrival });
});

test('replaces an arrival by that of a later request', () => {
  store().receiveArrival({ id: 'a', ...arrival });
  store().receiveArrival({ id: 'a', ...arrival, requestId: 'later' });
  expect(store().arrived['a']?.requestId).toBe('later');
});

test('does not change when an unknown arrival is forgotten', () => {
  store().receiveArrival({ id: 'a', ...arrival });
  const before = store();
  store().forgetArrival('b');
  expect(store()).toBe(before);
});

test('keeps the progress of a picture apart from its arrival', () => {
  store().receive({ id: 'a', fraction: 0.5 });
  store().receiveArrival({ id: 'a', ...arrival });
  store().forget('a');
  expect([store().known, store().arrived]).toEqual([{}, { a: arrival }]);
});
