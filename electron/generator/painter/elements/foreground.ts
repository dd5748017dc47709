// The ground in front: a knoll of earth, sand or snow, a wooded bank, or a roof for subjects to stand on.
import { css, mix, oklch } from '../colour/colour';
import { createNoise, fractal } from '../random/noise';
import type { Random } from '../random/random';
import { ownColour } from '../stage/own-colour';
import { lineAcross, type Stage, traceLand } from '../stage/stage';
import { traceConifer } from './forest';

/** Returns the y of the ground at an x, in pixels. */
export type Ground = (x: number) => number;

const soils = {
  spring: oklch(0.46, 0.09, 135),
  summer: oklch(0.42, 0.08, 140),
  autumn: oklch(0.46, 0.08, 65),
  winter: oklch(0.94, 0.014, 235),
} as const;
const beach = oklch(0.74, 0.06, 70);

/** Paints a low hill, highest at `peakX`. Returns its ground. Lengths in pixels. */
export function paintKnoll(stage: Stage, peakX: number, top: number): Ground {
  const { context, scene, width, height, unit, palette, light } = stage;
  const random = stage.random.fork('knoll');
  const noise = createNoise(random);
  const fall = (height - top) * random.between(0.35, 0.6);
  const groundAt = (x: number): number => {
    const away = (x - peakX) / (width * 0.62);
    return top + fall * away * away + (fractal(noise, x / (150 * unit), 2, 3) - 0.5) * 22 * unit;
  };
  const isSnowy = scene.season === 'winter';
  const isSandy = scene.places.includes('sea') || scene.places.includes('desert');
  const soil = palette.lit(isSandy ? beach : soils[scene.season], 0.03);
  const crest = mix(soil, palette.ink, isSnowy || isSandy ? 0.12 : 0.45);
  const fill = context.createLinearGradient(0, top, 0, height);
  fill.addColorStop(0, css(mix(crest, palette.glow, 0.1)));
  fill.addColorStop(0.3, css(crest));
  fill.addColorStop(1, css(mix(crest, palette.ink, isSnowy ? 0.35 : 0.7)));
  traceLand(context, lineAcross(stage, groundAt), height + 5);
  context.fillStyle = fill;
  context.fill();
  const rim = context.createRadialGradient(light.x, top, 0, light.x, top, width * 0.45);
  rim.addColorStop(0, css(palette.light, 0.5));
  rim.addColorStop(1, css(palette.light, 0));
  context.strokeStyle = rim;
  context.lineWidth = 2 * unit;
  context.beginPath();
  for (const point of lineAcross(stage, groundAt)) context.lineTo(point.x, point.y);
  context.stroke();
  return groundAt;
}

/** Paints grass along the ground, in front of the subjects that stand there; none on snow or sand. */
export function paintGrass(stage: Stage, groundAt: Ground, ownHeight: number): void {
  const { scene, width, palette, height } = stage;
  if (scene.season === 'winter' || scene.places.includes('desert') || scene.places.includes('sea')) return;
  const random = stage.random.fork('grass');
  const soil = palette.lit(soils[scene.season], 0.03);
  const rows = 4;
  for (let row = 0; row < rows; row += 1) {
    const nearness = row / (rows - 1);
    const tone = mix(mix(soil, palette.glow, 0.1), palette.ink, 0.4 + nearness * 0.5);
    const blades = Math.round(width / stage.unit / (4.2 + nearness * 3));
    stage.context.beginPath();
    for (let blade = 0; blade < blades; blade += 1) {
      const x = random.between(-0.02, 1.02) * width;
      const foot = groundAt(x) + (height - groundAt(x)) * nearness * 0.72 + 3 * stage.unit;
      traceBlade(stage, random, x, foot, ownHeight * (0.35 + 0.8 * nearness) * random.between(0.4, 1.15));
    }
    stage.context.fillStyle = css(tone);
    stage.context.fill();
  }
}

function traceBlade(stage: Stage, random: Random, x: number, foot: number, ownHeight: number): void {
  const { context } = stage;
  const lean = ownHeight * random.between(-0.35, 0.45);
  const half = Math.max(0.8 * stage.unit, ownHeight * 0.035);
  context.moveTo(x - half, foot);
  context.quadraticCurveTo(x - half * 0.4 + lean * 0.2, foot - ownHeight * 0.6, x + lean, foot - ownHeight);
  context.quadraticCurveTo(x + half + lean * 0.25, foot - ownHeight * 0.5, x + half, foot);
  context.closePath();
}

