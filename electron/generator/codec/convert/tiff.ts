// Converts a TIFF, the first page of several: https://github.com/image-js/tiff
import { decode, type TiffIfd } from 'tiff';
import { readExif } from '../../../../shared/domain/picture-bytes/exif';
import type { Orientation } from '../../../../shared/domain/picture-bytes/facts';
import { prepareTiff } from './prepare-tiff';
import { encodeRaster } from './raster';
import { checkSize } from './too-large';

/** Values of PhotometricInterpretation: https://www.loc.gov/preservation/digital/formats/fdd/fdd000022.shtml */
const kinds = { rgb: 2, palette: 3 } as const;
const iccTag = 34_675;
/** Of the deepest samples, 64-bit numbers. */
const maxSampleBytes = 8;

export async function convertTiff(bytes: Uint8Array): Promise<Uint8Array> {
  const orientation: Orientation = readExif(bytes)?.orientation ?? 1;
  const [header] = decode(bytes, { pages: [0], ignoreImageData: true });
  if (!header) throw new Error('The file has no picture.');
  checkSize(header);
  const { width, height } = header;
  const prepared = prepareTiff(bytes, width * height * header.samplesPerPixel * maxSampleBytes);
  const [page] = decode(prepared.bytes, { pages: [0] });
  if (!page) throw new Error('The file has no picture.');
  const rgba = prepared.isCmyk ? rgbaOfCmyk(page) : rgbaOf(page);
  const profile = page.type === kinds.rgb && !prepared.isCmyk ? profileOf(page) : null;
  return encodeRaster({ width, height, rgba, orientation, profile }, false);
}

function profileOf(page: TiffIfd): Uint8Array | null {
  const profile: unknown = page.get(iccTag);
  return profile instanceof Uint8Array ? profile : Array.isArray(profile) ? Uint8Array.from(profile) : null;
}

/** Brings samples of every kind to eight bits of red, green, blue and alpha. */
function rgbaOf(page: TiffIfd): Uint8ClampedArray {
  const { width, height, data, type, palette, samplesPerPixel } = page;
  const rgba = new Uint8ClampedArray(width * height * 4);
  const level = levelsOf(page);
  const isRgb = type === kinds.rgb;
  const colours = isRgb ? 3 : 1;
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const at = pixel * samplesPerPixel;
    const sample = (index: number) => level(data[at + index] ?? 0);
    const entry = type === kinds.palette ? palette?.[data[at] ?? 0] : undefined;
    // A palette has sixteen bits.
    const colour = entry
      ? entry.map((value) => value / 257)
      : [0, 1, 2].map((index) => sample(isRgb ? index : 0));
    const alpha = samplesPerPixel > colours ? sample(colours) : 255;
    // The library has divided colours that were multiplied with it.
    for (let channel = 0; channel < 3; channel += 1) rgba[4 * pixel + channel] = colour[channel] ?? 0;
    rgba[4 * pixel + 3] = alpha;
  }
  return rgba;
}

/** By the share of light that the inks leave. A profile of inks is not read; the original is kept beside. */
function rgbaOfCmyk(page: TiffIfd): Uint8ClampedArray {
  const { width, height, data, samplesPerPixel } = page;
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  const level = levelsOf(page);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const at = pixel * samplesPerPixel;
    const left = (index: number) => 1 - level(data[at + index] ?? 0) / 255;
    for (let channel = 0; channel < 3; channel += 1)
      rgba[4 * pixel + channel] = 255 * left(channel) * left(3);
  }
  return rgba;
}

function levelsOf({ data, bitsPerSample }: TiffIfd): (sample: number) => number {
  if (data instanceof Float32Array || data instanceof Float64Array) return (sample) => sample * 255;
  const scale = 255 / (2 ** bitsPerSample - 1);
  return (sample) => sample * scale;
}
