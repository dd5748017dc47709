// Mountains and volcanoes: sharp ridges, lit on one side and shaded on the other, paler with distance.
import { type Colour, css, mix, oklch, ramp, toPixel } from '../colour/colour';
import { createNoise, fractal, type Noise, ridged } from '../random/noise';
import { lineAcross, type Point, paintPixels, type Stage, traceLand } from '../stage/stage';

const rock = oklch(0.46, 0.04, 262);
const snow = oklch(0.97, 0.012, 240);
const ridgeStep = 3;

/**
 * Paints mountain ranges, one behind another. Lengths in pixels.
 * @param spread how much lower the nearest range stands than the farthest. At 0 all ranges stand on one shore, and the
 *   nearest one is the lowest.
 */
export function paintMountains(
  stage: Stage,
  base: number,
  maxHeight: number,
  layers: number,
  spread: number,
): void {
  const { scene, width } = stage;
  const random = stage.random.fork('mountains');
  const flat = isFlat(stage);
  for (let layer = 0; layer < layers; layer += 1) {
    const nearness = layers === 1 ? 1 : layer / (layers - 1);
    const noise = createNoise(random);
    const peak = random.between(0.15, 0.85) * width;
    const second = random.between(0, 1) * width;
    const height = maxHeight * (1 - nearness * (spread > 0 ? 0.4 : 0.66)) * random.between(0.85, 1.1);
    const floor = base + spread * nearness;
    const roughness = 1.5 + nearness * 1.1;
    const octaves = flat ? 3 : 7;
    const ridge = lineAcross(
      stage,
      (x) => {
        const place = (x / stage.unit / 1000) * roughness + layer * 13;
        const envelope =
          0.42 +
          0.5 * Math.exp(-(((x - peak) / (width * 0.2)) ** 2)) +
          0.25 * Math.exp(-(((x - second) / (width * 0.16)) ** 2));
        const crest = ridged(noise, place, 0.5, octaves) * 0.7 + fractal(noise, place * 0.8, 8, 2) * 0.3;
        return floor - height * Math.min(1, envelope) * (0.1 + 1.02 * crest ** 1.2);
      },
      ridgeStep,
    );
    const isSnowy = scene.season === 'winter' || scene.weather === 'snow';
    const cap = isSnowy ? 0.95 - nearness * 0.25 : flat ? 0 : 0.24 * (1 - nearness);
    const depth = (flat ? 0.78 : 0.86) * (1 - nearness) ** 0.8 + 0.05;
    paintRange(stage, ridge, spread > 0 ? stage.height : base, noise, { depth, height, cap });
  }
}

/** Paints one symmetrical cone with a snow cap. Lengths in pixels. */
export function paintVolcano(stage: Stage, base: number, maxHeight: number): void {
  const random = stage.random.fork('volcano');
  const noise = createNoise(random);
  const isLitFromLeft = stage.light.x < stage.width / 2;
  const middle = stage.width * (isLitFromLeft ? random.between(0.54, 0.66) : random.between(0.34, 0.46));
  const spread = maxHeight * 2.1;
  const ridge = lineAcross(
    stage,
    (x) => {
      const distance = Math.min(1, Math.abs(x - middle) / spread);
      const slope = Math.min((1 - distance) ** 1.85, 0.84 + 0.008 * Math.sin(x / (7 * stage.unit)));
      return base - maxHeight * slope - fractal(noise, x / (26 * stage.unit), 2, 3) * 8 * stage.unit;
    },
    ridgeStep,
  );
  paintRange(stage, ridge, base, noise, { depth: 0.34, height: maxHeight, cap: 0.42, cone: true });
}

/** `depth` is 0 to 1; `cap` is the snow cap's share of the height. */
type Range = { depth: number; height: number; cap: number; cone?: boolean };

function paintRange(stage: Stage, ridge: readonly Point[], base: number, noise: Noise, range: Range): void {
  const { context, palette, width } = stage;
  const body = palette.lit(rock, range.depth);
  const foot = mix(body, palette.haze, 0.4 + 0.35 * range.depth);
  const top = ridge.reduce((highest, point) => Math.min(highest, point.y), base) - 2;
  const fill = context.createLinearGradient(0, top, 0, Math.min(base, top + range.height * 1.3));
  fill.addColorStop(0, css(body));
  fill.addColorStop(0.4, css(mix(body, foot, 0.25)));
  fill.addColorStop(1, css(foot));
  context.save();
  traceLand(context, ridge, base);
  context.fillStyle = fill;
  context.fill();
  context.clip();
  if (!isFlat(stage) || range.cap > 0) {
    context.drawImage(paintFlanks(stage, ridge, top, base, noise, range, body), 0, top, width, base - top);
  }
  context.restore();
}

