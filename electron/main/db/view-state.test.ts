import { expect, onTestFinished, test } from 'vitest';
import { defaultViewState } from '../../../shared/domain/view-state';
import { createTestContext } from '../test-support/test-context';

test('keeps view state apart from the settings', () => {
  const { store } = createTestContext();
  onTestFinished(() => store.close());
  const settings = store.settings.read();
  store.batch(() => store.viewState.write({ sidebar: 'closed' }));
  expect(store.viewState.read()).toEqual({ ...defaultViewState, sidebar: 'closed' });
  expect(store.settings.read()).toEqual(settings);
});
