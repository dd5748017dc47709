import { expect, test } from 'vitest';
import { decodeLoaded } from './decode-loaded';

const refused = new Error('The source image cannot be decoded.');
const image = (naturalWidth: number, naturalHeight: number, complete = true) => ({
  ...{ naturalWidth, naturalHeight, complete },
  decode: () => Promise.reject(refused),
});

test('resolves for an image that is rejected only because it is very large', async () => {
  await expect(decodeLoaded(image(16_000, 12_500))).resolves.toBeUndefined();
});

test.each([
  ['an image of usual size', image(8000, 4000)],
  ['an image that has not loaded', image(16_000, 12_500, false)],
  ['an image whose size is unknown', image(0, 0)],
])('rejects for %s that cannot be decoded', async (_what, damaged) => {
  await expect(decodeLoaded(damaged)).rejects.toBe(refused);
});
