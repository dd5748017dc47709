import { beforeEach, expect, test, vi } from 'vitest';
import { endNoticesOf, type Toast, toast, undoNewest, useToasts } from './toasts';
import { maxUndoAgeMs, newestUndoable, useUndoStack } from './undo-stack';

const done: string[] = [];

function offerUndo(name: string, run: () => unknown = () => done.push(name)): void {
  toast(`${name} deleted`, { action: { label: 'Undo', run } });
}

/** Presses the button of a notice, as Toasts.tsx does. */
function press(shown: Toast | undefined): void {
  shown?.action?.run();
  if (shown) useToasts.getState().dismiss(shown.id);
}

const labels = () => useToasts.getState().toasts.map(({ text }) => text);

beforeEach(() => {
  vi.useFakeTimers();
  done.length = 0;
  useUndoStack.setState({ undoables: [] });
  useToasts.setState({ toasts: [] });
  return () => void vi.useRealTimers();
});

test('undoes the newest first, each once, and dismisses its notice', () => {
  offerUndo('fox');
  offerUndo('whale');
  expect(undoNewest()).toBe(true);
  expect(done).toEqual(['whale']);
  expect(labels()).toEqual(['fox deleted']);
  expect(undoNewest()).toBe(true);
  expect(undoNewest()).toBe(false);
  expect(done).toEqual(['whale', 'fox']);
});

test('undoes after the notice has gone, and not after ten minutes', () => {
  offerUndo('fox');
  vi.advanceTimersByTime(60_000);
  expect(labels()).toEqual([]);
  expect(undoNewest()).toBe(true);
  expect(done).toEqual(['fox']);

  offerUndo('whale');
  vi.advanceTimersByTime(maxUndoAgeMs + 1);
  expect(undoNewest()).toBe(false);
  expect(done).toEqual(['fox']);
});

test('the button of a notice and the key undo the same thing once', () => {
  offerUndo('fox');
  press(useToasts.getState().toasts[0]);
  expect(undoNewest()).toBe(false);
  expect(done).toEqual(['fox']);
});

test('keeps the last ten', () => {
  for (let count = 1; count <= 12; count += 1) offerUndo(`picture ${count}`);
  while (undoNewest());
  expect(done).toHaveLength(10);
  expect(done.at(-1)).toBe('picture 3');
});

test('what undoing reports is not undone by the next key, and its own button works', async () => {
  offerUndo('fox');
  // Undoing a removal adds, and offers to undo that.
  offerUndo('whale', async () => {
    await Promise.resolve();
    offerUndo('whale added');
  });
  undoNewest();
  await vi.advanceTimersByTimeAsync(1);
  expect(labels()).toEqual(['fox deleted', 'Undone: whale deleted']);
  expect(useToasts.getState().toasts[1]?.action?.label).toBe('Redo');
  undoNewest();
  expect(done).toEqual(['fox']);
  press(useToasts.getState().toasts[0]);
  expect(done).toEqual(['fox', 'whale added']);
});

test('says what the key has undone, in the words of what happened', async () => {
  offerUndo('fox');
  toast('whale deleted. The chat goes on', {
    done: 'whale deleted',
    action: { label: 'Undo', run: () => Promise.resolve() },
  });
  undoNewest();
  await vi.advanceTimersByTimeAsync(1);
  expect(labels()).toEqual(['fox deleted', 'Undone: whale deleted']);
  undoNewest();
  await vi.advanceTimersByTimeAsync(1);
  expect(labels()).toEqual(['Undone: whale deleted', 'Undone: fox deleted']);
});

test('an undo that fails and says so is not reported as done', async () => {
  offerUndo('fox', async () => {
    await Promise.resolve();
    toast('The fox is gone for good', { tone: 'problem' });
  });
  undoNewest();
  await vi.advanceTimersByTimeAsync(1);
  expect(labels()).toEqual(['The fox is gone for good']);
});

test('the button beside the words of a notice undoes without another notice', async () => {
  offerUndo('fox');
  press(useToasts.getState().toasts[0]);
  await vi.advanceTimersByTimeAsync(1);
  expect(labels()).toEqual([]);
});

test('a failed undo does not block the later ones', async () => {
  offerUndo('fox', () => Promise.reject(new Error('no connection')));
  const { undoables, undo } = useUndoStack.getState();
  const [failing] = undoables;
  if (failing) await expect(undo(failing)).rejects.toThrow();
  offerUndo('whale');
  expect(undoNewest()).toBe(true);
  expect(done).toEqual(['whale']);
});

test('actions with another label are not undone', () => {
  toast('The recipe is in the composer', { action: { label: 'Show', run: () => done.push('shown') } });
  expect(undoNewest()).toBe(false);
  press(useToasts.getState().toasts[0]);
  expect(done).toEqual(['shown']);
});

test('a clock that was set back makes nothing too old', () => {
  const undoable = { text: '', run: () => {}, at: 5_000_000, dismiss: () => {} };
  expect(newestUndoable([undoable], 0)).toBe(undoable);
  expect(newestUndoable([undoable], 5_000_000 + maxUndoAgeMs + 1)).toBeUndefined();
  expect(newestUndoable([], 0)).toBeUndefined();
});

test('what has changed again is neither reported nor undone any more', () => {
  const remove = (...about: string[]) =>
    toast(`${about.join()} deleted`, { about, action: { label: 'Undo', run: () => done.push(...about) } });
  remove('fox');
  remove('owl', 'whale');
  endNoticesOf(['fox', 'owl']);
  expect(labels()).toEqual(['owl,whale deleted']);
  offerUndo('style');
  endNoticesOf(['owl', 'whale', 'style']);
  expect(labels()).toEqual(['style deleted']);
  expect(undoNewest()).toBe(true);
  expect(undoNewest()).toBe(false);
  expect(done).toEqual(['style']);
});
