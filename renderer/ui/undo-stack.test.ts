import { beforeEach, expect, test, vi } from 'vitest';
import { endNoticesOf, redoNewest, type Toast, toast, undoNewest, useToasts } from './toasts';
import { useUndoStack } from './undo-stack';

const done: string[] = [];

/** Deletes something. Like most undo steps, its undo shows no notice of its own. */
function remove(name: string, run: () => unknown = () => done.push(`${name} back`)): void {
  toast(`${name} deleted`, { undo: { run, undone: `${name} is back`, again: () => remove(name, run) } });
}

/** Moves something in or out. Each direction undoes the other. */
function move(name: string, isIn: boolean): void {
  done.push(`${name} ${isIn ? 'in' : 'out'}`);
  toast(`${name} ${isIn ? 'added' : 'removed'}`, {
    undo: { run: () => Promise.resolve().then(() => move(name, !isIn)), undone: null, again: null },
  });
}

/** Presses the button of a notice, as Toasts.tsx does. */
async function press(shown: Toast | undefined): Promise<void> {
  shown?.action?.run();
  if (shown) useToasts.getState().dismiss(shown.id);
  await settled();
}

const settled = () => vi.advanceTimersByTimeAsync(1);
const notices = () => useToasts.getState().toasts;
const labels = () => notices().map(({ text, action }) => (action ? `${text} [${action.label}]` : text));

async function undo(): Promise<boolean> {
  const isUndone = undoNewest();
  await settled();
  return isUndone;
}

async function redo(): Promise<boolean> {
  const isRedone = redoNewest();
  await settled();
  return isRedone;
}

beforeEach(() => {
  vi.useFakeTimers();
  done.length = 0;
  useUndoStack.setState({ undoables: [], redoables: [] });
  useToasts.setState({ toasts: [] });
  return () => void vi.useRealTimers();
});

test('undoes the newest step first, each once, and reports the result', async () => {
  remove('fox');
  remove('whale');
  expect(await undo()).toBe(true);
  expect(labels()).toEqual(['fox deleted [Undo]', 'whale is back [Redo]']);
  expect(await undo()).toBe(true);
  expect(await undo()).toBe(false);
  expect(labels()).toEqual(['whale is back [Redo]', 'fox is back [Redo]']);
  expect(done).toEqual(['whale back', 'fox back']);
});

test('undoes a step of the session, however long ago it was', async () => {
  remove('fox');
  vi.advanceTimersByTime(5 * 3_600_000);
  expect(labels()).toEqual([]);
  expect(await undo()).toBe(true);
  expect(done).toEqual(['fox back']);
});

test('the button of a notice and the key undo the same thing once', async () => {
  remove('fox');
  await press(notices()[0]);
  expect(labels()).toEqual([]);
  expect(await undo()).toBe(false);
  expect(done).toEqual(['fox back']);
});

test('keeps the last hundred steps', async () => {
  for (let count = 1; count <= 102; count += 1) remove(`picture ${count}`);
  while (await undo());
  expect(done).toHaveLength(100);
  expect(done.at(-1)).toBe('picture 3 back');
});

test.each(['key', 'button'])('redoes by the %s what was undone, and offers to undo that', async (way) => {
  remove('fox');
  await undo();
  if (way === 'key') expect(await redo()).toBe(true);
  else await press(notices()[0]);
  expect(labels()).toEqual(['fox deleted [Undo]']);
  expect(await redo()).toBe(false);
  expect(await undo()).toBe(true);
  expect(done).toEqual(['fox back', 'fox back']);
});

test.each(['key', 'button'])('redoes by the %s an undo that showed its own notice', async (way) => {
  move('fox', true);
  await undo();
  expect(labels()).toEqual(['fox removed [Redo]']);
  // Redo itself is no step: the next key goes on to what was before.
  expect(await undo()).toBe(false);
  if (way === 'key') await redo();
  else await press(notices()[0]);
  expect(done).toEqual(['fox in', 'fox out', 'fox in']);
  expect(labels()).toEqual(['fox added [Undo]']);
  await undo();
  expect(done.at(-1)).toBe('fox out');
});

test('redoes steps in their original order', async () => {
  for (const name of ['one', 'two', 'three']) move(name, true);
  for (let count = 0; count < 3; count += 1) await undo();
  for (let count = 0; count < 3; count += 1) await redo();
  expect(done.slice(-3)).toEqual(['one in', 'two in', 'three in']);
});

test('a new step after an undo clears the redo steps', async () => {
  remove('fox');
  await undo();
  remove('whale');
  expect(await redo()).toBe(false);
  expect(await undo()).toBe(true);
  expect(done).toEqual(['fox back', 'whale back']);
});

test.each([
  ['says so', () => toast('The fox is gone for good', { tone: 'problem' })],
  ['says so later', () => Promise.resolve().then(() => toast('Gone', { tone: 'problem' }))],
])('an undo that fails and %s is neither reported as done nor redone', async (_, run) => {
  remove('fox', run);
  await undo();
  expect(labels()).toHaveLength(1);
  expect(labels()[0]).toMatch(/^(Gone|The fox is gone for good)$/);
  expect(await redo()).toBe(false);
});

test('a redo that fails offers nothing to undo', async () => {
  const again = () => toast('The disk is full', { tone: 'problem' });
  toast('fox deleted', { undo: { run() {}, undone: 'fox is back', again } });
  await undo();
  await redo();
  expect(labels()).toEqual(['The disk is full']);
  expect(await undo()).toBe(false);
});

test('a failed undo does not block the later ones', async () => {
  remove('fox', () => Promise.reject(new Error('no connection')));
  const [failing] = useUndoStack.getState().undoables;
  if (failing) await expect(useUndoStack.getState().undo(failing)).rejects.toThrow();
  remove('whale');
  expect(await undo()).toBe(true);
  expect(done).toEqual(['whale back']);
});

test('actions without an undo are not undone', async () => {
  toast('The recipe is in the composer', { action: { label: 'Show', run: () => done.push('shown') } });
  expect(await undo()).toBe(false);
  await press(notices()[0]);
  expect(done).toEqual(['shown']);
});

test('a step whose items have changed again is no longer reported, undone or redone', async () => {
  const removeAll = (...about: string[]) =>
    toast(`${about.join()} deleted`, {
      about,
      undo: { run: () => done.push(...about), undone: `${about.join()} back`, again: () => {} },
    });
  removeAll('fox');
  removeAll('owl', 'whale');
  endNoticesOf(['fox', 'owl']);
  expect(labels()).toEqual(['owl,whale deleted [Undo]']);
  await undo();
  endNoticesOf(['owl', 'whale', 'style']);
  expect(labels()).toEqual([]);
  expect(await undo()).toBe(false);
  expect(await redo()).toBe(false);
  expect(done).toEqual(['owl', 'whale']);
});
