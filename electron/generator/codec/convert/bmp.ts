// Converts a BMP, which the codec opens: https://learn.microsoft.com/windows/win32/gdi/bitmap-storage
import { createCanvas, Image } from '@napi-rs/canvas';
import { viewOf } from '../../../../shared/domain/picture-bytes/span';
import type { Converted } from './converted';
import { checkSize } from './refused';

const coreHeaderLength = 12;

export async function convertBmp(bytes: Uint8Array): Promise<Converted> {
  checkSize(sizeOf(bytes));
  const image = new Image();
  image.src = Buffer.from(bytes);
  await image.decode();
  const canvas = createCanvas(image.width, image.height);
  canvas.getContext('2d').drawImage(image, 0, 0);
  return { bytes: await canvas.encode('png'), leftOut: [] };
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
