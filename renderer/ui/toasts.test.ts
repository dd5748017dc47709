import { beforeEach, expect, test, vi } from 'vitest';
import { holdNotices, toast, useToasts } from './toasts';
import { useUndoStack } from './undo-stack';

beforeEach(() => useToasts.setState({ toasts: [] }));
beforeEach(() => {
  vi.useFakeTimers();
  return () => void vi.useRealTimers();
});

const shown = () => useToasts.getState().toasts.map(({ text }) => text);

test('problems and notices with actions stay longer', () => {
  toast('Saved');
  toast('The disk is full.', { tone: 'problem' });
  toast('Picture moved to Trash', { action: { label: 'Open', run() {} } });
  vi.advanceTimersByTime(4000);
  expect(shown()).toEqual(['The disk is full.', 'Picture moved to Trash']);
  vi.advanceTimersByTime(4000);
  expect(shown()).toEqual([]);
});

test('a notice that is being read stays', () => {
  let isBeingRead = true;
  holdNotices(() => isBeingRead);
  toast('Saved');
  vi.advanceTimersByTime(60_000);
  expect(shown()).toEqual(['Saved']);
  isBeingRead = false;
  vi.advanceTimersByTime(1000);
  expect(shown()).toEqual([]);
});

test('a notice of a view ends with it, and every other one stays', () => {
  const { show, enterView } = useToasts.getState();
  enterView('chat');
  show('Text copied', { ofView: 'current' });
  show('Picture moved to Trash', { action: { label: 'Open', run() {} } });
  show('The disk is full.', { tone: 'problem' });
  enterView('gallery');
  expect(shown()).toEqual(['Picture moved to Trash', 'The disk is full.']);
});

test('a notice of the view that is about to be shown ends with that one', () => {
  const { enterView } = useToasts.getState();
  enterView('settings');
  toast('Filter removed', { ofView: 'gallery' });
  enterView('gallery');
  expect(shown()).toEqual(['Filter removed']);
  enterView('gallery');
  expect(shown()).toEqual(['Filter removed']);
  enterView('chat');
  expect(shown()).toEqual([]);
});

test('a notice’s undo still works after its view was left', async () => {
  const { enterView } = useToasts.getState();
  const run = vi.fn();
  enterView('gallery');
  toast('Sorted', { ofView: 'current', undo: { run, undone: null, again: null } });
  enterView('chat');
  expect(shown()).toEqual([]);
  const [step] = useUndoStack.getState().undoables.slice(-1);
  if (!step) throw new Error('Nothing can be undone.');
  await useUndoStack.getState().undo(step);
  expect(run).toHaveBeenCalledOnce();
});

test('a lasting notice stays until it is dismissed, even among many others', () => {
  toast('The text was replaced.', { isLasting: true, undo: { run() {}, undone: null, again: null } });
  for (const text of ['one', 'two', 'three', 'four']) toast(text);
  expect(shown()).toEqual(['The text was replaced.', 'three', 'four']);
  vi.advanceTimersByTime(3_600_000);
  expect(shown()).toEqual(['The text was replaced.']);
  const [kept] = useToasts.getState().toasts;
  useToasts.getState().dismiss(kept?.id ?? -1);
  expect(shown()).toEqual([]);
});

test('keeps the order of steps although the clock was set back', () => {
  const undo = { run() {}, undone: null, again: null };
  toast('one', { undo });
  vi.setSystemTime(0);
  vi.advanceTimersByTime(1);
  toast('two', { undo });
  const [first, second] = useUndoStack.getState().undoables.slice(-2);
  expect(second?.at).toBeGreaterThan(first?.at ?? Number.POSITIVE_INFINITY);
});

test('a repeated notice replaces the earlier one, unless it has an action', () => {
  const options = [
    { ofView: 'current' as const },
    { tone: 'problem' as const },
    { action: { label: 'Open', run() {} } },
    { second: { label: 'Show', run() {} } },
  ];
  for (const each of options) {
    useToasts.setState({ toasts: [] });
    toast('Nothing left to undo', each);
    toast('Text copied');
    toast('Nothing left to undo', each);
    const offers = 'action' in each || 'second' in each;
    expect(shown()).toEqual([
      ...(offers ? ['Nothing left to undo'] : []),
      'Text copied',
      'Nothing left to undo',
    ]);
  }
});