// Shades the flanks. A flank faces the way its crest slopes. The farther below the crest, the wider the stretch of
// crest that counts: small spurs end high up, large flanks reach the foot.
function paintFlanks(
  stage: Stage,
  ridge: readonly Point[],
  top: number,
  base: number,
  noise: Noise,
  range: Range,
  body: Colour,
) {
  const { palette, light, width, unit } = stage;
  const flat = isFlat(stage);
  const side = light.x < width / 2 ? 1 : -1;
  const spans = [3, 8, 20, 48, 110].map((span) =>
    slopesOf(ridge, Math.max(1, Math.round((span * unit) / ridgeStep))),
  );
  const lit = mix(body, mix(palette.glow, palette.light, 0.4), 0.34 * (1 - range.depth * 0.5));
  const shaded = mix(body, mix(palette.ink, palette.sky[0], 0.4), 0.5 * (1 - range.depth * 0.8));
  const white = palette.lit(snow, range.depth * 0.55);
  const tones = {
    lit: toPixel(lit),
    shaded: toPixel(shaded),
    snowLit: toPixel(
      mix(mix(white, palette.light, 0.42 + 0.5 * palette.exposure), palette.haze, range.depth * 0.22),
    ),
    snowShaded: toPixel(mix(white, mix(palette.sky[0], body, 0.4), 0.5)),
  };
  const columns = 560;
  const rows = Math.max(40, Math.round((columns * (base - top)) / width));
  const last = ridge.length - 1;
  return paintPixels(columns, rows, (u, v, pixel) => {
    const x = u * width;
    const y = top + v * (base - top);
    const crest = ridge[Math.min(last, Math.round(x / ridgeStep) + 1)]?.y ?? base;
    const below = y - crest;
    if (below < -3 * unit) return;
    const drop = Math.max(0, range.cone ? y - top : below);
    const bend = (noise(x / (38 * unit), y / (38 * unit)) - 0.5) * drop * 0.75;
    const place = Math.min(last, Math.max(0, Math.round((x + bend) / ridgeStep) + 1));
    const level = Math.min(3.99, Math.log2(1 + drop / (9 * unit)) * 0.9);
    const lower = spans[Math.floor(level)]?.[place] ?? 0;
    const upper = spans[Math.floor(level) + 1]?.[place] ?? 0;
    const slope = lower + (upper - lower) * (level % 1);
    const detail = (ridged(noise, x / (40 * unit) + drop / (90 * unit), y / (60 * unit), 5) - 0.5) * 1.15;
    const facing = flat
      ? 0.75
      : range.cone
        ? ramp(-0.5, 0.5, (upper < 0 ? side : -side) * 0.16 + detail)
        : ramp(-0.32, 0.3, -slope * side + detail * 0.55);
    const snowLine =
      range.cap * range.height * (0.5 + 0.75 * noise(x / (26 * unit), y / (60 * unit)) + 0.25 * facing);
    const whiteness = range.cap === 0 ? 0 : 1 - ramp(snowLine * 0.88, snowLine * 1.06 + 1, drop);
    const fade = 1 - ramp(0.3, 1, drop / range.height) * 0.9;
    const stone = flat || range.cone ? 0 : Math.abs(facing - 0.5) * 2 * fade;
    const ground = facing > 0.5 ? tones.lit : tones.shaded;
    pixel.red = ground.red + (pick(tones.snowShaded.red, tones.snowLit.red, facing) - ground.red) * whiteness;
    pixel.green =
      ground.green + (pick(tones.snowShaded.green, tones.snowLit.green, facing) - ground.green) * whiteness;
    pixel.blue =
      ground.blue + (pick(tones.snowShaded.blue, tones.snowLit.blue, facing) - ground.blue) * whiteness;
    pixel.alpha = 255 * Math.max(stone * 0.85, whiteness * (0.96 - range.depth * 0.15));
  });
}

function slopesOf(ridge: readonly Point[], span: number): number[] {
  const last = ridge.length - 1;
  return ridge.map((_point, index) => {
    const before = ridge[Math.max(0, index - span)]?.y ?? 0;
    const after = ridge[Math.min(last, index + span)]?.y ?? 0;
    return (before - after) / (span * 2 * ridgeStep);
  });
}

function pick(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}

function isFlat(stage: Stage): boolean {
  return stage.scene.styles.some(
    (style) => style === 'minimal' || style === 'woodblock' || style === 'low-poly',
  );
}
