import { expect, test } from 'vitest';
import { success } from '../../../shared/domain/errors';
import type { TaskAnswer } from '../../../shared/generator/tasks';
import { sentence } from '../../../shared/languages/sentence';
import { createPendingTasks } from './pending-tasks';

type Tasks = ReturnType<typeof createPendingTasks>;

const readChecked = (answer: TaskAnswer) => (answer.type === 'checked' ? answer.result : undefined);

/** Adds a task, and returns its number and its result. */
function add(tasks: Tasks, type: 'check' | 'derive' | 'read-fingerprint' = 'check') {
  let task = 0;
  const result = tasks.add((added) => {
    task = added;
    return type === 'check'
      ? { type, task, provider: 'painter' }
      : { type, task, imageId: 'a', file: 'images/a.png' };
  }, readChecked);
  return { task, result };
}

/** Adds a task that is sent at once. */
function run(tasks: Tasks, type?: Parameters<typeof add>[1]) {
  const added = add(tasks, type);
  tasks.sendWaiting(() => {});
  return added;
}

/** Returns what sends the waiting tasks, and the numbers of those that were sent. */
function generatorOf(tasks: Tasks) {
  const sent: number[] = [];
  return { sent, send: () => tasks.sendWaiting(({ task }) => sent.push(task)) };
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

test('ends a task that a bug has ended, whatever it is', async () => {
  const tasks = createPendingTasks();
  for (const { task, result } of [run(tasks), run(tasks, 'derive')]) {
    tasks.resolve({ type: 'task-failed', task });
    expect(await result).toMatchObject({ ok: false, code: 'internal' });
  }
});

test('ends a task without a generator, and ignores what comes later or twice', async () => {
  const tasks = createPendingTasks();
  const [first, second] = [run(tasks), run(tasks, 'read-fingerprint')];
  tasks.resolve({ type: 'checked', task: first.task, result: success(says(1)) });
  tasks.failSent();
  tasks.resolve({ type: 'checked', task: first.task, result: success(says(3)) });
  tasks.resolve({ type: 'checked', task: second.task, result: success(says(4)) });
  expect(await first.result).toEqual(success(says(1)));
  expect(await second.result).toMatchObject({ ok: false, code: 'generator_stopped' });
});

test('sends each task once, in their order, and keeps those for the next generator that this one has not got', async () => {
  const tasks = createPendingTasks();
  const { sent, send } = generatorOf(tasks);
  const lost = [add(tasks, 'read-fingerprint'), add(tasks, 'read-fingerprint')];
  send();
  send();
  const later = add(tasks, 'read-fingerprint');
  tasks.failSent();
  for (const { result } of lost) expect(await result).toMatchObject({ code: 'generator_stopped' });
  send();
  expect(sent).toEqual([...lost, later].map(({ task }) => task));
  tasks.resolve({ type: 'checked', task: later.task, result: success(says(5)) });
  expect(await later.result).toEqual(success(says(5)));
});

test('gives a task that may be repeated once more to the next generator, and to no third one', async () => {
  const tasks = createPendingTasks();
  const { sent, send } = generatorOf(tasks);
  const [answered, deadly, derived] = [add(tasks, 'check'), add(tasks, 'check'), add(tasks, 'derive')];
  send();
  tasks.failSent();
  expect(await derived.result).toMatchObject({ code: 'generator_stopped' });
  send();
  expect(sent).toEqual([answered.task, deadly.task, derived.task, answered.task, deadly.task]);
  tasks.resolve({ type: 'checked', task: answered.task, result: success(says(1)) });
  expect(await answered.result).toEqual(success(says(1)));
  tasks.failSent();
  expect(await deadly.result).toMatchObject({ code: 'generator_stopped' });
  send();
  expect(sent).toHaveLength(5);
});
