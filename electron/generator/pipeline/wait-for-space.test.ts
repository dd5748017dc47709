import { expect, test } from 'vitest';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { waitForRoom } from './wait-for-space';

/** Work that ends in these ways, one after the other, and what was heard of it. */
function script(results: Result<string>[], cancelAt = Number.POSITIVE_INFINITY) {
  const controller = new AbortController();
  const heard: string[] = [];
  const options = {
    onFull: () => void heard.push('full'),
    pause: async () => {
      heard.push('pause');
      if (heard.length >= cancelAt) controller.abort();
      controller.signal.throwIfAborted();
    },
    signal: controller.signal,
  };
  const work = async () => results.shift() ?? success('too often');
  return { heard, ended: waitForRoom(work, options) };
}

test('what finds no room is tried again until it does', async () => {
  const { heard, ended } = script([failure('disk_full'), failure('disk_full'), success('kept')]);
  expect(await ended).toEqual(success('kept'));
  expect(heard).toEqual(['full', 'pause', 'full', 'pause']);
});

test.each([success('kept'), failure('unreadable_picture')])('%j is the end of it', async (result) => {
  const { heard, ended } = script([result]);
  expect(await ended).toEqual(result);
  expect(heard).toEqual([]);
});

test('whoever stops it does not wait', async () => {
  const { heard, ended } = script([failure('disk_full'), failure('disk_full')], 2);
  expect(await ended).toMatchObject({ code: 'cancelled' });
  expect(heard).toEqual(['full', 'pause']);
});
