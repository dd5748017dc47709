// Converts the samples of a TIFF to 8-bit RGBA.
import type { TiffIfd } from 'tiff';
import type { Band } from './tiff-bands';
import { type Directory, tags } from './tiff-directory';

/** Values of PhotometricInterpretation: https://www.loc.gov/preservation/digital/formats/fdd/fdd000022.shtml */
export const kinds = { whiteIsZero: 0, blackIsZero: 1, rgb: 2, palette: 3, separated: 5 } as const;
/** The value of SampleFormat for floating point. */
const floatingPoint = 3;

type ToRgba = (data: Band['data'], rgba: Uint8ClampedArray) => void;

/** How to convert samples. Computed once, so that no function is called for each pixel. */
type Samples = {
  /** Samples per pixel. */
  count: number;
  /** Factor that brings a sample to the range 0 to 255. */
  scale: number;
  /** Whether the colours are premultiplied with alpha. */
  isMultiplied: boolean;
};

/** Returns a function that converts a band to RGBA. @throws Error for an unknown kind of colours. */
export function rgbaConverter(page: TiffIfd, directory: Directory): ToRgba {
  const { samplesPerPixel: count, bitsPerSample, sampleFormat, palette, associatedAlpha } = page;
  const scale = sampleFormat === floatingPoint ? 255 : 255 / (2 ** bitsPerSample - 1);
  const samples = { count, scale, isMultiplied: associatedAlpha };
  switch (page.type) {
    case kinds.whiteIsZero:
      return (data, rgba) => {
        readColours(data, rgba, samples, 1);
        for (let at = 0; at < rgba.length; at += 1) if (at % 4 < 3) rgba[at] = 255 - (rgba[at] ?? 0);
      };
    case kinds.blackIsZero:
      return (data, rgba) => readColours(data, rgba, samples, 1);
    case kinds.rgb:
      if (count < 3) break;
      return (data, rgba) => readColours(data, rgba, samples, 3);
    case kinds.palette:
      if (!palette) break;
      return (data, rgba) => readPalette(data, rgba, samples, palette);
    case kinds.separated:
      if (count < 4 || (directory.first(tags.inkSet) ?? 1) !== 1) break;
      return (data, rgba) => readInks(data, rgba, samples);
  }
  throw new Error('The colours are unknown.');
}

/** Returns whether pixels have more samples than their colours need. Inks are always opaque. */
export function mayBeTransparent({ type, samplesPerPixel }: TiffIfd): boolean {
  return type !== kinds.separated && samplesPerPixel > (type === kinds.rgb ? 3 : 1);
}

/** @param colours number of samples per pixel, without alpha. */
function readColours(
  data: Band['data'],
  rgba: Uint8ClampedArray,
  { count, scale, isMultiplied }: Samples,
  colours: 1 | 3,
): void {
  const [green, blue] = colours === 3 ? [1, 2] : [0, 0];
  const hasAlpha = count > colours;
  for (let at = 0, to = 0; to < rgba.length; at += count, to += 4) {
    const alpha = hasAlpha ? (data[at + colours] ?? 0) * scale : 255;
    const by = isMultiplied && alpha > 0 ? (scale * 255) / alpha : scale;
    rgba[to] = (data[at] ?? 0) * by;
    rgba[to + 1] = (data[at + green] ?? 0) * by;
    rgba[to + 2] = (data[at + blue] ?? 0) * by;
    rgba[to + 3] = alpha;
  }
}

/** Palette entries have 16 bits. */
function readPalette(
  data: Band['data'],
  rgba: Uint8ClampedArray,
  { count, scale }: Samples,
  palette: NonNullable<TiffIfd['palette']>,
): void {
  for (let at = 0, to = 0; to < rgba.length; at += count, to += 4) {
    const entry = palette[data[at] ?? 0];
    for (let channel = 0; channel < 3; channel += 1) rgba[to + channel] = (entry?.[channel] ?? 0) / 257;
    rgba[to + 3] = count > 1 ? (data[at + 1] ?? 0) * scale : 255;
  }
}

/** Multiplies the shares of light that the inks leave. The ink profile is ignored, because the original is kept. */
function readInks(data: Band['data'], rgba: Uint8ClampedArray, { count, scale }: Samples): void {
  for (let at = 0, to = 0; to < rgba.length; at += count, to += 4) {
    const light = 255 - (data[at + 3] ?? 0) * scale;
    for (let channel = 0; channel < 3; channel += 1)
      rgba[to + channel] = light * (1 - ((data[at + channel] ?? 0) * scale) / 255);
    rgba[to + 3] = 255;
  }
}
