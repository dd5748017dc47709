import { expect, test } from 'vitest';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { waitForSpace } from './wait-for-space';

/** @param results of the attempts, in order. @param cancelAt number of events after which the signal is aborted. */
function start(results: Result<string>[], cancelAt = Number.POSITIVE_INFINITY) {
  const controller = new AbortController();
  const events: string[] = [];
  const options = {
    onFull: () => void events.push('full'),
    pause: async () => {
      events.push('pause');
      if (events.length >= cancelAt) controller.abort();
      controller.signal.throwIfAborted();
    },
    signal: controller.signal,
  };
  const attempt = async () => results.shift() ?? success('too often');
  return { events, result: waitForSpace(attempt, options) };
}

test('retries until there is space', async () => {
  const { events, result } = start([failure('disk_full'), failure('disk_full'), success('stored')]);
  expect(await result).toEqual(success('stored'));
  expect(events).toEqual(['full', 'pause', 'full', 'pause']);
});

test.each([success('stored'), failure('unreadable_picture')])('returns %j without a retry', async (first) => {
  const { events, result } = start([first]);
  expect(await result).toEqual(first);
  expect(events).toEqual([]);
});

test('stops waiting when it is cancelled', async () => {
  const { events, result } = start([failure('disk_full'), failure('disk_full')], 2);
  expect(await result).toMatchObject({ code: 'cancelled' });
  expect(events).toEqual(['full', 'pause']);
});
