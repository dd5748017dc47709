import { expect, test } from 'vitest';
import { createSerialQueue } from './serial-queue';

test('starts a task only after all earlier ones have ended', async () => {
  const events: string[] = [];
  const runInOrder = createSerialQueue();
  const task = (name: string) => async () => {
    events.push(`${name} starts`);
    await Promise.resolve();
    events.push(`${name} ends`);
  };
  await Promise.all([runInOrder(task('first')), runInOrder(task('second'))]);
  expect(events).toEqual(['first starts', 'first ends', 'second starts', 'second ends']);
});
