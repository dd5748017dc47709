// Flowers: fields that run to the horizon, and blossoming branches.
import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { type Colour, css, lighten, mix, oklch } from '../colour';
import type { Random } from '../random';
import type { Stage } from '../stage';
import type { Flower } from '../words';

type Bloom = { petals: readonly [Colour, ...Colour[]]; heart: Colour; shape: 'cup' | 'rays' | 'spike' };

const blooms: Record<Flower, Bloom> = {
  poppy: {
    petals: [oklch(0.6, 0.22, 28), oklch(0.64, 0.21, 33), oklch(0.55, 0.21, 25)],
    heart: oklch(0.22, 0.03, 300),
    shape: 'cup',
  },
  tulip: {
    petals: [oklch(0.64, 0.2, 15), oklch(0.84, 0.15, 88), oklch(0.6, 0.17, 340)],
    heart: oklch(0.8, 0.12, 90),
    shape: 'cup',
  },
  lavender: {
    petals: [oklch(0.55, 0.14, 298), oklch(0.62, 0.13, 300), oklch(0.5, 0.15, 292)],
    heart: oklch(0.6, 0.1, 300),
    shape: 'spike',
  },
  sunflower: {
    petals: [oklch(0.85, 0.17, 88), oklch(0.8, 0.17, 78)],
    heart: oklch(0.33, 0.06, 50),
    shape: 'rays',
  },
  wildflower: {
    petals: [
      oklch(0.95, 0.02, 90),
      oklch(0.7, 0.16, 10),
      oklch(0.62, 0.15, 290),
      oklch(0.86, 0.15, 92),
      oklch(0.65, 0.13, 255),
    ],
    heart: oklch(0.82, 0.15, 85),
    shape: 'rays',
  },
  blossom: {
    petals: [oklch(0.91, 0.055, 355), oklch(0.86, 0.085, 355), oklch(0.95, 0.025, 350)],
    heart: oklch(0.68, 0.15, 5),
    shape: 'rays',
  },
};

/** A field of one kind of flower from a height to the bottom, small far away and large and soft close by. */
export function paintFlowerField(stage: Stage, kind: Flower, top: number): void {
  const { context, width, height, unit, palette } = stage;
  const random = stage.random.fork('flowers');
  const bloom = blooms[kind];
  const field = height - top;
  const stems = mix(palette.lit(oklch(0.5, 0.1, 135), 0), palette.ink, 0.25);
  const rows = 34;
  for (let row = 0; row < rows; row += 1) {
    const nearness = ((row + 0.5) / rows) ** 1.9;
    const y = top + field * (0.02 + nearness * 1.04);
    const size = (3.6 + 84 * nearness ** 1.3) * unit;
    const depth = 0.42 * (1 - nearness) ** 2.6;
    const sprites = bloom.petals.map((petal) =>
      createBloom(stage, petal, bloom, depth, Math.min(150, size * 2.4), random),
    );
    const spacing = size * (kind === 'lavender' ? 0.62 : 1.05) + 2 * unit;
    const stemTone = mix(stems, palette.haze, depth);
    context.strokeStyle = css(stemTone);
    context.lineWidth = Math.max(0.7 * unit, size * 0.05);
    const heads: { x: number; y: number; size: number; sprite: Canvas }[] = [];
    context.beginPath();
    for (let x = -size; x < width + size; x += spacing * random.between(0.35, 1.7)) {
      const rise = size * random.between(1.1, 2.3);
      const sway = size * random.between(-0.4, 0.4);
      const foot = y + random.between(-0.5, 0.7) * spacing + rise;
      for (let blade = 0; blade < 3; blade += 1) {
        const bladeX = x + size * random.between(-1, 1);
        context.moveTo(bladeX, foot);
        context.quadraticCurveTo(
          bladeX,
          foot - rise * 0.4,
          bladeX + size * random.between(-0.5, 0.5),
          foot - rise * random.between(0.5, 1.05),
        );
      }
      if (random.chance(0.18)) continue;
      context.moveTo(x, foot + rise * 0.5);
      context.quadraticCurveTo(x + sway * 0.2, foot - rise * 0.4, x + sway, foot - rise);
      const sprite = sprites[random.integer(0, sprites.length - 1)];
      if (sprite) heads.push({ x: x + sway, y: foot - rise, size: size * random.between(0.75, 1.2), sprite });
    }
    context.stroke();
    for (const head of heads) {
      const tall =
        bloom.shape === 'spike' ? head.size * 2.6 : head.size * (bloom.shape === 'cup' ? 0.95 : 0.82);
      context.drawImage(head.sprite, head.x - head.size / 2, head.y - tall * 0.6, head.size, tall);
    }
  }
  const shade = context.createLinearGradient(0, top + field * 0.45, 0, height);
  shade.addColorStop(0, css(palette.ink, 0));
  shade.addColorStop(1, css(palette.ink, 0.5));
  context.fillStyle = shade;
  context.fillRect(0, top, width, field);
}

