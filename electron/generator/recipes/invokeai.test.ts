import { describe, expect, test } from 'vitest';
import { readRecipe } from './read-recipe';
import { withText } from './test-recipes';

describe('reading a recipe of InvokeAI', () => {
  test('in its current form', () => {
    // https://invoke-ai.github.io/InvokeAI-7/development/architecture/media-metadata/
    const record = {
      generation_mode: 'txt2img',
      positive_prompt: 'a red fox',
      negative_prompt: 'blurry',
      width: 512,
      height: 768,
      seed: 1_234,
      steps: 30,
      scheduler: 'euler',
      model: { key: 'abc', name: 'stable-diffusion-v1-5', base: 'sd-1' },
      app_version: '4.2.0',
    };
    expect(readRecipe(withText('invokeai_metadata', JSON.stringify(record)), 'png')).toEqual({
      source: 'invokeai',
      prompt: 'a red fox',
      negativePrompt: 'blurry',
      seed: 1_234,
      model: 'stable-diffusion-v1-5',
      width: 512,
      height: 768,
      steps: 30,
      scheduler: 'euler',
      rest: 'generation_mode: txt2img\napp_version: 4.2.0',
    });
  });

  test('in the form of version 2', () => {
    const record = {
      model: 'stable diffusion',
      model_weights: 'stable-diffusion-1.5',
      app_id: 'invoke-ai/InvokeAI',
      image: {
        prompt: [{ prompt: 'a red fox [blurry] at dawn [low quality]', weight: 1 }],
        steps: 50,
        seed: 42,
        width: 512,
        height: 512,
        sampler: 'k_lms',
      },
    };
    expect(readRecipe(withText('sd-metadata', JSON.stringify(record)), 'png')).toEqual({
      source: 'invokeai',
      prompt: 'a red fox at dawn',
      negativePrompt: 'blurry, low quality',
      seed: 42,
      model: 'stable-diffusion-1.5',
      width: 512,
      height: 512,
      steps: 50,
      sampler: 'k_lms',
    });
  });
});
