import { describe, expect, test } from 'vitest';
import { madeChange, unchanged } from '../../../shared/domain/edits';
import type { PictureParams } from '../../../shared/domain/models';
import { embedXmp } from '../../../shared/domain/picture-bytes/embed-xmp';
import { writeXmp } from '../../../shared/domain/xmp';
import { readRecipe } from './read-recipe';
import { jpg, png, webp } from './test-recipes';

describe('reading our own recipe', () => {
  const recipe = {
    prompt: 'a red fox <at> "dawn" & 🦊',
    provider: 'google',
    model: 'gemini-nano-banana-2.1',
    params: { aspectRatio: '3:2', seed: 7 },
    createdAt: 1_760_000_000_000,
  } as const;

  test.each([
    ['png', png],
    ['jpg', jpg],
    ['webp', webp],
  ] as const)('from a saved copy as %s', (format, bytes) => {
    const copy = embedXmp(bytes, writeXmp(recipe)) ?? Buffer.alloc(0);
    expect(readRecipe(copy, format)).toEqual({
      source: 'afterimage',
      prompt: recipe.prompt,
      model: recipe.model,
      seed: 7,
      aspectRatio: '3:2',
      createdAt: recipe.createdAt,
      rest: 'Provider: google',
    });
  });

  test('with every setting of its picture, which a copy in another gallery shows', () => {
    const original = '01930000-0000-7000-8000-0000000000ab';
    const made: Omit<Required<PictureParams>, 'edit' | 'repeats' | 'seedChosen'> = {
      ...{ aspectRatio: '3:2', seed: 7, negativePrompt: 'blurry', steps: 30, sampler: 'Euler a' },
      ...{ scheduler: 'Karras', guidance: 6, strength: 0.4 },
      ...{ resolution: '2K', quality: 'high', thinking: 'minimal', background: 'transparent' },
      references: [original],
      change: madeChange({ ...unchanged, mirrored: true }, 'png'),
      upscale: { factor: 4, width: 64, height: 48 },
    };
    const { seed, negativePrompt, steps, sampler, scheduler, guidance, strength, change, aspectRatio } = made;
    const copy = embedXmp(png, writeXmp({ ...recipe, params: made })) ?? Buffer.alloc(0);
    expect(readRecipe(copy, 'png')).toMatchObject({
      ...{ seed, negativePrompt, steps, sampler, scheduler, guidance, strength, change, aspectRatio },
      parent: original,
      rest: [
        'Provider: google',
        ...[
          'Resolution: 2K',
          'Quality: high',
          'Thinking: minimal',
          'Background: transparent',
          'Upscale: 4 ×',
        ],
      ].join('\n'),
    });
  });
});
