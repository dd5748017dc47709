import { expect, test } from 'vitest';
import { createUnsavedPictures } from '../generation/unsaved-pictures';
import { createQuit } from './quit';

/** The end of an app in which these pictures have arrived. */
function appWith(...jobs: string[]) {
  const arrivals = createUnsavedPictures();
  for (const job of jobs) arrivals.add(job);
  const heard: string[] = [];
  const timers: { milliseconds: number; work: () => void }[] = [];
  const quit = createQuit({
    ...arrivals,
    stopBeginning: () => void heard.push('begins nothing'),
    hideWindows: () => void heard.push('hidden'),
    after: (milliseconds, work) => void timers.push({ milliseconds, work }),
    quit: () => void heard.push('quits'),
  });
  return { arrivals, heard, timers, quit };
}

/** Lets every promise that can go on do so. */
const settled = () => new Promise(setImmediate);

test('with nothing to keep it goes at once', () => {
  const { quit, heard } = appWith();
  expect(quit.isAsked()).toBe(false);
  expect(quit.mayGo()).toBe(true);
  expect(heard).toEqual(['begins nothing']);
});

test('the windows go at once, the app when the last picture is kept, once', async () => {
  const { arrivals, quit, heard, timers } = appWith('a', 'b');
  expect(quit.mayGo()).toBe(false);
  expect(quit.isAsked()).toBe(true);
  arrivals.end('a');
  await settled();
  expect(heard).toEqual(['begins nothing', 'hidden']);
  arrivals.end('b');
  await settled();
  timers[0]?.work();
  expect(heard).toEqual(['begins nothing', 'hidden', 'quits']);
  expect(quit.mayGo()).toBe(true);
});

test('after five seconds it goes, kept or not', () => {
  const { quit, heard, timers } = appWith('a');
  quit.mayGo();
  expect(timers.map(({ milliseconds }) => milliseconds)).toEqual([5000]);
  timers[0]?.work();
  expect(heard.at(-1)).toBe('quits');
});

test('asked a second time it goes at once', () => {
  const { quit } = appWith('a');
  expect([quit.mayGo(), quit.mayGo()]).toEqual([false, true]);
});
