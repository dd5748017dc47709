import { describe, expect, test } from 'vitest';
import { webpOf, withPngChunk } from '../pipeline/test-pictures';
import { readRecipe } from './read-recipe';
import {
  bigEndianComment,
  exif,
  inJpeg,
  latin1,
  parameters,
  png,
  webp,
  withInternational,
  withPacked,
  withText,
} from './test-recipes';

const automatic = {
  source: 'automatic1111',
  prompt: 'a red fox at dawn, ß 桜 🦊\nmasterpiece',
  negativePrompt: 'blurry,\nlow quality',
  seed: 3_965_124_971,
  steps: 20,
  sampler: 'DPM++ 2M Karras',
  guidance: 7,
  model: 'v1-5-pruned',
  modelHash: '6ce0161689',
  width: 512,
  height: 768,
  loras: [{ name: 'one' }, { name: 'two' }],
  rest: 'Lora hashes: one: 1a, two: 2b\nVersion: v1.6.0',
} as const;

describe('reading a recipe of Automatic1111', () => {
  test.each([
    ['tEXt', withText('parameters', parameters)],
    ['zTXt', withPacked('parameters', parameters)],
    ['iTXt', withInternational('parameters', parameters, false)],
    ['packed iTXt', withInternational('parameters', parameters, true)],
  ])('in a PNG, as %s', (_name, file) => {
    expect(readRecipe(file, 'png')).toEqual(automatic);
  });

  test('in Latin-1, which the standard prescribes for tEXt', () => {
    const text = latin1('parameters\0caf\xe9 by the sea\nSteps: 1, Seed: 2');
    expect(readRecipe(withPngChunk(png, 'tEXt', text), 'png')?.prompt).toBe('café by the sea');
  });

  test('in a JPEG, from EXIF', () => {
    expect(readRecipe(inJpeg(bigEndianComment(parameters)), 'jpg')).toEqual(automatic);
    expect(readRecipe(inJpeg(bigEndianComment(parameters), 'II'), 'jpg')).toEqual(automatic);
    const little = Buffer.concat([latin1('UNICODE\0'), Buffer.from(parameters, 'utf16le')]);
    expect(readRecipe(inJpeg(little, 'II'), 'jpg')).toEqual(automatic);
    const ascii = Buffer.from('ASCII\0\0\0a red fox\nSteps: 20, Seed: 1');
    expect(readRecipe(inJpeg(ascii), 'jpg')?.prompt).toBe('a red fox');
  });

  test('in a WebP, from EXIF with and without the header that a JPEG has', () => {
    const data = exif(bigEndianComment(parameters));
    const picture: [string, Buffer] = ['VP8 ', webp.subarray(20)];
    expect(readRecipe(webpOf(picture, ['EXIF', data]), 'webp')).toEqual(automatic);
    const headed = Buffer.concat([latin1('Exif\0\0'), data]);
    expect(readRecipe(webpOf(picture, ['EXIF', headed]), 'webp')).toEqual(automatic);
  });

  test('without a negative prompt, ignoring an invalid seed', () => {
    const text = 'a fox: red, small\nSteps: 20, Sampler: Euler a, Seed: -1';
    expect(readRecipe(withText('parameters', text), 'png')).toEqual({
      source: 'automatic1111',
      prompt: 'a fox: red, small',
      steps: 20,
      sampler: 'Euler a',
    });
  });

  test('without a prompt, as in an enlarged picture', () => {
    const text =
      'Negative prompt: blurry\nSteps: 12, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 7, Seed: 987654, ' +
      'Size: 2048x3072, Model: upscaler_v2, Denoising strength: 0.2, Version: v1.10.1';
    expect(readRecipe(withText('parameters', text), 'png')).toEqual({
      ...{ source: 'automatic1111', prompt: '', isPromptless: true, negativePrompt: 'blurry' },
      ...{ seed: 987_654, steps: 12, sampler: 'DPM++ 2M', scheduler: 'Karras', guidance: 7 },
      ...{ model: 'upscaler_v2', strength: 0.2, width: 2048, height: 3072, rest: 'Version: v1.10.1' },
    });
    expect(readRecipe(withText('parameters', '\n\n\nSteps: 20'), 'png')).toMatchObject({ steps: 20 });
  });

  test.each(['', 'a red fox', 'Steps: 0x', '{"Steps": 20}'])('returns null for %j', (text) => {
    expect(readRecipe(withText('parameters', text), 'png')).toBeNull();
  });
});
