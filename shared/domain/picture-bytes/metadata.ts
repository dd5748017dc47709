// Finds the metadata in a picture's file, in any container: EXIF, XMP and text.
import type { PictureFormat } from '../picture-files';
import { contentCredentialsUuid } from './avif';
import { avifXmp } from './avif-xmp';
import { type Exif, readExif } from './exif';
import { gifBlocks, gifCommentLabel } from './gif';
import { gifXmp } from './gif-xmp';
import { isoBoxes } from './iso-boxes';
import { isoMetadata } from './iso-items';
import { jpegHeaderSegments, jpegMarkers } from './jpeg';
import { pngChunks } from './png';
import { contentOf, hasTextAt, type Span, viewOf } from './span';
import { webpChunks } from './webp';

export type MetadataPart = Span &
  (
    | { kind: 'exif' | 'xmp' }
    /** A C2PA manifest store, or the next part of one: https://spec.c2pa.org/specifications/specifications/2.1/specs/C2PA_Specification.html#_embedding_manifests_into_various_file_formats */
    | { kind: 'credentials' }
    /** PNG's text chunks, and XMP in one of them: the content is keyword, flags and text. */
    | { kind: 'text' | 'xmp-text'; name: 'tEXt' | 'zTXt' | 'iTXt' }
    /** A text without a name: the first one of a JPEG or GIF. */
    | { kind: 'comment' }
  );

export const pngXmpKeyword = 'XML:com.adobe.xmp';
/** Both stand at the beginning of an APP1 segment: https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf, 4.7.2 */
const exifHeader = 'Exif\0\0';
export const jpegXmpHeader = 'http://ns.adobe.com/xap/1.0/\0';

/** Yields the metadata in a picture of this format, in the order of the file. A header that identifies it is skipped. */
export function metadataIn(bytes: Uint8Array, format: PictureFormat): Iterable<MetadataPart> {
  if (format === 'png') return pngMetadata(bytes);
  if (format === 'jpg') return jpegMetadata(bytes);
  if (format === 'webp') return webpMetadata(bytes);
  if (format === 'gif') return gifMetadata(bytes);
  return [...isoMetadata(bytes), ...asXmp(avifXmp(bytes)), ...avifCredentials(bytes)];
}

function* pngMetadata(bytes: Uint8Array): Generator<MetadataPart> {
  for (const { name, ...span } of pngChunks(bytes)) {
    if (name === 'eXIf') yield { ...span, kind: 'exif' };
    if (name === 'caBX') yield { ...span, kind: 'credentials' };
    if (name === 'tEXt' || name === 'zTXt') yield { ...span, kind: 'text', name };
    // ComfyUI's own chunk for animated pictures has the format of tEXt.
    if (name === 'comf') yield { ...span, kind: 'text', name: 'tEXt' };
    if (name === 'iTXt') {
      const isXmp = hasTextAt(contentOf(bytes, span), 0, `${pngXmpKeyword}\0`);
      yield { ...span, kind: isXmp ? 'xmp-text' : 'text', name };
    }
  }
}

function* jpegMetadata(bytes: Uint8Array): Generator<MetadataPart> {
  let hasComment = false;
  for (const { marker, ...span } of jpegHeaderSegments(bytes)) {
    const credentialsStart = marker === jpegMarkers.app11 ? jumbfStart(bytes, span) : null;
    if (credentialsStart !== null) yield { ...span, contentStart: credentialsStart, kind: 'credentials' };
    if (marker === jpegMarkers.comment && !hasComment) {
      hasComment = true;
      yield { ...span, kind: 'comment' };
    }
    if (marker !== jpegMarkers.app1) continue;
    const isHeadedBy = (header: string) => hasTextAt(contentOf(bytes, span), 0, header);
    if (isHeadedBy(exifHeader)) yield { ...behind(span, exifHeader), kind: 'exif' };
    if (isHeadedBy(jpegXmpHeader)) yield { ...behind(span, jpegXmpHeader), kind: 'xmp' };
  }
}

/**
 * A segment of JUMBF begins with "JP", a box number in two bytes, a sequence number in four, and the header of the whole
 * box, which every segment repeats: ISO/IEC 19566-5, D.2.
 *
 * @returns the offset of the part of the box in this segment, or null.
 */
function jumbfStart(bytes: Uint8Array, { contentStart, contentEnd }: Span): number | null {
  if (contentEnd - contentStart < 16 || !hasTextAt(bytes, contentStart, 'JP')) return null;
  if (!hasTextAt(bytes, contentStart + 12, 'jumb')) return null;
  const isFirst = viewOf(bytes).getUint32(contentStart + 4) === 1;
  return contentStart + (isFirst ? 8 : 16);
}

function* webpMetadata(bytes: Uint8Array): Generator<MetadataPart> {
  for (const { name, ...span } of webpChunks(bytes)) {
    if (name === 'XMP ') yield { ...span, kind: 'xmp' };
    if (name === 'C2PA') yield { ...span, kind: 'credentials' };
    if (name !== 'EXIF') continue;
    // Some writers put JPEG's header here too.
    const isHeaded = hasTextAt(contentOf(bytes, span), 0, exifHeader);
    yield { ...(isHeaded ? behind(span, exifHeader) : span), kind: 'exif' };
  }
}

/**
 * The identifier of the box is followed by version and flags in four bytes, a purpose that ends with a zero, and for a
 * manifest eight bytes with the offset of further boxes:
 * https://spec.c2pa.org/specifications/specifications/2.1/specs/C2PA_Specification.html#_embedding_manifests_into_bmff_based_assets
 */
function* avifCredentials(bytes: Uint8Array): Generator<MetadataPart> {
  const purpose = 'manifest\0';
  for (const { name, ...span } of isoBoxes(bytes)) {
    if (name !== 'uuid' || !hasTextAt(bytes, span.contentStart, contentCredentialsUuid)) continue;
    const purposeStart = span.contentStart + contentCredentialsUuid.length + 4;
    const contentStart = purposeStart + purpose.length + 8;
    if (contentStart > span.contentEnd || !hasTextAt(bytes, purposeStart, purpose)) continue;
    yield { ...span, contentStart, kind: 'credentials' };
  }
}

/** A comment is sub-blocks: `joinSubBlocks` joins them. https://www.w3.org/Graphics/GIF/spec-gif89a.txt, 24 */
function* gifMetadata(bytes: Uint8Array): Generator<MetadataPart> {
  yield* asXmp(gifXmp(bytes));
  for (const { kind, contentStart, ...span } of gifBlocks(bytes)) {
    if (kind !== 'extension' || bytes[contentStart] !== gifCommentLabel) continue;
    return yield { ...span, contentStart: contentStart + 1, kind: 'comment' };
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
