import { expect, test } from 'vitest';
import { downloadButtons } from './download-actions';
import { download } from './test-status';

const failed = (code: 'disk_full' | 'unreachable') =>
  download({ state: 'failed', failure: { code, message: 'It failed.' } });

test('a running download can be paused and cancelled, a paused one continued', () => {
  expect(downloadButtons(download(), true)).toEqual({ next: 'pause', others: ['cancel'] });
  expect(downloadButtons(download({ state: 'paused' }), true)).toEqual({
    next: 'resume',
    others: ['cancel'],
  });
});

test('a failed download is tried again, or another model is chosen where there is one', () => {
  expect(downloadButtons(failed('unreachable'), true)).toEqual({
    next: 'retry',
    others: ['cancel', 'choose-other'],
  });
  expect(downloadButtons(failed('unreachable'), false)).toEqual({ next: 'retry', others: ['cancel'] });
});

test('a full disk is freed first', () => {
  expect(downloadButtons(failed('disk_full'), false)).toEqual({
    next: 'free-space',
    others: ['cancel', 'retry'],
  });
  const paused = download({ state: 'paused', failure: { code: 'disk_full', message: 'It is full.' } });
  expect(downloadButtons(paused, true)).toEqual({ next: 'free-space', others: ['cancel', 'resume'] });
});
