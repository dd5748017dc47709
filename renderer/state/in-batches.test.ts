import { beforeEach, expect, test } from 'vitest';
import { failure, success } from '../../shared/domain/errors';
import { useToasts } from '../ui/toasts';
import { inBatches } from './in-batches';

const ids = (count: number) => Array.from({ length: count }, (_, at) => String(at));
const words = () => useToasts.getState().toasts.map(({ text }) => text);

beforeEach(() => useToasts.setState({ toasts: [] }));

test('sends a few thousand in batches without a progress notice', async () => {
  const parts: number[] = [];
  const changed = await inBatches(ids(3_000), 'Moving', async (part) => {
    parts.push(part.length);
    expect(words()).toEqual([]);
    return success(part.slice(1));
  });
  expect(parts).toEqual([1000, 1000, 1000]);
  expect(changed).toHaveLength(2_997);
});

test('shows the progress of more batches and removes the notice after the last', async () => {
  const said: string[][] = [];
  await inBatches(ids(3_500), 'Moving', async (part) => {
    said.push(words());
    return success(part);
  });
  expect(said).toEqual([
    ['Moving…'],
    ['Moving: 1,000 of 3,500'],
    ['Moving: 2,000 of 3,500'],
    ['Moving: 3,000 of 3,500'],
  ]);
  expect(words()).toEqual([]);
});

test('stops at the batch that fails and returns the earlier changes', async () => {
  let asked = 0;
  const changed = await inBatches(ids(5_000), 'Moving', async (part) => {
    asked += 1;
    return asked === 2 ? failure('disk_full') : success(part);
  });
  expect(changed).toEqual(ids(1_000));
  expect(asked).toBe(2);
  expect(useToasts.getState().toasts.map(({ tone }) => tone)).toEqual(['problem']);
});
