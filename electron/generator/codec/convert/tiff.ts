// Converts a TIFF, the first page of several: https://github.com/image-js/tiff
import { decode, type TiffIfd } from 'tiff';
import { readExif } from '../../../../shared/domain/picture-bytes/exif';
import type { Orientation } from '../../../../shared/domain/picture-bytes/facts';
import { viewOf } from '../../../../shared/domain/picture-bytes/span';
import { encodeRaster } from './raster';
import { checkSize } from './too-large';

/** Values of PhotometricInterpretation: https://www.loc.gov/preservation/digital/formats/fdd/fdd000022.shtml */
const kinds = { rgb: 2, palette: 3 } as const;
const [iccTag, orientationTag] = [34_675, 274];

export async function convertTiff(bytes: Uint8Array): Promise<Uint8Array> {
  const orientation: Orientation = readExif(bytes)?.orientation ?? 1;
  const stored = withoutOrientation(bytes);
  const [header] = decode(stored, { pages: [0], ignoreImageData: true });
  if (!header) throw new Error('The file has no picture.');
  checkSize(header);
  const [page] = decode(stored, { pages: [0] });
  if (!page) throw new Error('The file has no picture.');
  const { width, height } = page;
  const profile = page.type === kinds.rgb ? profileOf(page) : null;
  return encodeRaster({ width, height, rgba: rgbaOf(page), orientation, profile }, false);
}

/** Returns a copy that says it is upright: the library refuses others. */
function withoutOrientation(bytes: Uint8Array): Uint8Array {
  const copy = new Uint8Array(bytes);
  const view = viewOf(copy);
  const isLittle = copy[0] === 'I'.charCodeAt(0);
  const directory = view.getUint32(4, isLittle);
  const count = view.getUint16(directory, isLittle);
  for (let index = 0; index < count; index += 1) {
    const at = directory + 2 + 12 * index;
    if (view.getUint16(at, isLittle) === orientationTag) view.setUint16(at + 8, 1, isLittle);
  }
  return copy;
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
    const divisor = page.associatedAlpha && alpha > 0 ? alpha / 255 : 1;
    for (let channel = 0; channel < 3; channel += 1)
      rgba[4 * pixel + channel] = (colour[channel] ?? 0) / divisor;
    rgba[4 * pixel + 3] = alpha;
  }
  return rgba;
}

function levelsOf({ data, bitsPerSample }: TiffIfd): (sample: number) => number {
  if (data instanceof Float32Array || data instanceof Float64Array) return (sample) => sample * 255;
  const scale = 255 / (2 ** bitsPerSample - 1);
  return (sample) => sample * scale;
}
