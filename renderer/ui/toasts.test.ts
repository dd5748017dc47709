import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { toast, useToasts } from './toasts';

beforeEach(() => useToasts.setState({ toasts: [] }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const shown = () => useToasts.getState().toasts.map(({ text }) => text);

/** A page of which a test says whether it is visible, and whether the pointer or the focus is in the notices. */
function createPage() {
  const page = { hidden: false, isTouched: false, querySelector: () => (page.isTouched ? {} : null) };
  vi.stubGlobal('document', page);
  vi.useFakeTimers();
  return page;
}

test('a problem and an offer stay longer than news', () => {
  createPage();
  toast('Saved');
  toast('The disk is full.', { tone: 'problem' });
  toast('Picture moved to Trash', { action: { label: 'Open', run() {} } });
  vi.advanceTimersByTime(4000);
  expect(shown()).toEqual(['The disk is full.', 'Picture moved to Trash']);
  vi.advanceTimersByTime(4000);
  expect(shown()).toEqual([]);
});

test.each([
  ['that is pointed at', { isTouched: true }],
  ['in a window that is not visible', { hidden: true }],
])('a notice %s stays', (_where, state) => {
  const page = createPage();
  toast('Saved');
  Object.assign(page, state);
  vi.advanceTimersByTime(60_000);
  expect(shown()).toEqual(['Saved']);
  Object.assign(page, { hidden: false, isTouched: false });
  vi.advanceTimersByTime(1000);
  expect(shown()).toEqual([]);
});

test('a notice of a view ends with it, and every other one stays', () => {
  const { show, leaveView } = useToasts.getState();
  show('Text copied', { isOfView: true });
  show('Picture moved to Trash', { action: { label: 'Undo', run() {} } });
  show('The disk is full.', { tone: 'problem' });
  leaveView();
  expect(shown()).toEqual(['Picture moved to Trash', 'The disk is full.']);
});
