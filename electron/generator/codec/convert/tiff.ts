// Converts a TIFF, its first page of several: https://github.com/image-js/tiff
import { decode, type TiffIfd } from 'tiff';
import type { LeftOut } from '../../../../shared/domain/import';
import { readExif } from '../../../../shared/domain/picture-bytes/exif';
import type { Orientation } from '../../../../shared/domain/picture-bytes/facts';
import type { Converted } from './converted';
import { prepareTiff } from './prepare-tiff';
import { encodeRaster } from './raster';
import { checkSize } from './refused';

/** Values of PhotometricInterpretation: https://www.loc.gov/preservation/digital/formats/fdd/fdd000022.shtml */
const kinds = { rgb: 2, palette: 3 } as const;
const iccTag = 34_675;
/** Of the deepest samples, 64-bit numbers. */
const maxSampleBytes = 8;

export async function convertTiff(bytes: Uint8Array): Promise<Converted> {
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
  const leftOut: LeftOut[] = [
    ...(prepared.hasMorePages ? (['pages'] as const) : []),
    ...(prepared.isCmyk ? (['inks'] as const) : []),
  ];
  return { bytes: await encodeRaster({ width, height, rgba, orientation, profile }, false), leftOut };
}

function profileOf(page: TiffIfd): Uint8Array | null {
  const profile: unknown = page.get(iccTag);
  return profile instanceof Uint8Array ? profile : Array.isArray(profile) ? Uint8Array.from(profile) : null;
}

/** Brings samples of every kind to eight bits of red, green, blue and alpha. Without a call for each of the pixels. */
function rgbaOf(page: TiffIfd): Uint8ClampedArray {
  const { width, height, data, type, palette, samplesPerPixel } = page;
  const rgba = new Uint8ClampedArray(width * height * 4);
  const scale = scaleOf(page);
  const isRgb = type === kinds.rgb;
  const colours = isRgb ? 3 : 1;
  const [green, blue] = isRgb ? [1, 2] : [0, 0];
  // A palette has sixteen bits.
  const entries =
    type === kinds.palette ? palette?.map((entry) => entry.map((value) => value / 257)) : undefined;
  for (let at = 0, to = 0; to < rgba.length; at += samplesPerPixel, to += 4) {
    const entry = entries?.[data[at] ?? 0];
    rgba[to] = entry ? (entry[0] ?? 0) : (data[at] ?? 0) * scale;
    rgba[to + 1] = entry ? (entry[1] ?? 0) : (data[at + green] ?? 0) * scale;
    rgba[to + 2] = entry ? (entry[2] ?? 0) : (data[at + blue] ?? 0) * scale;
    // The library has divided colours that were multiplied with it.
    rgba[to + 3] = samplesPerPixel > colours ? (data[at + colours] ?? 0) * scale : 255;
  }
  return rgba;
}

/** By the share of light that the inks leave. A profile of inks is not read; the original is kept beside. */
function rgbaOfCmyk(page: TiffIfd): Uint8ClampedArray {
  const { width, height, data, samplesPerPixel } = page;
  const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
  const scale = scaleOf(page) / 255;
  for (let at = 0, to = 0; to < rgba.length; at += samplesPerPixel, to += 4) {
    const light = 255 * (1 - (data[at + 3] ?? 0) * scale);
    for (let channel = 0; channel < 3; channel += 1)
      rgba[to + channel] = light * (1 - (data[at + channel] ?? 0) * scale);
  }
  return rgba;
}

/** Returns what brings a sample to 255 levels. */
function scaleOf({ data, bitsPerSample }: TiffIfd): number {
  return data instanceof Float32Array || data instanceof Float64Array ? 255 : 255 / (2 ** bitsPerSample - 1);
}
