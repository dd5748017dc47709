// The texts that a picture's file carries beside its pixels, by the names that tools give them.
import { inflateSync } from 'node:zlib';
import { type MetadataPart, metadataIn } from '../../../shared/domain/picture-bytes/metadata';
import type { PictureFormat } from '../../../shared/domain/picture-files';
import { readUserComment } from './user-comment';

export type PictureTexts = {
  /** PNG's text chunks by keyword. The first one counts when a keyword occurs twice. */
  named: ReadonlyMap<string, string>;
  xmp: string | null;
  /** EXIF's UserComment. */
  comment: string | null;
};

/** Bytes. Longer texts are no recipe: ComfyUI's largest workflows are a few hundred kilobytes. */
export const maxTextLength = 4 * 1024 * 1024;
/** More text chunks than any tool writes. The rest is ignored. */
const maxTexts = 64;

const xmpKeyword = 'XML:com.adobe.xmp';

/** Never throws: what cannot be read is left out. */
export function readTexts(bytes: Uint8Array, format: PictureFormat): PictureTexts {
  const named = new Map<string, string>();
  let xmp: string | null = null;
  let comment: string | null = null;
  let textsLeft = maxTexts;
  for (const part of metadataIn(bytes, format)) {
    const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(
      part.contentStart,
      part.contentEnd,
    );
    if (isTextChunk(part)) {
      if (textsLeft === 0) continue;
      textsLeft -= 1;
      const found = textReaders[part.name](data);
      if (found && !named.has(found.keyword)) named.set(found.keyword, found.text);
    } else if (format === 'webp' && data.length > maxTextLength) continue;
    else if (part.kind === 'xmp') xmp ??= data.toString('utf8');
    else comment ??= readUserComment(data);
  }
  return { named, xmp: xmp ?? named.get(xmpKeyword) ?? null, comment };
}

type TextChunk = Extract<MetadataPart, { kind: 'text' | 'xmp-text' }>;

function isTextChunk(part: MetadataPart): part is TextChunk {
  return part.kind === 'text' || part.kind === 'xmp-text';
}

type Found = { keyword: string; text: string } | null;

/** https://www.w3.org/TR/png-3/#11textinfo */
const textReaders: Readonly<Record<TextChunk['name'], (data: Buffer) => Found>> = {
  tEXt(data) {
    const [keyword, at] = untilNull(data, 0);
    if (keyword === null || data.length - at > maxTextLength) return null;
    // The standard says Latin-1, but ComfyUI and others write UTF-8.
    return { keyword: keyword.toString('latin1'), text: decodeUtf8OrLatin1(data.subarray(at)) };
  },
  zTXt(data) {
    const [keyword, at] = untilNull(data, 0);
    const plain = keyword && data[at] === 0 ? inflate(data.subarray(at + 1)) : null;
    return keyword && plain && { keyword: keyword.toString('latin1'), text: decodeUtf8OrLatin1(plain) };
  },
  iTXt(data) {
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

/** Returns what precedes the next null byte, or null when there is none, and the offset behind it. */
function untilNull(data: Buffer, from: number): [Buffer | null, number] {
  const end = from > data.length ? -1 : data.indexOf(0, from);
  return end < 0 ? [null, data.length + 1] : [data.subarray(from, end), end + 1];
}

/** Stops at the maximum length, because a few kilobytes can inflate to gigabytes. */
function inflate(data: Buffer): Buffer | null {
  try {
    return inflateSync(data, { maxOutputLength: maxTextLength });
  } catch {
    return null;
  }
}

function decodeUtf8OrLatin1(data: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(data);
  } catch {
    return data.toString('latin1');
  }
}
