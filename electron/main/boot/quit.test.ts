import { expect, test } from 'vitest';
import { createUnsavedPictures } from '../generation/unsaved-pictures';
import { createQuit } from './quit';

/** An app in which the pictures of these jobs have arrived and are not saved. */
function appWith(...jobs: string[]) {
  const unsavedPictures = createUnsavedPictures();
  for (const job of jobs) unsavedPictures.add(job);
  const calls: string[] = [];
  const timers: { milliseconds: number; work: () => void }[] = [];
  const quit = createQuit({
    ...unsavedPictures,
    closeQueue: () => void calls.push('closeQueue'),
    hideWindows: () => void calls.push('hideWindows'),
    after: (milliseconds, work) => void timers.push({ milliseconds, work }),
    quit: () => void calls.push('quit'),
  });
  return { unsavedPictures, calls, timers, quit };
}

/** Lets every promise that can continue do so. */
const settled = () => new Promise(setImmediate);

test('quits at once if every picture is saved', () => {
  const { quit, calls } = appWith();
  expect(quit.isQuitting()).toBe(false);
  expect(quit.mayQuit()).toBe(true);
  expect(calls).toEqual(['closeQueue']);
});

test('hides the windows at once and quits once when the last picture is saved', async () => {
  const { unsavedPictures, quit, calls, timers } = appWith('a', 'b');
  expect(quit.mayQuit()).toBe(false);
  expect(quit.isQuitting()).toBe(true);
  unsavedPictures.remove('a');
  await settled();
  expect(calls).toEqual(['closeQueue', 'hideWindows']);
  unsavedPictures.remove('b');
  await settled();
  timers[0]?.work();
  expect(calls).toEqual(['closeQueue', 'hideWindows', 'quit']);
  expect(quit.mayQuit()).toBe(true);
});

test('quits after five seconds even if a picture is not saved', () => {
  const { quit, calls, timers } = appWith('a');
  quit.mayQuit();
  expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([5000]);
  timers[0]?.work();
  expect(calls.at(-1)).toBe('quit');
});

test('quits at once when asked a second time', () => {
  const { quit } = appWith('a');
  expect([quit.mayQuit(), quit.mayQuit()]).toEqual([false, true]);
});
