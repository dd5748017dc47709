import { beforeEach, expect, test } from 'vitest';
import { useToasts } from './toasts';

beforeEach(() => useToasts.setState({ toasts: [] }));

test('a notice of a view ends with it, and every other one stays', () => {
  const { show, leaveView } = useToasts.getState();
  show('Text copied', { isOfView: true });
  show('Picture moved to Trash', { action: { label: 'Undo', run() {} } });
  show('The disk is full.', { tone: 'problem' });
  leaveView();
  expect(useToasts.getState().toasts.map(({ text }) => text)).toEqual([
    'Picture moved to Trash',
    'The disk is full.',
  ]);
});
