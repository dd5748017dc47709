// Sample pictures for the loopback servers: as large as real ones, distinguishable, and made only once.
import { createCanvas, ImageData } from '@napi-rs/canvas';

export type Colour = readonly [red: number, green: number, blue: number];

/** Google's sizes at 1K: https://ai.google.dev/gemini-api/docs/image-generation#aspect_ratios */
export const googleSizes: Readonly<Record<string, { width: number; height: number }>> = {
  '1:1': { width: 1024, height: 1024 },
  '3:2': { width: 1264, height: 848 },
  '2:3': { width: 848, height: 1264 },
  '4:3': { width: 1200, height: 896 },
  '3:4': { width: 896, height: 1200 },
  '4:5': { width: 928, height: 1152 },
  '5:4': { width: 1152, height: 928 },
  '16:9': { width: 1376, height: 768 },
  '9:16': { width: 768, height: 1376 },
  '21:9': { width: 1584, height: 672 },
};

/** Half the range of the noise in each channel. With it, a PNG of one megapixel has about 1.8 MB. */
export const noiseReach = 6;

const made = new Map<string, Promise<Uint8Array>>();

/**
 * Returns a PNG, the same one for the same arguments. Callers must not change it.
 *
 * @param colour fills the picture, with noise of up to `noiseReach` in each channel; null: a gradient.
 * @param scale of both sides, for tests in which the size does not matter.
 */
export function samplePicture(
  aspectRatio: string,
  colour: Colour | null = null,
  scale = 1,
): Promise<Uint8Array> {
  const name = `${aspectRatio} ${colour} ${scale}`;
  const known = made.get(name);
  if (known !== undefined) return known;
  const { width, height } = googleSizes[aspectRatio] ?? { width: 1024, height: 1024 };
  const picture = paint({ width: Math.round(width * scale), height: Math.round(height * scale) }, colour);
  made.set(name, picture);
  return picture;
}

/** Returns the colour of a prompt, which is always the same and rarely that of another prompt. */
export function colourOf(prompt: string): Colour {
  let hash = 0x811c9dc5;
  for (const character of prompt) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  // Avoids values near black and white, so that the noise is never clipped.
  const channel = (shift: number) => 24 + (((hash >>> shift) & 0xff) * 208) / 255;
  return [Math.round(channel(0)), Math.round(channel(8)), Math.round(channel(16))];
}

async function paint(size: { width: number; height: number }, colour: Colour | null): Promise<Uint8Array> {
  const { width, height } = size;
  const pixels = new Uint8ClampedArray(width * height * 4);
  let state = 1;
  for (let index = 0; index < pixels.length; index += 4) {
    const down = index / pixels.length;
    const [red, green, blue] = colour ?? [30 + 200 * down, 60 + 90 * down, 140 - 60 * down];
    pixels[index] = red + noise();
    pixels[index + 1] = green + noise();
    pixels[index + 2] = blue + noise();
    pixels[index + 3] = 255;
  }
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').putImageData(new ImageData(pixels, width, height), 0, 0);
  return canvas.encode('png');

  /** Uses a generator with a fixed seed (constants of Numerical Recipes), so that every run has the same bytes. */
  function noise(): number {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 32 - 0.5) * 2 * noiseReach;
  }
}
