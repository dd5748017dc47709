import { expect, test } from 'vitest';
import type { AppNotices, DataState } from '../../../shared/contract/app';
import { createNotices } from './notices';

function create() {
  const data: DataState = { notice: null, diskFull: false };
  const sent: AppNotices[] = [];
  return {
    data,
    sent,
    ...createNotices({ readData: () => data, onChange: (state) => void sent.push(state) }),
  };
}

test('shows each kind of problem once, the latest last', () => {
  const { add, state } = create();
  add({ kind: 'keys_unreadable', movedTo: 'keys.json.unreadable' });
  add({ kind: 'unexpected_error' });
  add({ kind: 'keys_unreadable', movedTo: 'keys.json.unreadable-2' });
  expect(state().problems).toEqual([
    { kind: 'unexpected_error' },
    { kind: 'keys_unreadable', movedTo: 'keys.json.unreadable-2' },
  ]);
});

test('sends every change with the state of the data', () => {
  const { data, sent, add, dismiss, refresh } = create();
  add({ kind: 'unexpected_error' });
  data.diskFull = true;
  refresh();
  dismiss('keys_unreadable');
  dismiss('unexpected_error');
  expect(sent.map(({ diskFull, problems }) => [diskFull, problems.length])).toEqual([
    [false, 1],
    [true, 1],
    [true, 1],
    [true, 0],
  ]);
});
