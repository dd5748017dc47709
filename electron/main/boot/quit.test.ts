import { expect, test } from 'vitest';
import { createUnsavedWork } from '../generation/unsaved-work';
import { createQuit } from './quit';

/** An app in which these are not saved. */
function appWith(...names: string[]) {
  const unsavedWork = createUnsavedWork();
  for (const name of names) unsavedWork.add(name);
  const calls: string[] = [];
  const timers: { milliseconds: number; work: () => void }[] = [];
  const quit = createQuit({
    ...unsavedWork,
    closeQueue: () => void calls.push('closeQueue'),
    hideWindows: () => void calls.push('hideWindows'),
    after: (milliseconds, work) => void timers.push({ milliseconds, work }),
    quit: () => void calls.push('quit'),
  });
  return { unsavedWork, calls, timers, quit };
}

/** Lets every promise that can continue do so. */
const settled = () => new Promise(setImmediate);

test('quits and ends at once if everything is saved', () => {
  const { quit, calls } = appWith();
  expect([quit.mayQuit(), quit.mayEnd()]).toEqual([true, true]);
  expect(calls).toEqual(['closeQueue']);
});

test('hides the windows at once and quits once when the last thing is saved', async () => {
  const { unsavedWork, quit, calls, timers } = appWith('a', 'b');
  expect(quit.mayQuit()).toBe(false);
  unsavedWork.remove('a');
  await settled();
  expect(calls).toEqual(['closeQueue', 'hideWindows']);
  unsavedWork.remove('b');
  await settled();
  timers[0]?.work();
  expect(calls).toEqual(['closeQueue', 'hideWindows', 'quit']);
  expect([quit.mayQuit(), quit.mayEnd()]).toEqual([true, true]);
});

test('quits after five seconds even if something is not saved, and does not wait again', () => {
  const { quit, calls, timers } = appWith('a');
  quit.mayQuit();
  expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([5000]);
  timers[0]?.work();
  expect(calls.at(-1)).toBe('quit');
  expect([quit.mayQuit(), quit.mayEnd()]).toEqual([true, true]);
});

test('quits at once when asked a second time', () => {
  const { quit } = appWith('a');
  expect([quit.mayQuit(), quit.mayQuit()]).toEqual([false, true]);
});

test('waits for what the pages send while their windows close', async () => {
  const { unsavedWork, quit, calls } = appWith();
  expect(quit.mayQuit()).toBe(true);
  unsavedWork.add('a draft');
  expect(quit.mayEnd()).toBe(false);
  await settled();
  expect(calls).not.toContain('quit');
  unsavedWork.remove('a draft');
  await settled();
  expect(calls.at(-1)).toBe('quit');
  expect([quit.mayQuit(), quit.mayEnd()]).toEqual([true, true]);
});

test('ends at once when asked a second time after the windows are closed', () => {
  const { unsavedWork, quit } = appWith();
  quit.mayQuit();
  unsavedWork.add('a draft');
  expect([quit.mayEnd(), quit.mayEnd()]).toEqual([false, true]);
});
