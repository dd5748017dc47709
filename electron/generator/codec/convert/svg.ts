// Rasterizes an SVG with Skia, which runs no scripts and loads no external resources.
import { homedir } from 'node:os';
import path from 'node:path';
import { createCanvas, GlobalFonts, Image } from '@napi-rs/canvas';
import type { LeftOut } from '../../../../shared/domain/import';
import type { Converted } from './converted';
import { checkSize } from './refused';
import { countDrawn, withoutIgnored } from './svg-size';

/** Minimum and maximum longest side of the result. A drawing has no inherent size, so a small one is enlarged. */
const [minSide, maxSide] = [1024, 4096];
/** Larger than any reasonable drawing. */
const maxBytes = 16 * 1024 * 1024;
/** Maximum number of drawn elements. A file of the maximum size has fewer unless elements are repeated by reference. */
const maxDrawn = 2_000_000;

/**
 * Rasterizes an SVG in its own size. Loads nothing that it refers to.
 *
 * @throws Error if it is too large, would take too long, or cannot be drawn.
 */
export async function convertSvg(bytes: Uint8Array): Promise<Converted> {
  if (bytes.length > maxBytes) throw new Error('The drawing is too large.');
  const written = new TextDecoder().decode(bytes);
  const text = withoutReferences(written);
  if (countDrawn(text) > maxDrawn) throw new Error('The drawing would take too long.');
  checkSize(writtenSize(text));
  if (/<text\b/i.test(text)) loadFonts();
  const image = new Image();
  image.src = Buffer.from(text);
  await image.decode();
  const longest = Math.max(image.width, image.height);
  if (!(longest >= 1)) throw new Error('The drawing has no size.');
  const scale = Math.min(maxSide / longest, Math.max(1, minSide / longest));
  const width = Math.max(1, Math.round(image.width * scale));
  const height = Math.max(1, Math.round(image.height * scale));
  checkSize({ width, height });
  const canvas = createCanvas(width, height);
  canvas.getContext('2d').drawImage(image, 0, 0, width, height);
  return { bytes: await canvas.encode('png'), leftOut: leftOutOf(written) };
}

/** Pixels per unit of length: https://www.w3.org/TR/css-values-3/#absolute-lengths */
const pixelsPer: Readonly<Record<string, number>> = {
  ...{ pt: 4 / 3, pc: 16, mm: 96 / 25.4, cm: 96 / 2.54, in: 96 },
  ...{ em: 16, rem: 16, ex: 8 },
};

/**
 * Returns the size that the drawing specifies. Skia allocates that many pixels when it opens the file, and ends the
 * process if it cannot.
 */
function writtenSize(text: string): { width: number; height: number } {
  const [root = ''] = /<(?:\w+:)?svg\b[^>]*/i.exec(withoutIgnored(text)) ?? [];
  const [, boxWidth = '1', boxHeight = '1'] =
    /\sviewBox\s*=\s*["']\s*[^\s,"']+[\s,]+[^\s,"']+[\s,]+([^\s,"']+)[\s,]+([^\s,"']+)/i.exec(root) ?? [];
  const lengthOf = (name: string, otherwise: string) => {
    const pattern = new RegExp(`\\s${name}\\s*=\\s*["']\\s*(\\d*\\.?\\d+(?:e[+-]?\\d+)?)\\s*([a-z%]*)`, 'i');
    const [, number = otherwise, unit = ''] = pattern.exec(root) ?? [];
    const pixels = unit === '%' ? Number(otherwise) : Number(number) * (pixelsPer[unit.toLowerCase()] ?? 1);
    // A length below one pixel, or of an unknown unit, needs no memory.
    return pixels >= 1 ? pixels : 1;
  };
  return { width: lengthOf('width', boxWidth), height: lengthOf('height', boxHeight) };
}

/** Returns the content that Skia does not draw: embedded images, further pages, and animation. */
function leftOutOf(text: string): LeftOut[] {
  const shown = withoutIgnored(text);
  return [
    ...(/<(?:\w+:)?(?:image|feImage|foreignObject|iframe)\b/i.test(shown) ? (['embedded'] as const) : []),
    ...(/<(?:\w+:)?(?:animate|animateMotion|animateTransform|set)\b/i.test(shown)
      ? (['frames'] as const)
      : []),
  ];
}

let hasFonts = false;

/**
 * Searches for fonts with the first drawing that has text, because it takes 0.1 s or longer: see
 * `environmentOfUtility`.
 */
function loadFonts(): void {
  if (hasFonts) return;
  hasFonts = true;
  // The function exists when the library is loaded, but its types omit it.
  (GlobalFonts as typeof GlobalFonts & { loadSystemFonts: () => number }).loadSystemFonts();
  for (const folder of ['AppData/Local/Microsoft/Windows/Fonts', 'Library/Fonts', '.fonts'])
    GlobalFonts.loadFontsFromDir(path.join(homedir(), folder));
}

/**
 * Removes references to other files, although the library loads none, because a later version might. Refuses a
 * document with entities of its own, because a few of them can expand to gigabytes.
 */
export function withoutReferences(text: string): string {
  if (/<!ENTITY/i.test(text)) throw new Error('The drawing declares entities.');
  return text
    .replace(/<(\/?)(?:script|image|feImage|foreignObject|iframe)\b/gi, '<$1g')
    .replace(/\b(href|src)\s*=\s*(["'])(?!#)/gi, 'data-$1=$2')
    .replace(/@import\b/gi, '')
    .replace(/url\(\s*(["']?)(?!["']?#)/gi, 'url($1#');
}
