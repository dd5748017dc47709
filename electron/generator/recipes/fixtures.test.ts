import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readRecipe } from './read-recipe';

function fixture(name: string): Buffer {
  return readFileSync(path.resolve(import.meta.dirname, '../../../tests/fixtures/recipes', name));
}

test.each([
  [
    'swarmui.png',
    {
      source: 'swarmui',
      prompt: 'SWARM a red fox at dawn',
      negativePrompt: 'blurry',
      model: 'OfficialStableDiffusion/sd_xl_base_1.0',
      seed: 319_368_368,
      steps: 20,
      guidance: 7,
      width: 1024,
      height: 1024,
      rest: 'swarm_version: 0.9.6.0\ndate: 2025-04-26\ngeneration_time: 0.05 (prep) and 4.25 (gen) seconds',
    },
  ],
  [
    'novelai.png',
    {
      source: 'novelai',
      prompt: 'NAI 1girl, red fox, dawn',
      negativePrompt: 'lowres, blurry',
      model: 'NovelAI Diffusion V4.5 4BDE2A90',
      seed: 3_847_297_418,
      steps: 28,
      sampler: 'k_euler_ancestral',
      guidance: 5,
      width: 832,
      height: 1216,
      rest: 'n_samples: 1\nrequest_type: PromptGenerateRequest',
      raw: 'Generation time: 5.1',
    },
  ],
  [
    'fooocus.png',
    {
      source: 'fooocus',
      prompt: 'FOOOCUS a sunflower field',
      negativePrompt: 'ugly',
      model: 'juggernautXL_v8Rundiffusion',
      seed: '127589946317439009',
      steps: 30,
      sampler: 'dpmpp_2m_sde_gpu',
      scheduler: 'karras',
      guidance: 4,
      width: 512,
      height: 512,
      rest: 'adm_guidance: (1.5, 0.8, 0.3)\nmetadata_scheme: fooocus\nperformance: Speed\nversion: Fooocus v2.5.5',
    },
  ],
  [
    'comfy-gemini-node.png',
    {
      source: 'comfyui',
      prompt: 'COMFYGEMINI a fox',
      model: 'gemini-3-pro-image-preview',
      seed: 42,
      rest: 'aspect_ratio: 3:2\nresolution: 1K',
    },
  ],
  [
    'a1111-template.png',
    {
      source: 'automatic1111',
      prompt: 'A1111T red fox',
      negativePrompt: 'blurry',
      model: 'sd15',
      seed: 5,
      steps: 20,
      sampler: 'Euler a',
      guidance: 7,
      width: 512,
      height: 512,
      loras: [{ name: 'a' }, { name: 'b' }],
      rest: 'Lora hashes: a: 1, b: 2\nVersion: v1.10.1\nTemplate: {red|blue} fox\nNegative Template: blurry',
    },
  ],
  [
    'comfy-zeroout.png',
    {
      source: 'comfyui',
      prompt: 'COMFYZERO positive fox',
      seed: 7,
      steps: 4,
      model: 'z_image_turbo.safetensors',
    },
  ],
  [
    'comfy-cfgguider.png',
    {
      source: 'comfyui',
      prompt: 'COMFYCFG white horse',
      negativePrompt: 'human',
      seed: 21,
      guidance: 5,
      model: 'sd3.safetensors',
    },
  ],
  [
    'comfy-seed64.png',
    {
      source: 'comfyui',
      prompt: 'COMFY64 a fox',
      negativePrompt: 'blurry',
      seed: '18446744073709551615',
      steps: 20,
      guidance: 8,
      model: 'a',
    },
  ],
])('reads the recipe of %s completely', (name, recipe) => {
  expect(readRecipe(fixture(name), 'png')).toEqual(recipe);
});
