import { expect, test } from 'vitest';
import { useEngine } from '../state/engine/engine-store';
import { installed, status } from '../state/engine/test-status';
import { modelNameOf } from './model-name';

test('a model that was added to this computer has the name of its file', () => {
  const own = { provider: 'engine', model: 'mine' };
  expect(modelNameOf(own)).toBe('mine');
  useEngine.setState({ status: status({ installed: [installed({ id: 'mine', label: 'my-merge.gguf' })] }) });
  expect(modelNameOf(own)).toBe('my-merge.gguf');
  expect(modelNameOf({ provider: 'a-service', model: 'mine' })).toBe('mine');
  expect(modelNameOf({ provider: 'painter', model: 'painter-1' })).toBe('Offline sketch');
});