function createBloom(
  stage: Stage,
  petal: Colour,
  bloom: Bloom,
  depth: number,
  size: number,
  random: Random,
): Canvas {
  const { palette } = stage;
  const box = Math.max(8, Math.ceil(size));
  const tall = bloom.shape === 'spike' ? box * 2 : box;
  const canvas = createCanvas(box, tall);
  const context = canvas.getContext('2d');
  const vivid = { ...petal, lightness: petal.lightness * (0.6 + 0.4 * palette.exposure) };
  const own = mix(mix(palette.lit(petal, depth), palette.bent(vivid), 0.8), palette.haze, depth * 0.4);
  const dark = mix(own, palette.ink, 0.38);
  const bright = mix(lighten(own, 0.03), palette.light, 0.12);
  const heart = mix(palette.lit(bloom.heart, depth), bloom.heart, 0.4);
  context.translate(box / 2, tall / 2);
  const radius = box / 2;
  if (bloom.shape === 'spike') {
    for (let floret = 0; floret < 22; floret += 1) {
      const share = floret / 22;
      context.fillStyle = css(mix(dark, bright, random.between(0.1, 0.8)), 0.9);
      context.beginPath();
      const reach = radius * 0.42 * Math.sin(Math.PI * (0.18 + share * 0.78));
      context.ellipse(
        random.between(-1, 1) * reach,
        tall * (0.46 - share * 0.9),
        radius * 0.2,
        radius * 0.17,
        0,
        0,
        Math.PI * 2,
      );
      context.fill();
    }
    return canvas;
  }
  if (bloom.shape === 'cup') {
    const petalShape = (turn: number, wide: number, reach: number, tone: Colour, edge: Colour): void => {
      context.save();
      context.rotate(turn);
      const fill = context.createLinearGradient(0, radius * 0.4, 0, -reach);
      fill.addColorStop(0, css(mix(tone, palette.ink, 0.25)));
      fill.addColorStop(1, css(edge));
      context.fillStyle = fill;
      context.beginPath();
      context.moveTo(0, radius * 0.42);
      context.bezierCurveTo(-wide, radius * 0.3, -wide * 1.15, -reach * 0.8, -wide * 0.3, -reach * 0.88);
      context.bezierCurveTo(0, -reach * 0.78, wide * 0.2, -reach, wide * 0.45, -reach * 0.86);
      context.bezierCurveTo(wide * 1.15, -reach * 0.6, wide, radius * 0.3, 0, radius * 0.42);
      context.fill();
      context.restore();
    };
    petalShape(0, radius * 0.8, radius * 0.92, dark, own);
    context.fillStyle = css(heart, 0.9);
    context.beginPath();
    context.ellipse(0, -radius * 0.12, radius * 0.24, radius * 0.2, 0, 0, Math.PI * 2);
    context.fill();
    petalShape(-0.62, radius * 0.66, radius * 0.78, dark, own);
    petalShape(0.62, radius * 0.66, radius * 0.78, dark, bright);
    petalShape(random.between(-0.12, 0.12), radius * 0.7, radius * 0.5, own, bright);
    return canvas;
  }
  const count = bloom.heart.lightness < 0.5 ? 18 : 9;
  for (let ray = 0; ray < count; ray += 1) {
    context.save();
    context.rotate((ray / count) * Math.PI * 2 + random.between(-0.08, 0.08));
    const fill = context.createLinearGradient(0, 0, 0, -radius);
    fill.addColorStop(0, css(dark));
    fill.addColorStop(1, css(bright));
    context.fillStyle = fill;
    context.beginPath();
    context.ellipse(
      0,
      -radius * 0.58,
      radius * (2.1 / count) + radius * 0.04,
      radius * 0.4,
      0,
      0,
      Math.PI * 2,
    );
    context.fill();
    context.restore();
  }
  context.fillStyle = css(heart);
  context.beginPath();
  context.arc(0, 0, radius * (count > 12 ? 0.4 : 0.24), 0, Math.PI * 2);
  context.fill();
  return canvas;
}

