import { beforeEach, describe, expect, test } from 'vitest';
import { rememberModels } from '../../../shared/domain/listed-models';
import { findModelOf, resolutionsOf } from '../../../shared/domain/model-lookup';
import type { OfferedModel } from '../../../shared/domain/models';
import { useServiceDirectory } from '../../../shared/domain/service-directory';
import { builtInService, builtInServiceIds, newService } from '../../../shared/domain/services';
import { modelProblem } from './model-notice';

const mine = newService('mine', 'openrouter', 'My router');
const replicate = newService('rep', 'replicate', 'Replicate');

const picture = (id: string, changes: Partial<OfferedModel> = {}): OfferedModel => ({
  ...{ id, label: id, makes: 'pictures' },
  ...changes,
});

beforeEach(() => {
  useServiceDirectory([...builtInServiceIds.map(builtInService), mine, replicate]);
  for (const { id, kind } of [builtInService('openai'), builtInService('google'), mine, replicate]) {
    rememberModels(id, kind, []);
  }
});

const names = ['a\\b', 'a+b & c', '“quoted” name', '模型 一', 'модель', "it's", 'x/y:z@1'];

test.each(names)('a listed model is accepted, whatever its name: %s', (name) => {
  rememberModels('mine', 'openrouter', [picture('other'), picture(name)]);
  expect(modelProblem('mine', name)).toBeNull();
});

describe('a model that its service does not list', () => {
  test('is reported with the listed models and a replacement', () => {
    rememberModels('mine', 'openrouter', [picture('a'), picture('b'), { ...picture('talk'), makes: 'text' }]);
    expect(modelProblem('mine', 'google/gemini-nano-banana-2.1')).toEqual({
      isGone: true,
      title: 'My router does not list Nano Banana 2.1',
      text: 'It lists 2 models, such as a.',
      replacement: { id: 'a', label: 'a' },
    });
  });

  test('is reported with the limits of the list', () => {
    rememberModels('mine', 'openrouter', [
      { ...picture('a'), makes: null },
      { ...picture('b'), makes: null },
    ]);
    expect(modelProblem('mine', 'x')?.text).toBe(
      'It lists 2 models, and does not say which of them make pictures.',
    );
  });

  test('is reported with the only listed model', () => {
    rememberModels('mine', 'openrouter', [picture('a')]);
    expect(modelProblem('mine', 'x')?.text).toBe('It lists a.');
  });

  test('is replaced by one that needs no reference picture, if there is one', () => {
    const changer = picture('changer', { needsReference: true });
    rememberModels('mine', 'openrouter', [changer, picture('maker')]);
    expect(modelProblem('mine', 'x')?.replacement?.id).toBe('maker');
    rememberModels('mine', 'openrouter', [changer]);
    expect(modelProblem('mine', 'x')?.replacement?.id).toBe('changer');
  });

  test('is replaced by its successor if that is listed', () => {
    rememberModels('openai', 'openai', [picture('gpt-image-1.5'), picture('gpt-image-2')]);
    expect(modelProblem('openai', 'gpt-image-1')?.replacement?.id).toBe('gpt-image-2');
  });

  test('is not a problem before the list was read, or if the list is incomplete', () => {
    expect(modelProblem('mine', 'x')).toBeNull();
    rememberModels('rep', 'replicate', [picture('a')]);
    expect(modelProblem('rep', 'x')).toBeNull();
  });
});

describe('the list takes precedence over the catalogue', () => {
  test('a listed model is not shut down', () => {
    expect(modelProblem('openai', 'gpt-image-1')).toMatchObject({ isGone: true });
    rememberModels('openai', 'openai', [picture('gpt-image-1')]);
    expect(modelProblem('openai', 'gpt-image-1')).toBeNull();
  });

  test('a model works until the listed day', () => {
    rememberModels('openai', 'openai', [
      picture('gpt-image-2', { shutsDownOn: '2027-03-01' }),
      picture('gpt-image-3'),
    ]);
    expect(findModelOf('openai', 'gpt-image-2')?.life).toEqual({
      ...{ state: 'deprecated', until: '2027-03-01', replacement: 'gpt-image-3' },
    });
    expect(modelProblem('openai', 'gpt-image-2')).toMatchObject({
      isGone: false,
      title: 'GPT Image 2 will be shut down on 1 March 2027.',
      replacement: { id: 'gpt-image-3' },
    });
  });

  test('the same is true of a model that the catalogue does not know', () => {
    rememberModels('mine', 'openrouter', [picture('x', { shutsDownOn: '2027-03-01' }), picture('y')]);
    expect(modelProblem('mine', 'x')).toMatchObject({
      title: 'x will be shut down on 1 March 2027',
      replacement: { id: 'y' },
    });
  });

  test('its limits apply to the model', () => {
    const limits = { resolutions: ['2K', '1K'], references: 3 } as const;
    rememberModels('google', 'google', [
      picture('gemini-nano-banana-2.1', { ...limits, resolutions: [...limits.resolutions] }),
    ]);
    expect(findModelOf('google', 'gemini-nano-banana-2.1')?.references).toBe(3);
    expect(resolutionsOf('google', 'gemini-nano-banana-2.1')).toEqual(['1K', '2K']);
  });
});
