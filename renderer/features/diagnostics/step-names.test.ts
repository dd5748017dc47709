import { expect, test } from 'vitest';
import { nameOfTask } from './step-names';

test.each([
  ['Request chat:send', 'Request chat:send'],
  ['Generator: configure', 'Generator: configure'],
  ['Generator: Something without a name', 'Generator: Something without a name'],
  ['Settle', 'Settle'],
  ['no text of ours', 'no text of ours'],
])('the task %j is called %j', (task, name) => {
  expect(nameOfTask(task)).toBe(name);
});
