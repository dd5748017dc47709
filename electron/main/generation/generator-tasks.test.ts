import { expect, test } from 'vitest';
import { failure, type Result } from '../../../shared/domain/errors';
import type { TaskAnswer } from '../../../shared/generator/tasks';
import { createGeneratorTasks, type RunTask } from './generator-tasks';

/** @param answer what the generator says; null if it ends before. */
function runWith(answer: TaskAnswer | null): RunTask {
  return async <Value>(_message: unknown, read: (answer: TaskAnswer) => Result<Value> | undefined) =>
    (answer && read(answer)) ?? failure('generator_stopped');
}

test.each([
  ['has ended', { type: 'small-versions-ended', task: 1 } as const, ['a']],
  ['was interrupted by the end of the generator', null, []],
])('says whose small versions were made when making them %s', async (_name, answer, expected) => {
  const made: string[] = [];
  await createGeneratorTasks(runWith(answer), { onSmallVersions: (id) => made.push(id) }).derive(
    'a',
    'a.png',
  );
  expect(made).toEqual(expected);
});
