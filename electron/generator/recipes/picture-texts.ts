// The texts that a picture's file carries beside its pixels, by the names that tools give them.
import { inflateSync } from 'node:zlib';
import { jpegSegments, pngChunks, riffChunks, viewOf } from '../../../shared/domain/picture-containers';
import type { PictureFormat } from '../../../shared/domain/picture-files';
import { readUserComment } from './exif';

export type PictureTexts = {
  /** PNG's text chunks by keyword; where one stands twice, the first. */
  named: ReadonlyMap<string, string>;
  xmp: string | null;
  /** EXIF's UserComment. */
  comment: string | null;
};

/** Longer texts are no recipe that anyone wrote: ComfyUI's largest workflows are a few hundred kilobytes. Bytes. */
export const maxTextLength = 4 * 1024 * 1024;
/** More text chunks than any tool writes; the rest is not looked at. */
const maxTexts = 64;

const xmpKeyword = 'XML:com.adobe.xmp';
const xmpHeader = Buffer.from('http://ns.adobe.com/xap/1.0/\0', 'latin1');
const exifHeader = Buffer.from('Exif\0\0', 'latin1');

/** Never throws, whatever the bytes: what cannot be read is not there. */
export function readTexts(bytes: Uint8Array, format: PictureFormat): PictureTexts {
  if (format === 'png') return readPng(bytes);
  if (format === 'jpg') return readJpeg(bytes);
  if (format === 'webp') return readWebp(bytes);
  return { named: new Map(), xmp: null, comment: null };
}

function readPng(bytes: Uint8Array): PictureTexts {
  const named = new Map<string, string>();
  let comment: string | null = null;
  let left = maxTexts;
  for (const { name, start, end } of pngChunks(viewOf(bytes))) {
    const data = bufferOf(bytes, start, end);
    if (name === 'eXIf') comment ??= readUserComment(data);
    if (!isTextChunk(name) || left === 0) continue;
    left -= 1;
    const found = pngReaders[name](data);
    if (found && !named.has(found.keyword)) named.set(found.keyword, found.text);
  }
  return { named, xmp: named.get(xmpKeyword) ?? null, comment };
}

type Found = { keyword: string; text: string } | null;

/** https://www.w3.org/TR/png-3/#11textinfo */
const pngReaders = {
  tEXt(data: Buffer): Found {
    const [keyword, at] = untilNull(data, 0);
    if (keyword === null || data.length - at > maxTextLength) return null;
    // Latin-1 by the standard; ComfyUI and others write UTF-8 all the same, which ASCII does not tell apart.
    return { keyword: keyword.toString('latin1'), text: decodeLoosely(data.subarray(at)) };
  },
  zTXt(data: Buffer): Found {
    const [keyword, at] = untilNull(data, 0);
    const plain = keyword && data[at] === 0 ? inflate(data.subarray(at + 1)) : null;
    return keyword && plain && { keyword: keyword.toString('latin1'), text: decodeLoosely(plain) };
  },
  iTXt(data: Buffer): Found {
    const [keyword, flags] = untilNull(data, 0);
    const [language, translated] = untilNull(data, flags + 2);
    const [, at] = untilNull(data, translated);
    if (keyword === null || language === null || at > data.length) return null;
    const body = data.subarray(at);
    const plain = data[flags] === 1 ? (data[flags + 1] === 0 ? inflate(body) : null) : body;
    if (!plain || plain.length > maxTextLength) return null;
    return { keyword: keyword.toString('latin1'), text: plain.toString('utf8') };
  },
};

function isTextChunk(name: string): name is keyof typeof pngReaders {
  return Object.hasOwn(pngReaders, name);
}

/** @returns what stands before the next null byte, null where there is none, and where it goes on. */
function untilNull(data: Buffer, from: number): [Buffer | null, number] {
  const end = from > data.length ? -1 : data.indexOf(0, from);
  return end < 0 ? [null, data.length + 1] : [data.subarray(from, end), end + 1];
}

/** A few kilobytes can unpack to gigabytes: past the longest text it stops. */
function inflate(data: Buffer): Buffer | null {
  try {
    return inflateSync(data, { maxOutputLength: maxTextLength });
  } catch {
    return null;
  }
}

function decodeLoosely(data: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    return data.toString('latin1');
  }
}

/** XMP and EXIF each have an APP1 segment: https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf, 4.7.2 */
function readJpeg(bytes: Uint8Array): PictureTexts {
  let xmp: string | null = null;
  let comment: string | null = null;
  for (const { marker, start, end } of jpegSegments(bytes)) {
    if (marker === 0xda) break;
    if (marker !== 0xe1) continue;
    const data = bufferOf(bytes, start, end);
    if (startsWith(data, xmpHeader)) xmp ??= data.toString('utf8', xmpHeader.length);
    if (startsWith(data, exifHeader)) comment ??= readUserComment(data.subarray(exifHeader.length));
  }
  return { named: new Map(), xmp, comment };
}

/** https://developers.google.com/speed/webp/docs/riff_container#metadata */
function readWebp(bytes: Uint8Array): PictureTexts {
  let xmp: string | null = null;
  let comment: string | null = null;
  for (const { name, start, end } of riffChunks(viewOf(bytes))) {
    if ((name !== 'XMP ' && name !== 'EXIF') || end - start > maxTextLength) continue;
    const data = bufferOf(bytes, start, end);
    if (name === 'XMP ') xmp ??= data.toString('utf8');
    // Some writers put JPEG's header in front here too.
    else comment ??= readUserComment(startsWith(data, exifHeader) ? data.subarray(exifHeader.length) : data);
  }
  return { named: new Map(), xmp, comment };
}

function startsWith(data: Buffer, head: Buffer): boolean {
  return data.subarray(0, head.length).equals(head);
}

function bufferOf(bytes: Uint8Array, start: number, end: number): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
}
