// Forests and single trees. A forest is rows of trees, each row nearer and darker than the one behind it.
import type { SKRSContext2D } from '@napi-rs/canvas';
import { type Colour, css, mix, oklch } from '../colour/colour';
import { createNoise, fractal } from '../random/noise';
import type { Random } from '../random/random';
import { lineAcross, type Stage, traceLand } from '../stage/stage';
import { paintFog } from './clouds';

const needles = oklch(0.4, 0.07, 160);
const frosted = oklch(0.74, 0.03, 220);
const autumnLeaves = [oklch(0.62, 0.15, 50), oklch(0.7, 0.14, 75), oklch(0.52, 0.15, 32)] as const;

/** Paints rows of trees from one height down to another, with fog between them in foggy weather. Lengths in pixels. */
export function paintForest(stage: Stage, top: number, bottom: number, rows: number): void {
  const { scene } = stage;
  const random = stage.random.fork('forest');
  const isFoggy = scene.weather === 'fog';
  for (let row = 0; row < rows; row += 1) {
    const nearness = rows === 1 ? 1 : row / (rows - 1);
    const ground = top + (bottom - top) * nearness ** 1.3;
    const depth = (isFoggy ? 0.95 : 0.78) * (1 - nearness) ** (isFoggy ? 0.75 : 1);
    paintTreeRow(stage, random.fork(`row ${row}`), ground, (52 + 190 * nearness ** 1.4) * stage.unit, depth);
    if (isFoggy && row < rows - 1) {
      const reach = (110 + 80 * nearness) * stage.unit;
      paintFog(stage, ground - reach, ground + reach * 1.2, 0.85 - nearness * 0.25, `row ${row}`);
    }
  }
}

/** Paints one row of trees on rolling ground; `size` is the height of a full-grown tree in pixels. */
export function paintTreeRow(
  stage: Stage,
  random: Random,
  ground: number,
  size: number,
  depth: number,
): void {
  const { context, palette, width, height, scene, unit } = stage;
  const noise = createNoise(random);
  const groundAt = (x: number): number =>
    ground - (fractal(noise, (x / width) * 2.2, 1, 3) - 0.5) * size * 0.85;
  const isSnowy = scene.season === 'winter';
  const own = isSnowy ? mix(needles, frosted, 0.35) : needles;
  const turned = scene.season === 'autumn' ? mix(own, autumnLeaves[2], 0.45) : own;
  const tone = mix(palette.lit(turned, depth), palette.ink, 0.42 * (1 - depth));
  const foot = mix(tone, palette.haze, scene.weather === 'fog' ? 0.5 : 0.16);
  const fill = context.createLinearGradient(0, ground - size * 1.3, 0, ground + size * 0.7);
  fill.addColorStop(0, css(tone));
  fill.addColorStop(1, css(foot));
  context.fillStyle = fill;
  traceLand(context, lineAcross(stage, groundAt), height + 5);
  context.fill();
  const density = createNoise(random);
  const isAutumn = scene.season === 'autumn';
  context.beginPath();
  for (let x = -size * 0.3; x < width + size * 0.3; x += size * random.between(0.1, 0.24)) {
    const crowd = fractal(density, (x / size) * 0.22, 3, 2);
    if (crowd < 0.36) continue;
    const ownHeight = size * (0.45 + 0.75 * random.next() ** 1.4) * (0.6 + crowd * 0.7);
    if (isAutumn && random.chance(0.72)) {
      const leaves = random.pick(autumnLeaves);
      paintRoundTree(
        stage,
        random,
        x,
        groundAt(x),
        ownHeight * 0.8,
        mix(palette.lit(leaves, depth * 0.7), palette.ink, 0.08),
      );
    } else traceConifer(context, random, x, groundAt(x) + 4 * unit, ownHeight);
  }
  context.fillStyle = fill;
  context.fill();
}

