import { describe, expect, test } from 'vitest';
import { webpOf } from '../pipeline/test-pictures';
import { maxTextLength } from './picture-texts';
import { readRecipe } from './read-recipe';
import {
  bigEndianComment,
  exif,
  inJpeg,
  parameters,
  webp,
  withInternational,
  withPacked,
  withText,
} from './test-recipes';

describe('reading malicious files', () => {
  test.each([
    ['zTXt', withPacked('parameters', Buffer.alloc(128 * 1024 * 1024, 0x61))],
    ['iTXt', withInternational('parameters', 'a'.repeat(128 * 1024 * 1024), true)],
  ])('does not inflate a %s to 128 megabytes', (_name, file) => {
    const before = process.memoryUsage().rss;
    expect(readRecipe(file, 'png')).toBeNull();
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  test('ignores a text above the maximum length, and truncates a prompt to the length that can be sent', () => {
    const of = (length: number) => `${'a'.repeat(length)}\nSteps: 1`;
    expect(readRecipe(withText('parameters', of(maxTextLength)), 'png')).toBeNull();
    expect(readRecipe(withText('parameters', of(maxTextLength - 100)), 'png')?.prompt).toHaveLength(32_000);
  });

  test.each([
    ['deep', '['.repeat(1_000_000)],
    ['deep objects', '{"a":'.repeat(500_000)],
    ['open strings', '{"a":"\\"\\"'.padEnd(2_000_000, '\\"')],
    ['white space', ' '.repeat(4_000_000)],
    ['NaN', `{"a":${'NaN,'.repeat(900_000)}`],
    ['a prototype', '{"__proto__":{"class_type":"KSampler","inputs":{"positive":["__proto__",0]}}}'],
    ['no object', '[1,2]'],
    ['null', 'null'],
  ])('finds no recipe in JSON of kind: %s', (_name, text) => {
    for (const keyword of ['prompt', 'workflow', 'invokeai_metadata', 'sd-metadata']) {
      expect(readRecipe(withText(keyword, text), 'png')).toBeNull();
    }
  });

  test.each([
    ['commas', `a\nSteps: 1${', '.repeat(1_000_000)}`],
    ['quotes', `a\nSteps: 1, ${'b: "'.repeat(500_000)}`],
    ['escapes', `a\nSteps: 1, b: "${'\\"'.repeat(1_000_000)}`],
    ['words', `a\nSteps: 1, ${'b '.repeat(1_000_000)}`],
  ])('reads the prompt before a last line of a million %s', (_name, text) => {
    expect(readRecipe(withText('parameters', text), 'png')?.prompt).toBe('a');
  });

  const files = [
    ['png', withText('parameters', parameters)],
    ['png', withInternational('parameters', parameters, true)],
    ['jpg', inJpeg(bigEndianComment(parameters))],
    ['webp', webpOf(['VP8 ', webp.subarray(20)], ['EXIF', exif(bigEndianComment(parameters))])],
  ] as const;

  test.each(files)('never throws for a truncated %s', (format, bytes) => {
    for (let length = 0; length < bytes.length; length += 1) {
      expect(() => readRecipe(bytes.subarray(0, length), format)).not.toThrow();
    }
  });

  test.each(files)('never throws for a %s with a damaged byte', (format, bytes) => {
    for (let at = 0; at < bytes.length; at += 1) {
      for (const value of [0, 0x7f, 0xff]) {
        const broken = Buffer.from(bytes);
        broken[at] = value;
        expect(() => readRecipe(broken, format)).not.toThrow();
      }
    }
  });
});

test.each([32_000, 32_001])('reports whether a text of %i characters was truncated', (length) => {
  const written = `${'f'.repeat(length)}\nNegative prompt: blurry\nSteps: 20, Sampler: Euler, Seed: 5`;
  const recipe = readRecipe(withText('parameters', written), 'png');
  expect(recipe?.prompt).toHaveLength(32_000);
  expect(recipe?.isShortened).toBe(length > 32_000 ? true : undefined);
});
