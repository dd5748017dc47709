import { describe, expect, test } from 'vitest';
import { readRecipe } from './read-recipe';
import { withText } from './test-recipes';

// https://github.com/comfyanonymous/ComfyUI/blob/master/script_examples/basic_api_example.py
const graph = {
  '3': {
    class_type: 'KSampler',
    inputs: {
      seed: 8_566_257,
      steps: 20,
      cfg: 8,
      sampler_name: 'euler',
      scheduler: 'normal',
      denoise: 1,
      model: ['10', 0],
      positive: ['11', 0],
      negative: ['7', 0],
      latent_image: ['5', 0],
    },
  },
  '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'v1-5-pruned.safetensors' } },
  '5': { class_type: 'EmptyLatentImage', inputs: { batch_size: 1, height: 512, width: 768 } },
  '6': { class_type: 'CLIPTextEncode', inputs: { clip: ['4', 1], text: ['12', 0] } },
  '7': { class_type: 'CLIPTextEncode', inputs: { clip: ['4', 1], text: 'bad hands' } },
  '8': { class_type: 'VAEDecode', inputs: { samples: ['3', 0], vae: ['4', 2] }, is_changed: [0] },
  '10': { class_type: 'LoraLoader', inputs: { lora_name: 'x', model: ['4', 0], clip: ['4', 1] } },
  '11': { class_type: 'ConditioningSetArea', inputs: { conditioning: ['6', 0] } },
  '12': { class_type: 'PrimitiveString', inputs: { value: 'a "red" fox' } },
};

describe('reading a recipe of ComfyUI', () => {
  const expected = {
    source: 'comfyui',
    prompt: 'a "red" fox',
    negativePrompt: 'bad hands',
    seed: 8_566_257,
    model: 'v1-5-pruned.safetensors',
    width: 768,
    height: 512,
    steps: 20,
    guidance: 8,
    sampler: 'euler',
    scheduler: 'normal',
    loras: [{ name: 'x' }],
  };

  test('by following its graph from the sampler to the text, past nodes in between', () => {
    expect(readRecipe(withText('prompt', JSON.stringify(graph)), 'png')).toEqual(expected);
  });

  test('with Python’s NaN, which is not JSON, and with NaN within a text', () => {
    const text = JSON.stringify(graph).replace('[0]', '[NaN]').replace('bad hands', 'NaN, -Infinity');
    expect(readRecipe(withText('prompt', text), 'png')).toEqual({
      ...expected,
      negativePrompt: 'NaN, -Infinity',
    });
  });

  test('from an advanced sampler, whose noise and guider are separate nodes', () => {
    const advanced = {
      '1': {
        class_type: 'SamplerCustomAdvanced',
        inputs: { noise: ['2', 0], guider: ['3', 0], sampler: ['9', 0], latent_image: ['6', 0] },
      },
      '2': { class_type: 'RandomNoise', inputs: { noise_seed: 42 } },
      '3': { class_type: 'BasicGuider', inputs: { model: ['4', 0], conditioning: ['5', 0] } },
      '4': { class_type: 'UNETLoader', inputs: { unet_name: 'flux1-dev.safetensors' } },
      '5': { class_type: 'CLIPTextEncode', inputs: { text: 'a lighthouse' } },
      '6': { class_type: 'EmptySD3LatentImage', inputs: { width: 1024, height: 1024 } },
    };
    expect(readRecipe(withText('prompt', JSON.stringify(advanced)), 'png')).toEqual({
      source: 'comfyui',
      prompt: 'a lighthouse',
      seed: 42,
      model: 'flux1-dev.safetensors',
      width: 1024,
      height: 1024,
    });
  });

  test('from the editor’s workflow when there is no prompt', () => {
    // https://docs.comfy.org/specs/workflow_json
    const workflow = {
      nodes: [
        { id: 4, type: 'CheckpointLoaderSimple', widgets_values: ['m.safetensors'] },
        { id: 6, type: 'CLIPTextEncode', widgets_values: ['a red fox'], inputs: [] },
        { id: 7, type: 'CLIPTextEncode', widgets_values: ['blurry'], inputs: [] },
        {
          id: 3,
          type: 'KSampler',
          widgets_values: [7, 'randomize', 20, 8, 'euler', 'normal', 1],
          inputs: [
            { name: 'model', link: 1 },
            { name: 'positive', link: 2 },
            { name: 'negative', link: 3 },
          ],
        },
      ],
      links: [
        [1, 4, 0, 3, 0, 'MODEL'],
        [2, 6, 0, 3, 1, 'CONDITIONING'],
        [3, 7, 0, 3, 2, 'CONDITIONING'],
      ],
    };
    expect(readRecipe(withText('workflow', JSON.stringify(workflow)), 'png')).toMatchObject({
      prompt: 'a red fox',
      negativePrompt: 'blurry',
      seed: 7,
      model: 'm.safetensors',
    });
  });

  test('returns null for a circular graph and for one without a sampler', () => {
    const circle = {
      '1': { class_type: 'KSampler', inputs: { positive: ['2', 0] } },
      '2': { class_type: 'Reroute', inputs: { a: ['3', 0], b: ['2', 0] } },
      '3': { class_type: 'CLIPTextEncode', inputs: { text: ['2', 0] } },
    };
    expect(readRecipe(withText('prompt', JSON.stringify(circle)), 'png')).toBeNull();
    expect(readRecipe(withText('prompt', '{"1":{"class_type":"LoadImage","inputs":{}}}'), 'png')).toBeNull();
  });

  test('returns null for a node with a hundred thousand inputs', () => {
    const inputs = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`i${index}`, ['1', 0]]));
    const wide = {
      '0': { class_type: 'KSampler', inputs: { positive: ['1', 0] } },
      '1': { class_type: 'X', inputs },
    };
    expect(readRecipe(withText('prompt', JSON.stringify(wide)), 'png')).toBeNull();
  });
});