/** Branches of cherry blossom reaching in from an upper corner, with petals on the wind. */
export function paintBlossomBranches(stage: Stage): void {
  const { context, width, height, unit, palette, light } = stage;
  const random = stage.random.fork('blossoms');
  const fromLeft = light.x > width / 2;
  const bloom = blooms.blossom;
  const sprites = [0, 1, 2, 3, 4, 5].map((index) => createBlossom(stage, bloom, random, index));
  const bark = mix(palette.lit(oklch(0.32, 0.035, 30), 0), palette.ink, 0.5);
  const buds: { x: number; y: number; near: number }[] = [];
  context.save();
  context.strokeStyle = css(bark);
  context.lineCap = 'round';
  const grow = (
    x: number,
    y: number,
    angle: number,
    length: number,
    thickness: number,
    left: number,
  ): void => {
    let atX = x;
    let atY = y;
    let heading = angle;
    const steps = 7;
    for (let step = 0; step < steps; step += 1) {
      const toX = atX + Math.cos(heading) * (length / steps);
      const toY = atY + Math.sin(heading) * (length / steps);
      context.lineWidth = Math.max(1.2 * unit, thickness * (1 - (step / steps) * 0.5));
      context.beginPath();
      context.moveTo(atX, atY);
      context.lineTo(toX, toY);
      context.stroke();
      atX = toX;
      atY = toY;
      heading += random.between(-0.24, 0.24);
      const clusters = left <= 2 ? 3 : 1;
      for (let bud = 0; bud < clusters; bud += 1) {
        if (random.chance(left <= 2 ? 0.62 : 0.24)) buds.push({ x: atX, y: atY, near: random.next() });
      }
      if (left > 0 && step > 0 && random.chance(0.52)) {
        const turn = random.pick([-1, 1]) * random.between(0.4, 0.95);
        grow(atX, atY, heading + turn, length * random.between(0.3, 0.5), thickness * 0.5, left - 1);
      }
    }
  };
  const edge = fromLeft ? -0.02 * width : 1.02 * width;
  const inward = fromLeft ? 0 : Math.PI;
  const turn = fromLeft ? 1 : -1;
  grow(edge, height * random.between(0.1, 0.2), inward + turn * 0.06, width * 0.62, 17 * unit, 3);
  grow(edge, height * random.between(0.0, 0.05), inward + turn * 0.3, width * 0.4, 11 * unit, 3);
  buds.sort((first, second) => first.near - second.near);
  for (const bud of buds) {
    const sprite = sprites[Math.min(5, Math.floor(bud.near * 6))];
    if (!sprite) continue;
    const size = (13 + 25 * bud.near) * unit;
    context.save();
    context.translate(bud.x + random.between(-14, 14) * unit, bud.y + random.between(-14, 14) * unit);
    context.rotate(random.between(0, Math.PI * 2));
    context.drawImage(sprite, -size / 2, -size / 2, size, size);
    context.restore();
  }
  const petal = palette.lit(bloom.petals[1] ?? bloom.petals[0], 0);
  for (let drift = 0; drift < 44; drift += 1) {
    const size = random.between(2.5, 7) * unit;
    context.fillStyle = css(mix(petal, palette.light, random.between(0, 0.5)), random.between(0.5, 0.95));
    context.beginPath();
    context.ellipse(
      random.next() * width,
      random.between(0.1, 1) * height,
      size,
      size * random.between(0.3, 0.7),
      random.between(0, 3),
      0,
      Math.PI * 2,
    );
    context.fill();
  }
  context.restore();
}

function createBlossom(stage: Stage, bloom: Bloom, random: Random, index: number): Canvas {
  const { palette } = stage;
  const canvas = createCanvas(96, 96);
  const context = canvas.getContext('2d');
  const petal = bloom.petals[index % bloom.petals.length] ?? bloom.petals[0];
  const lift = 0.5 + 0.5 * palette.exposure;
  const full = mix(palette.lit(petal, 0), palette.bent({ ...petal, lightness: petal.lightness * lift }), 0.7);
  // The sprites run from the shaded back of the tree to its sunlit front.
  const own = mix(mix(full, palette.cloudShade, 0.34), full, index / 5);
  const heart = palette.bent(bloom.heart);
  context.translate(48, 48);
  for (let ray = 0; ray < 5; ray += 1) {
    context.save();
    context.rotate((ray / 5) * Math.PI * 2 + random.between(-0.12, 0.12));
    const fill = context.createLinearGradient(0, 0, 0, -44);
    fill.addColorStop(0, css(mix(own, heart, 0.55)));
    fill.addColorStop(0.4, css(own));
    fill.addColorStop(1, css(mix(own, palette.light, 0.35)));
    context.fillStyle = fill;
    context.beginPath();
    context.moveTo(0, 2);
    context.bezierCurveTo(-22, -8, -26, -38, -8, -44);
    context.lineTo(0, -38);
    context.lineTo(8, -44);
    context.bezierCurveTo(26, -38, 22, -8, 0, 2);
    context.fill();
    context.restore();
  }
  context.fillStyle = css(heart);
  for (let stamen = 0; stamen < 9; stamen += 1) {
    const angle = random.between(0, Math.PI * 2);
    const reach = random.between(4, 14);
    context.beginPath();
    context.arc(Math.cos(angle) * reach, Math.sin(angle) * reach, 1.9, 0, Math.PI * 2);
    context.fill();
  }
  return canvas;
}
