// How large a picture says it is, read from its header before anything is unpacked.

import {
  gifBlocks,
  isoBoxes,
  jpegSegments,
  type Part,
  pngChunks,
  riffChunks,
  viewOf,
} from '../../../shared/domain/picture-containers';
import type { PictureFormat } from '../../../shared/domain/picture-files';

/** More than this is not opened: a few kilobytes can unpack to all the memory there is. */
export const maxPixels = 100_000_000;

export type Size = { width: number; height: number };

/**
 * @param bytes of a picture in this format, by its signature.
 * @returns the largest width and height that its header speaks of, in pixels; null where there is none to be read.
 */
export function readSize(bytes: Uint8Array, format: PictureFormat): Size | null {
  const view = viewOf(bytes);
  const size = largest(sizes[format](view, bytes));
  return size.width > 0 && size.height > 0 ? size : null;
}

const sizes: Readonly<Record<PictureFormat, (view: DataView, bytes: Uint8Array) => Iterable<Size>>> = {
  png: pngSizes,
  jpg: jpegSizes,
  webp: webpSizes,
  gif: gifSizes,
  avif: avifSizes,
};

/** https://www.w3.org/TR/png/#11IHDR */
function* pngSizes(view: DataView): Generator<Size> {
  const [first] = pngChunks(view);
  if (first?.name !== 'IHDR' || first.end - first.start < 8) return;
  yield { width: view.getUint32(first.start), height: view.getUint32(first.start + 4) };
}

/** The frame headers, which come before the first scan: https://www.w3.org/Graphics/JPEG/itu-t81.pdf, B.2.2 */
function* jpegSizes(view: DataView, bytes: Uint8Array): Generator<Size> {
  const [huffmanTables, reserved, arithmetic, scan] = [0xc4, 0xc8, 0xcc, 0xda];
  for (const { marker, start, end } of jpegSegments(bytes)) {
    if (marker === scan) return;
    if (marker < 0xc0 || marker > 0xcf || end - start < 5) continue;
    if (marker === huffmanTables || marker === reserved || marker === arithmetic) continue;
    yield { width: view.getUint16(start + 3), height: view.getUint16(start + 1) };
  }
}

/** https://developers.google.com/speed/webp/docs/riff_container and RFC 9649 */
function* webpSizes(view: DataView): Generator<Size> {
  for (const { name, start, end } of riffChunks(view)) {
    const length = end - start;
    if (name === 'VP8X' && length >= 10) {
      yield { width: 1 + uint24(view, start + 4), height: 1 + uint24(view, start + 7) };
    } else if (name === 'ANMF' && length >= 12) {
      yield { width: 1 + uint24(view, start + 6), height: 1 + uint24(view, start + 9) };
    } else if (name === 'VP8 ' && length >= 10) {
      yield {
        width: view.getUint16(start + 6, true) & 0x3fff,
        height: view.getUint16(start + 8, true) & 0x3fff,
      };
    } else if (name === 'VP8L' && length >= 5) {
      const bits = view.getUint32(start + 1, true);
      yield { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
    }
  }
}

/** The screen and each frame, since one may reach beyond it: https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
function* gifSizes(view: DataView, bytes: Uint8Array): Generator<Size> {
  if (view.byteLength < 13) return;
  yield { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  for (const { kind, start } of gifBlocks(bytes)) {
    if (kind !== 'image') continue;
    const at = (field: number) => view.getUint16(start + 2 * field, true);
    yield { width: at(0) + at(2), height: at(1) + at(3) };
  }
}

/** Every `ispe` property there is: ISO/IEC 23008-12, 6.5.3; https://aomediacodec.github.io/av1-avif/ */
function* avifSizes(view: DataView): Generator<Size> {
  for (const meta of boxes(view, 'meta')) {
    // A full box: four bytes of version and flags come first.
    for (const properties of boxes(view, 'iprp', meta.start + 4, meta.end)) {
      for (const container of boxes(view, 'ipco', properties.start, properties.end)) {
        for (const { start, end } of boxes(view, 'ispe', container.start, container.end)) {
          if (end - start >= 12)
            yield { width: view.getUint32(start + 4), height: view.getUint32(start + 8) };
        }
      }
    }
  }
}

function* boxes(view: DataView, wanted: string, from?: number, to?: number): Generator<Part> {
  for (const box of isoBoxes(view, from, to)) if (box.name === wanted) yield box;
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 0x1_00_00;
}

function largest(all: Iterable<Size>): Size {
  let width = 0;
  let height = 0;
  for (const size of all) {
    width = Math.max(width, size.width);
    height = Math.max(height, size.height);
  }
  return { width, height };
}
