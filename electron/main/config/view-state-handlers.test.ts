import { expect, onTestFinished, test, vi } from 'vitest';
import { createTestContext } from '../test-support/test-context';
import { createViewStateHandlers } from './view-state-handlers';

test('saves view state without a flush to disk', () => {
  const { store } = createTestContext();
  onTestFinished(() => store.close());
  const write = vi.spyOn(store.viewState, 'write').mockImplementation(() => {
    expect(store.synchronous()).toBe('NORMAL');
  });
  const handlers = createViewStateHandlers({ store, notePlace: () => true });
  expect(handlers['view-state:set']({ sidebar: 'closed' }, Object(null))).toMatchObject({ ok: true });
  expect(write).toHaveBeenCalledWith({ sidebar: 'closed' });
});
