import { beforeEach, expect, test } from 'vitest';
import { createLongTasks, type LongTasks } from './long-tasks';

let time: number;
let reports: [string, number, boolean][];
let tasks: LongTasks;

beforeEach(() => {
  time = 0;
  reports = [];
  tasks = createLongTasks(
    () => time,
    (...report) => void reports.push(report),
  );
});

function run(name: string, milliseconds: number): void {
  tasks.measure(name, () => {
    time += milliseconds;
  });
}

test('records tasks of more than 8 ms by name, longest first', () => {
  run('short', 8);
  run('search', 9);
  run('search', 30);
  run('search', 12);
  run('costs', 20.5);
  expect(tasks.summary()).toEqual([
    { name: 'search', count: 3, worst: 30, last: 12 },
    { name: 'costs', count: 1, worst: 20.5, last: 20.5 },
  ]);
});

test('allows logging each name once a minute', () => {
  run('search', 10);
  run('search', 10);
  run('costs', 10);
  time += 60_000;
  run('search', 11);
  run('search', 12);
  expect(reports).toEqual([
    ['search', 10, true],
    ['search', 10, false],
    ['costs', 10, true],
    ['search', 11, true],
    ['search', 12, false],
  ]);
});

test('passes on results and errors, and measures both', () => {
  expect(tasks.measure('value', () => 7)).toBe(7);
  const fail = () => {
    time += 9;
    throw new Error('no further');
  };
  expect(() => tasks.measure('failure', fail)).toThrow('no further');
  expect(tasks.summary()).toMatchObject([{ name: 'failure', worst: 9 }]);
});

test('returns the longest task since the last call', () => {
  run('a', 3);
  run('b', 5);
  run('c', 4);
  expect(tasks.takeLongest()).toBe(5);
  expect(tasks.takeLongest()).toBe(0);
});
