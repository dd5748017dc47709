import { describe, expect, test } from 'vitest';
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
});