/** Adds one conifer to the current path; (x, foot) is the middle of its base. */
export function traceConifer(
  context: SKRSContext2D,
  random: Random,
  x: number,
  foot: number,
  ownHeight: number,
): void {
  const tiers = Math.max(7, Math.min(20, Math.round(ownHeight / 9)));
  const spread = ownHeight * random.between(0.15, 0.21);
  const lean = ownHeight * random.between(-0.012, 0.012);
  const branch = (tier: number): { inner: number; outer: number; y: number; droop: number } => {
    const share = tier / tiers;
    const reach = spread * share ** 0.85 * random.between(0.72, 1.12);
    return {
      outer: reach,
      inner: reach * 0.42,
      y: foot - ownHeight * (1 - share * 0.93),
      droop: ownHeight * 0.022,
    };
  };
  context.moveTo(x + lean, foot - ownHeight * 1.04);
  for (let tier = 1; tier <= tiers; tier += 1) {
    const { outer, inner, y, droop } = branch(tier);
    context.lineTo(x + outer, y + droop);
    context.lineTo(x + inner, y - droop * 0.2);
  }
  context.lineTo(x + spread * 0.13, foot);
  context.lineTo(x - spread * 0.13, foot);
  for (let tier = tiers; tier >= 1; tier -= 1) {
    const { outer, inner, y, droop } = branch(tier);
    context.lineTo(x - inner, y - droop * 0.2);
    context.lineTo(x - outer, y + droop);
  }
  context.closePath();
}

/** Paints a broad tree with a leafy crown, from its shaded back to its lit front. Lengths in pixels. */
export function paintRoundTree(
  stage: Stage,
  random: Random,
  x: number,
  foot: number,
  ownHeight: number,
  leaves: Colour,
): void {
  const { context, palette, light, unit } = stage;
  const side = light.x < x ? -1 : 1;
  const isNear = ownHeight > 130 * unit;
  const wood = mix(palette.ink, leaves, 0.12);
  context.save();
  context.strokeStyle = css(wood);
  context.lineCap = 'round';
  const grow = (
    fromX: number,
    fromY: number,
    angle: number,
    length: number,
    thick: number,
    left: number,
  ): void => {
    const toX = fromX + Math.cos(angle) * length;
    const toY = fromY + Math.sin(angle) * length;
    context.lineWidth = thick;
    context.beginPath();
    context.moveTo(fromX, fromY);
    context.quadraticCurveTo(fromX + (toX - fromX) * 0.5, fromY + (toY - fromY) * 0.6, toX, toY);
    context.stroke();
    if (left === 0) return;
    for (const turn of [-1, 1]) {
      const bent = angle + turn * random.between(0.3, 0.62);
      grow(toX, toY, bent, length * random.between(0.6, 0.78), thick * 0.62, left - 1);
    }
  };
  grow(
    x,
    foot,
    -Math.PI / 2 + random.between(-0.08, 0.08),
    ownHeight * 0.27,
    ownHeight * 0.05,
    isNear ? 4 : 2,
  );
  const masses = isNear ? 420 : 34;
  const shade = mix(leaves, palette.ink, 0.55);
  const shine = mix(leaves, mix(palette.light, palette.glow, 0.4), 0.34);
  for (let mass = 0; mass < masses; mass += 1) {
    const share = mass / masses;
    const angle = random.between(0, Math.PI * 2);
    const reach = Math.sqrt(random.next()) * (1 - share * 0.12);
    // A crown is wide below its middle and narrows towards the top.
    const upward = Math.sin(angle);
    const offsetX = Math.cos(angle) * reach * ownHeight * (upward < 0 ? 0.31 : 0.38);
    const offsetY = upward * reach * ownHeight * (upward < 0 ? 0.34 : 0.22);
    const facing = ((offsetX * side) / (ownHeight * 0.38) - offsetY / (ownHeight * 0.3)) * 0.5;
    const size =
      ownHeight * (isNear ? random.between(0.016, 0.042) : random.between(0.06, 0.12)) * (1.5 - share * 0.7);
    context.fillStyle = css(mix(shade, shine, 0.12 + share * 0.45 + facing * 0.45), 0.92);
    context.beginPath();
    context.ellipse(x + offsetX, foot - ownHeight * 0.62 + offsetY, size * 1.2, size, angle, 0, Math.PI * 2);
    context.fill();
  }
  context.restore();
}
