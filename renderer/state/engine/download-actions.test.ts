import { expect, test } from 'vitest';
import type { ErrorCode } from '../../../shared/domain/errors';
import { downloadButtons } from './download-actions';
import { download } from './test-status';

const failed = (code: ErrorCode) => download({ state: 'failed', failure: { code, message: 'It failed.' } });

test('a running download can be paused and cancelled, a paused one continued', () => {
  expect(downloadButtons(download(), true)).toEqual({ next: 'pause', others: ['cancel'] });
  expect(downloadButtons(download({ state: 'paused' }), true)).toEqual({
    next: 'resume',
    others: ['cancel'],
  });
});

test('a failed download can be retried, or replaced by another model if there is one', () => {
  expect(downloadButtons(failed('engine_unreachable'), true)).toEqual({
    next: 'retry',
    others: ['cancel', 'choose-other'],
  });
  expect(downloadButtons(failed('engine_unreachable'), false)).toEqual({ next: 'retry', others: ['cancel'] });
});

test('freeing space comes first on a full disk', () => {
  expect(downloadButtons(failed('engine_no_room'), false)).toEqual({
    next: 'free-space',
    others: ['cancel', 'retry'],
  });
  const paused = download({ state: 'paused', failure: { code: 'engine_disk_full', message: 'It is full.' } });
  expect(downloadButtons(paused, true)).toEqual({ next: 'free-space', others: ['cancel', 'resume'] });
});

test('a permanent failure offers another model if there is one', () => {
  expect(downloadButtons(failed('engine_file_gone'), true)).toEqual({
    next: 'choose-other',
    others: ['cancel', 'retry'],
  });
  expect(downloadButtons(failed('engine_file_gone'), false).next).toBe('retry');
});
