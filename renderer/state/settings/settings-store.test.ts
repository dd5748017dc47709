import { expect, test } from 'vitest';
import type { NumberedProvider } from '../../../shared/contract/services';
import { defaultSettings } from '../../../shared/domain/settings';
import { useSettings } from './settings-store';

const provider = (id: string, revision: number): NumberedProvider => ({
  ...{ id, reason: 'settings', pictureModel: 'current', textModel: null, revision },
});

test('keeps the newest provider, in whatever order replies and events arrive', () => {
  const { receiveProvider } = useSettings.getState();
  useSettings.setState({ settings: defaultSettings, provider: provider('painter', 1) });
  receiveProvider(provider('openai', 3));
  receiveProvider(provider('painter', 2));
  expect(useSettings.getState().provider.id).toBe('openai');
  receiveProvider(provider('google', 4));
  expect(useSettings.getState().provider.id).toBe('google');
});
