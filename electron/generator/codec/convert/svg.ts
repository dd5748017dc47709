// Rasterizes an SVG with Skia, which runs no scripts and loads no external resources.
import { homedir } from 'node:os';
import path from 'node:path';
import { createCanvas, GlobalFonts, Image } from '@napi-rs/canvas';
import type { LeftOut } from '../../../../shared/domain/import';
import type { Converted } from './converted';
import { checkSize } from './refused';
import { countDrawn, withoutIgnored } from './svg-size';

/** Sides of the result. A drawing has no size of its own, so a small one becomes large enough to look at. */
const [minSide, maxSide] = [1024, 4096];
/** More than any drawing needs that is to be seen at once. */
const maxBytes = 16 * 1024 * 1024;
/** Elements that are drawn. A file of the maximum size that repeats nothing has fewer. */
const maxDrawn = 2_000_000;

/**
 * Draws an SVG in its own size. Nothing that it refers to is loaded.
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

/** Pixels of the units of lengths: https://www.w3.org/TR/css-values-3/#absolute-lengths */
const pixelsPer: Readonly<Record<string, number>> = {
  ...{ pt: 4 / 3, pc: 16, mm: 96 / 25.4, cm: 96 / 2.54, in: 96 },
  ...{ em: 16, rem: 16, ex: 8 },
};

/**
 * Returns the size that the drawing asks for. Skia makes room for that many pixels as soon as it opens one, and ends the
 * process where there is none.
 */
function writtenSize(text: string): { width: number; height: number } {
  const [root = ''] = /<(?:\w+:)?svg\b[^>]*/i.exec(withoutIgnored(text)) ?? [];
  const [, boxWidth = '1', boxHeight = '1'] =
    /\sviewBox\s*=\s*["']\s*[^\s,"']+[\s,]+[^\s,"']+[\s,]+([^\s,"']+)[\s,]+([^\s,"']+)/i.exec(root) ?? [];
  const lengthOf = (name: string, otherwise: string) => {
    const pattern = new RegExp(`\\s${name}\\s*=\\s*["']\\s*(\\d*\\.?\\d+(?:e[+-]?\\d+)?)\\s*([a-z%]*)`, 'i');
    const [, number = otherwise, unit = ''] = pattern.exec(root) ?? [];
    const pixels = unit === '%' ? Number(otherwise) : Number(number) * (pixelsPer[unit.toLowerCase()] ?? 1);
    // Less than a pixel, or none that is known, takes no memory.
    return pixels >= 1 ? pixels : 1;
  };
  return { width: lengthOf('width', boxWidth), height: lengthOf('height', boxHeight) };
}

/** Skia draws no pictures in a drawing, not even those whose bytes it contains, and no pages; nothing moves. */
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

/** Fonts are searched for with the first drawing that has text: see `environmentOfUtility`. Takes 0.1 s and longer. */
function loadFonts(): void {
  if (hasFonts) return;
  hasFonts = true;
  // The library has it, and calls it when it is loaded, but its types leave it out.
  (GlobalFonts as typeof GlobalFonts & { loadSystemFonts: () => number }).loadSystemFonts();
  for (const folder of ['AppData/Local/Microsoft/Windows/Fonts', 'Library/Fonts', '.fonts'])
    GlobalFonts.loadFontsFromDir(path.join(homedir(), folder));
}

/**
 * Takes out what refers to other files, although nothing here would load them: a later version of the library might. A
 * document with entities of its own is refused, because few of them can stand for gigabytes.
 */
export function withoutReferences(text: string): string {
  if (/<!ENTITY/i.test(text)) throw new Error('The drawing declares entities.');
  return text
    .replace(/<(\/?)(?:script|image|feImage|foreignObject|iframe)\b/gi, '<$1g')
    .replace(/\b(href|src)\s*=\s*(["'])(?!#)/gi, 'data-$1=$2')
    .replace(/@import\b/gi, '')
    .replace(/url\(\s*(["']?)(?!["']?#)/gi, 'url($1#');
}
