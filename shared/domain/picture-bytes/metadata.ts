// Where a picture's file keeps its metadata: EXIF, XMP and text, whatever the container.
import type { PictureFormat } from '../picture-files';
import { avifXmp } from './avif-xmp';
import { type Exif, readExif } from './exif';
import { gifXmp } from './gif-xmp';
import { jpegHeaderSegments, jpegMarkers } from './jpeg';
import { pngChunks } from './png';
import { contentOf, hasTextAt, type Span } from './span';
import { webpChunks } from './webp';

export type MetadataPart = Span &
  (
    | { kind: 'exif' | 'xmp' }
    /** PNG's text chunks, and XMP in one of them: the content is keyword, flags and text. */
    | { kind: 'text' | 'xmp-text'; name: 'tEXt' | 'zTXt' | 'iTXt' }
  );

const pngXmpKeyword = 'XML:com.adobe.xmp\0';
/** Both stand at the beginning of an APP1 segment: https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf, 4.7.2 */
const exifHeader = 'Exif\0\0';
export const jpegXmpHeader = 'http://ns.adobe.com/xap/1.0/\0';

/** Yields the metadata in a picture of this format, in the order of the file. A header that identifies it is skipped. */
export function metadataIn(bytes: Uint8Array, format: PictureFormat): Iterable<MetadataPart> {
  if (format === 'png') return pngMetadata(bytes);
  if (format === 'jpg') return jpegMetadata(bytes);
  if (format === 'webp') return webpMetadata(bytes);
  return asXmp(format === 'gif' ? gifXmp(bytes) : avifXmp(bytes));
}

function* pngMetadata(bytes: Uint8Array): Generator<MetadataPart> {
  for (const { name, ...span } of pngChunks(bytes)) {
    if (name === 'eXIf') yield { ...span, kind: 'exif' };
    if (name === 'tEXt' || name === 'zTXt') yield { ...span, kind: 'text', name };
    if (name === 'iTXt') {
      const isXmp = hasTextAt(contentOf(bytes, span), 0, pngXmpKeyword);
      yield { ...span, kind: isXmp ? 'xmp-text' : 'text', name };
    }
  }
}

function* jpegMetadata(bytes: Uint8Array): Generator<MetadataPart> {
  for (const { marker, ...span } of jpegHeaderSegments(bytes)) {
    if (marker !== jpegMarkers.app1) continue;
    const isHeadedBy = (header: string) => hasTextAt(contentOf(bytes, span), 0, header);
    if (isHeadedBy(exifHeader)) yield { ...behind(span, exifHeader), kind: 'exif' };
    if (isHeadedBy(jpegXmpHeader)) yield { ...behind(span, jpegXmpHeader), kind: 'xmp' };
  }
}

function* webpMetadata(bytes: Uint8Array): Generator<MetadataPart> {
  for (const { name, ...span } of webpChunks(bytes)) {
    if (name === 'XMP ') yield { ...span, kind: 'xmp' };
    if (name !== 'EXIF') continue;
    // Some writers put JPEG's header here too.
    const isHeaded = hasTextAt(contentOf(bytes, span), 0, exifHeader);
    yield { ...(isHeaded ? behind(span, exifHeader) : span), kind: 'exif' };
  }
}

function* asXmp(spans: Iterable<Span>): Generator<MetadataPart> {
  for (const span of spans) yield { ...span, kind: 'xmp' };
}

function behind(span: Span, header: string): Span {
  return { ...span, contentStart: span.contentStart + header.length };
}

/** Returns the first EXIF record that can be read. */
export function findExif(bytes: Uint8Array, format: PictureFormat): Exif | null {
  for (const part of metadataIn(bytes, format)) {
    const exif = part.kind === 'exif' ? readExif(contentOf(bytes, part)) : null;
    if (exif) return exif;
  }
  return null;
}
