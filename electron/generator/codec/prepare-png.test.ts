import { expect, test } from 'vitest';
import { pngChunks } from '../../../shared/domain/picture-bytes/png';
import { noise, sample, withPngChunk, words } from '../pipeline/test-pictures';
import { decode, pixelsWithin } from './decode';
import { preparePng } from './prepare-png';

const png = sample(32, 24).encodeSync('png');
const [small, large] = [Buffer.alloc(100, 'a'), Buffer.alloc(5_000_000, 'a')];
const namesIn = (bytes: Uint8Array) => [...pngChunks(bytes)].map(({ name }) => name);
const pixelsOf = async (bytes: Uint8Array) => [...(await pixelsWithin(await decode(bytes), 32)).data];

test.each(['tEXt', 'zTXt', 'iTXt', 'eXIf', 'caBX', 'abCd'])('leaves out a long %s', async (name) => {
  const bytes = withPngChunk(png, name, large);
  expect(preparePng(bytes).length).toBeLessThan(png.length + 100);
  expect(await pixelsOf(bytes)).toEqual(await pixelsOf(png));
});

test('leaves out many short parts', () => {
  const header = 33;
  const text = withPngChunk(png, 'tEXt', small).subarray(header, header + small.length + 12);
  const texts = Array.from({ length: 2000 }, () => text);
  const bytes = Buffer.concat([png.subarray(0, header), ...texts, png.subarray(header)]);
  expect(preparePng(bytes).length).toBeLessThan(png.length + 100);
});

test('does not copy a picture for a short text', () => {
  const bytes = withPngChunk(png, 'tEXt', small);
  expect(preparePng(bytes)).toBe(bytes);
});

test('keeps chunks that affect the pixels, unless they are implausibly long', () => {
  const gamma = withPngChunk(withPngChunk(png, 'gAMA', words(100_000)), 'tEXt', large);
  expect(namesIn(preparePng(gamma))).toContain('gAMA');
  const profile = withPngChunk(png, 'iCCP', large);
  expect(preparePng(profile).length).toBeLessThan(png.length + 100);
});

test('keeps the available pixels of a truncated picture', async () => {
  const whole = noise(32, 24).encodeSync('png');
  const cut = (bytes: Buffer) => bytes.subarray(0, bytes.length - 1000);
  const shown = await pixelsOf(cut(whole));
  expect(shown.some((value, index) => index % 4 === 0 && value > 0)).toBe(true);
  expect(await pixelsOf(cut(withPngChunk(whole, 'tEXt', large)))).toEqual(shown);
  const wide = withPngChunk(whole, 'cICP', Buffer.of(12, 13, 0, 1));
  expect((await pixelsOf(cut(wide))).filter((value) => value > 0).length).toBeGreaterThan(shown.length / 4);
});
