// Reads the texts in a picture's file, by the names that tools give them.
import { inflateSync } from 'node:zlib';
import { readExif } from '../../../shared/domain/picture-bytes/exif';
import { joinSubBlocks } from '../../../shared/domain/picture-bytes/gif';
import { type MetadataPart, metadataIn, pngXmpKeyword } from '../../../shared/domain/picture-bytes/metadata';
import type { PictureFormat } from '../../../shared/domain/picture-files';
import { decodeUtf8OrLatin1 } from './decode-text';
import { type DecodedExif, decodeExifTexts, decodeUserComment } from './exif-texts';
import { createReadingBudget, type ReadingBudget } from './reading-budget';

export type PictureTexts = {
  /** PNG text chunks by keyword. If a keyword occurs twice, the first one counts. */
  named: ReadonlyMap<string, string>;
  xmp: string | null;
  /** The EXIF UserComment, otherwise the comment of a JPEG or GIF. */
  comment: string | null;
  /** The other EXIF texts. */
  exif: DecodedExif;
  /** The C2PA manifest store. */
  credentials: Uint8Array | null;
};

/** Maximum length in bytes. Longer texts are not recipes: ComfyUI's largest workflows have a few hundred kilobytes. */
export const maxTextLength = 4 * 1024 * 1024;
/** More text chunks than any tool writes. Further ones are ignored. */
const maxTexts = 64;

/** Never throws. Omits texts that cannot be read or that exceed the budget. */
export function readTexts(
  bytes: Uint8Array,
  format: PictureFormat,
  budget: ReadingBudget = createReadingBudget(),
): PictureTexts {
  const named = new Map<string, string>();
  let xmp: string | null = null;
  let comment: string | null = null;
  let fileComment: string | null = null;
  let exif: DecodedExif = {};
  const credentials: Uint8Array[] = [];
  let textsLeft = maxTexts;
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const part of metadataIn(bytes, format)) {
    const length = part.contentEnd - part.contentStart;
    if (length > maxTextLength || (isTextChunk(part) && textsLeft === 0)) {
      // Content credentials contain no prompt, but often a preview, so their loss is not reported.
      if (part.kind !== 'credentials') budget.refuse();
      continue;
    }
    if (!budget.take(length)) break;
    const data = whole.subarray(part.contentStart, part.contentEnd);
    if (isTextChunk(part)) {
      textsLeft -= 1;
      const found = textReaders[part.name](data, budget);
      if (found && !named.has(found.keyword)) named.set(found.keyword, found.text);
    } else if (part.kind === 'xmp') xmp ??= data.toString('utf8');
    else if (part.kind === 'comment') {
      fileComment ??= decodeUtf8OrLatin1(format === 'gif' ? Buffer.from(joinSubBlocks(data)) : data);
    } else if (part.kind === 'credentials') credentials.push(data);
    else if (part.kind === 'exif') {
      const found = readExif(data);
      comment ??= found && decodeUserComment(found);
      if (found) exif = { ...decodeExifTexts(found), ...exif };
    }
  }
  return {
    named,
    xmp: xmp ?? named.get(pngXmpKeyword) ?? null,
    comment: comment ?? fileComment,
    exif,
    credentials: credentials.length > 0 ? Buffer.concat(credentials) : null,
  };
}

type TextChunk = Extract<MetadataPart, { kind: 'text' | 'xmp-text' }>;

function isTextChunk(part: MetadataPart): part is TextChunk {
  return part.kind === 'text' || part.kind === 'xmp-text';
}

type Found = { keyword: string; text: string } | null;

/** https://www.w3.org/TR/png-3/#11textinfo */
const textReaders: Readonly<Record<TextChunk['name'], (data: Buffer, budget: ReadingBudget) => Found>> = {
  tEXt(data) {
    const [keyword, at] = untilNull(data, 0);
    if (keyword === null) return null;
    // The standard specifies Latin-1, but ComfyUI and others write UTF-8.
    return { keyword: keyword.toString('latin1'), text: decodeUtf8OrLatin1(data.subarray(at)) };
  },
  zTXt(data, budget) {
    const [keyword, at] = untilNull(data, 0);
    const plain = keyword && data[at] === 0 ? inflate(data.subarray(at + 1), budget) : null;
    return keyword && plain && { keyword: keyword.toString('latin1'), text: decodeUtf8OrLatin1(plain) };
  },
  iTXt(data, budget) {
    const [keyword, flags] = untilNull(data, 0);
    const [language, translated] = untilNull(data, flags + 2);
    const [, at] = untilNull(data, translated);
    if (keyword === null || language === null || at > data.length) return null;
    const body = data.subarray(at);
    const plain = data[flags] === 1 ? (data[flags + 1] === 0 ? inflate(body, budget) : null) : body;
    if (!plain) return null;
    return { keyword: keyword.toString('latin1'), text: plain.toString('utf8') };
  },
};

/** Returns the bytes before the next null byte, or null if there is none, and the offset after it. */
function untilNull(data: Buffer, from: number): [Buffer | null, number] {
  const end = from > data.length ? -1 : data.indexOf(0, from);
  return end < 0 ? [null, data.length + 1] : [data.subarray(from, end), end + 1];
}

/** Stops at the maximum length, because a few kilobytes can inflate to gigabytes. */
function inflate(data: Buffer, budget: ReadingBudget): Buffer | null {
  try {
    const plain = inflateSync(data, { maxOutputLength: maxTextLength });
    return budget.take(plain.length) ? plain : null;
  } catch (error) {
    // Damaged data does not count as left unread, because it cannot be read at all.
    if (error instanceof RangeError) budget.refuse();
    return null;
  }
}
