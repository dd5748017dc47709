import { beforeEach, expect, test } from 'vitest';
import { modelsOfService } from './default-models';
import { rememberModels, useLists } from './listed-models';
import type { OfferedModel } from './models';

beforeEach(() => useLists([]));

const model = (id: string, makes: OfferedModel['makes']): OfferedModel => ({ id, label: id, makes });
const service = { id: 'mine', pictureModel: null, textModel: null };

test('a user’s own server without the default models uses the first listed ones', () => {
  const compatible = { ...service, kind: 'openai-compatible' } as const;
  expect(modelsOfService(compatible)).toEqual({ pictureModel: 'gpt-image-2', textModel: 'gpt-5.4-mini' });
  const list = [model('gpt-4o-mini', 'text'), model('other', null), model('gpt-image-1', 'pictures')];
  rememberModels('mine', 'openai-compatible', list);
  expect(modelsOfService(compatible)).toEqual({ pictureModel: 'gpt-image-1', textModel: 'gpt-4o-mini' });
  const chosen = { ...compatible, pictureModel: 'a', textModel: 'b' };
  expect(modelsOfService(chosen)).toEqual({ pictureModel: 'a', textModel: 'b' });
});

test('keeps listed default models, and has no text model if the default one is not listed', () => {
  const compatible = { ...service, kind: 'openai-compatible' } as const;
  const usual = [
    model('a', 'text'),
    model('gpt-5.4-mini', 'text'),
    model('b', 'pictures'),
    model('gpt-image-2', 'pictures'),
  ];
  rememberModels('mine', 'openai-compatible', usual);
  expect(modelsOfService(compatible)).toEqual({ pictureModel: 'gpt-image-2', textModel: 'gpt-5.4-mini' });
  rememberModels('mine', 'openai-compatible', [model('sdxl', 'pictures')]);
  expect(modelsOfService(compatible)).toEqual({ pictureModel: 'sdxl', textModel: null });
  expect(modelsOfService({ ...compatible, textModel: 'b' })).toEqual({
    pictureModel: 'sdxl',
    textModel: 'b',
  });
  rememberModels('mine', 'openai-compatible', [model('llama', 'text')]);
  expect(modelsOfService(compatible)).toEqual({ pictureModel: 'gpt-image-2', textModel: 'llama' });
});

test('an engine on this computer uses an installed text model', () => {
  const ollama = { ...service, kind: 'ollama' } as const;
  expect(modelsOfService(ollama).textModel).toBe('qwen3:4b');
  rememberModels('mine', 'ollama', [model('x/z-image-turbo', 'pictures'), model('gemma3:4b', null)]);
  expect(modelsOfService(ollama).textModel).toBe('gemma3:4b');
  rememberModels('mine', 'ollama', [model('x/z-image-turbo', 'pictures')]);
  expect(modelsOfService(ollama).textModel).toBeNull();
});

test('engines and services with known models ignore lists', () => {
  rememberModels('mine', 'automatic1111', [model('sdxl', 'pictures')]);
  expect(modelsOfService({ ...service, kind: 'automatic1111', textModel: 'b' })).toEqual({
    pictureModel: 'current',
    textModel: null,
  });
});