/** Paints a dark bank with tall conifers on the side away from the light, to frame still water. */
export function paintBank(stage: Stage): void {
  const { context, width, height, unit, palette, light, scene } = stage;
  const random = stage.random.fork('bank');
  const noise = createNoise(random);
  const isOnLeft = light.x > width / 2;
  const reach = width * random.between(0.34, 0.5);
  const rise = height * random.between(0.06, 0.1);
  const tone = mix(
    palette.lit(scene.season === 'winter' ? soils.winter : soils.summer, 0.02),
    palette.ink,
    0.72,
  );
  const groundAt = (x: number): number => {
    const inward = (isOnLeft ? x : width - x) / reach;
    const slope = Math.max(0, 1 - inward) ** 0.7;
    return (
      height -
      rise * slope -
      (fractal(noise, x / (60 * unit), 3, 4) - 0.5) * 24 * unit +
      (inward > 1 ? 30 * unit * (inward - 1) : 0)
    );
  };
  const trees = random.integer(4, 7);
  context.beginPath();
  for (let tree = 0; tree < trees; tree += 1) {
    const share = (tree / (trees - 1)) ** 1.2;
    const x = (isOnLeft ? 1 : -1) * share * reach * 0.62 + (isOnLeft ? 0.01 : 0.99) * width;
    const ownHeight = Math.min(height * 0.52, width * 0.62) * (1 - share * 0.62) * random.between(0.7, 1.08);
    traceConifer(context, random, x + random.between(-18, 18) * unit, groundAt(x) + 12 * unit, ownHeight);
  }
  const fill = context.createLinearGradient(0, height * 0.4, 0, height);
  fill.addColorStop(0, css(mix(tone, palette.haze, 0.08)));
  fill.addColorStop(1, css(mix(tone, palette.ink, 0.6)));
  context.fillStyle = fill;
  context.fill();
  traceLand(context, lineAcross(stage, groundAt), height + 40);
  context.fill();
}

/** Paints the ridge of a tiled roof with a chimney. Returns the ground on the ridge. */
export function paintRoof(stage: Stage, top: number): Ground {
  const { context, width, height, palette, unit } = stage;
  const random = stage.random.fork('roof');
  const lean = random.pick([-1, 1]) * random.between(0.02, 0.06);
  const groundAt = (x: number): number => top + (x - width / 2) * lean;
  const tile =
    ownColour(stage, 'roof', 0.04) ?? mix(palette.lit(oklch(0.42, 0.07, 30), 0.04), palette.haze, 0.2);
  const chimneyX =
    width * (stage.light.x < width / 2 ? random.between(0.76, 0.86) : random.between(0.12, 0.2));
  const ownWidth = 74 * unit;
  const brick = mix(tile, palette.ink, 0.55);
  context.fillStyle = css(brick);
  context.fillRect(chimneyX, groundAt(chimneyX) - 120 * unit, ownWidth, 260 * unit);
  context.fillRect(chimneyX - 8 * unit, groundAt(chimneyX) - 132 * unit, ownWidth + 16 * unit, 20 * unit);
  const fill = context.createLinearGradient(0, top, 0, height);
  fill.addColorStop(0, css(mix(tile, palette.ink, 0.25)));
  fill.addColorStop(1, css(mix(tile, palette.ink, 0.85)));
  context.fillStyle = fill;
  traceLand(context, lineAcross(stage, groundAt), height + 5);
  context.fill();
  const rows = 12;
  for (let row = 0; row < rows; row += 1) {
    const drop = 26 * unit * (row + 0.6) * (1 + row * 0.05);
    const tileWidth = (40 + row * 2.4) * unit;
    context.strokeStyle = css(palette.ink, 0.34);
    context.lineWidth = 2.2 * unit;
    context.beginPath();
    for (let x = -tileWidth - (row % 2) * tileWidth * 0.5; x < width + tileWidth; x += tileWidth) {
      const y = groundAt(x) + drop;
      context.moveTo(x, y);
      context.quadraticCurveTo(x + tileWidth / 2, y + 17 * unit, x + tileWidth, y + tileWidth * lean);
    }
    context.stroke();
    context.strokeStyle = css(mix(tile, palette.glow, 0.6), 0.34 * (1 - row / rows));
    context.lineWidth = 1.2 * unit;
    context.translate(0, 2.4 * unit);
    context.stroke();
    context.translate(0, -2.4 * unit);
  }
  context.strokeStyle = css(mix(palette.glow, palette.light, 0.4), 0.75);
  context.lineWidth = 2.4 * unit;
  context.beginPath();
  context.moveTo(0, groundAt(0));
  context.lineTo(width, groundAt(width));
  context.stroke();
  return groundAt;
}
