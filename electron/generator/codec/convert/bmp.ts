// Converts a BMP with the codec's own decoder: https://learn.microsoft.com/windows/win32/gdi/bitmap-storage
import { createCanvas } from '@napi-rs/canvas';
import { viewOf } from '../../../../shared/domain/picture-bytes/span';
import { decodeAsStored, release } from '../decode';
import type { Converted } from './converted';
import { createRaster } from './raster';
import { checkSize, Refused } from './refused';

const coreHeaderLength = 12;
/** Run-length compression, whose data does not have the length of its rows. */
const runLengths = [1, 2];
/** Pixels drawn at once. A canvas of the whole picture would take as much memory as the picture again. */
const pixelsAtOnce = 4_000_000;

/** Converts a BMP, in bands. @throws Error if it is too large or cannot be opened. */
export async function convertBmp(bytes: Uint8Array): Promise<Converted> {
  checkSize(sizeOf(bytes));
  // The codec would decode the available rows and leave the rest black.
  if (isCutOff(bytes)) throw new Refused('truncated');
  const image = await decodeAsStored(bytes);
  const { width, height } = image;
  const raster = createRaster({ width, height, hasAlpha: true, isLossy: false });
  const rowsAtOnce = Math.max(1, Math.floor(pixelsAtOnce / width));
  for (let top = 0; top < height; top += rowsAtOnce) {
    const rows = Math.min(rowsAtOnce, height - top);
    const canvas = createCanvas(width, rows);
    canvas.getContext('2d').drawImage(image, 0, -top);
    const { data } = canvas.getContext('2d').getImageData(0, 0, width, rows);
    await raster.draw({ left: 0, top, width, height: rows, rgba: data });
  }
  release({ image });
  return { bytes: await raster.encode(), leftOut: [] };
}

/** A negative height means that the rows begin at the top. */
function sizeOf(bytes: Uint8Array): { width: number; height: number } {
  const view = viewOf(bytes);
  const isCore = view.getUint32(14, true) === coreHeaderLength;
  const [width, height] = isCore
    ? [view.getUint16(18, true), view.getUint16(20, true)]
    : [view.getInt32(18, true), view.getInt32(22, true)];
  return { width, height: Math.abs(height) };
}

/** Returns whether the file is too short for its pixels. The padding of the last row may be missing. */
function isCutOff(bytes: Uint8Array): boolean {
  const view = viewOf(bytes);
  const isCore = view.getUint32(14, true) === coreHeaderLength;
  const { width, height } = sizeOf(bytes);
  const rowLength = Math.ceil((width * view.getUint16(isCore ? 24 : 28, true)) / 32) * 4;
  const isPacked = !isCore && runLengths.includes(view.getUint32(30, true));
  const length = isPacked ? view.getUint32(34, true) : rowLength * height - 3;
  return view.getUint32(10, true) + length > bytes.length;
}
