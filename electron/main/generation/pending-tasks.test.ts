import { expect, test } from 'vitest';
import { success } from '../../../shared/domain/errors';
import type { TaskAnswer } from '../../../shared/generator/messages';
import { sentence } from '../../../shared/languages/sentence';
import { createPendingTasks } from './pending-tasks';

const readChecked = (answer: TaskAnswer) => (answer.type === 'checked' ? answer.result : undefined);

/** Adds a task, and returns its number and its result. */
function add(tasks: ReturnType<typeof createPendingTasks>) {
  let task = 0;
  const result = tasks.add((added) => {
    task = added;
    return { type: 'check', task, provider: 'painter' };
  }, readChecked);
  return { task, result };
}

/** Adds a task that is sent at once. */
function run(tasks: ReturnType<typeof createPendingTasks>) {
  const added = add(tasks);
  tasks.sendWaiting(() => {});
  return added;
}

const says = (count: number) => sentence('services.answers', { key: 'no', count });

test('pairs each reply with its task, in whatever order they come', async () => {
  const tasks = createPendingTasks();
  const [first, second] = [run(tasks), run(tasks)];
  expect(first.task).not.toBe(second.task);
  tasks.resolve({ type: 'checked', task: second.task, result: success(says(2)) });
  tasks.resolve({ type: 'checked', task: first.task, result: success(says(1)) });
  expect(await first.result).toEqual(success(says(1)));
  expect(await second.result).toEqual(success(says(2)));
});

test('ends a task whose reply is of another type', async () => {
  const tasks = createPendingTasks();
  const { task, result } = run(tasks);
  tasks.resolve({ type: 'listed', task, result: success([]) });
  expect(await result).toMatchObject({ ok: false, code: 'generator_stopped' });
});

test('ends every task without a generator, and ignores what comes later or twice', async () => {
  const tasks = createPendingTasks();
  const [first, second] = [run(tasks), run(tasks)];
  tasks.resolve({ type: 'checked', task: first.task, result: success(says(1)) });
  tasks.failSent();
  tasks.resolve({ type: 'checked', task: first.task, result: success(says(3)) });
  tasks.resolve({ type: 'checked', task: second.task, result: success(says(4)) });
  expect(await first.result).toEqual(success(says(1)));
  expect(await second.result).toMatchObject({ ok: false, code: 'generator_stopped' });
});

test('sends each task once, in their order, and keeps those for the next generator that this one has not got', async () => {
  const tasks = createPendingTasks();
  const sent: unknown[] = [];
  const send = () => tasks.sendWaiting((message) => sent.push('task' in message && message.task));
  const lost = [add(tasks), add(tasks)];
  send();
  send();
  const later = add(tasks);
  tasks.failSent();
  for (const { result } of lost) expect(await result).toMatchObject({ code: 'generator_stopped' });
  send();
  expect(sent).toEqual([...lost, later].map(({ task }) => task));
  tasks.resolve({ type: 'checked', task: later.task, result: success(says(5)) });
  expect(await later.result).toEqual(success(says(5)));
});
