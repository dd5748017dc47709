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

test('keeps the place of the first window only, and what all windows share', () => {
  const { store } = createTestContext();
  onTestFinished(() => store.close());
  let isFirst = false;
  const noted = vi.fn(() => isFirst);
  const handlers = createViewStateHandlers({ store, notePlace: noted });
  const galleryPlace = { id: '01930000-0000-7000-8000-0000000000ab', offset: 3 };
  handlers['view-state:set']({ galleryPlace, sidebar: 'closed' }, Object(null));
  expect(noted).toHaveBeenCalledWith(undefined, { galleryPlace });
  expect(store.viewState.read()).toMatchObject({ galleryPlace: null, sidebar: 'closed' });
  isFirst = true;
  handlers['view-state:set']({ galleryPlace }, Object(null));
  expect(store.viewState.read()).toMatchObject({ galleryPlace });
});
