// Fields of flowers that reach the horizon.
import { type Canvas, createCanvas } from '@napi-rs/canvas';
import type { Flower } from '../../../../shared/painter/scene';
import { type Colour, css, lighten, mix, oklch } from '../colour/colour';
import type { Random } from '../random/random';
import { ownShades } from '../stage/own-colour';
import type { Stage } from '../stage/stage';

type Bloom = { petals: readonly [Colour, ...Colour[]]; heart: Colour; shape: 'cup' | 'rays' | 'spike' };

const blooms: Record<Exclude<Flower, 'blossom'>, Bloom> = {
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
};

/** Paints a field of one kind of flower from a height to the bottom: small far away, large and blurred close by. */
export function paintFlowerField(stage: Stage, kind: Exclude<Flower, 'blossom'>, top: number): void {
  const { context, width, height, unit, palette } = stage;
  const random = stage.random.fork('flowers');
  const bloom = blooms[kind];
  const petals = ownShades(stage, kind, bloom.petals);
  const field = height - top;
  const stems = mix(palette.lit(oklch(0.5, 0.1, 135), 0), palette.ink, 0.25);
  const rows = 34;
  for (let row = 0; row < rows; row += 1) {
    const nearness = ((row + 0.5) / rows) ** 1.9;
    const y = top + field * (0.02 + nearness * 1.04);
    const size = (3.6 + 84 * nearness ** 1.3) * unit;
    const depth = 0.42 * (1 - nearness) ** 2.6;
    const sprites = petals.map((petal) =>
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
      const ownHeight =
        bloom.shape === 'spike' ? head.size * 2.6 : head.size * (bloom.shape === 'cup' ? 0.95 : 0.82);
      context.drawImage(head.sprite, head.x - head.size / 2, head.y - ownHeight * 0.6, head.size, ownHeight);
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
  const ownHeight = bloom.shape === 'spike' ? box * 2 : box;
  const canvas = createCanvas(box, ownHeight);
  const context = canvas.getContext('2d');
  const vivid = { ...petal, lightness: petal.lightness * (0.6 + 0.4 * palette.exposure) };
  const own = mix(mix(palette.lit(petal, depth), palette.tinted(vivid), 0.8), palette.haze, depth * 0.4);
  const dark = mix(own, palette.ink, 0.38);
  const bright = mix(lighten(own, 0.03), palette.light, 0.12);
  const heart = mix(palette.lit(bloom.heart, depth), bloom.heart, 0.4);
  context.translate(box / 2, ownHeight / 2);
  const radius = box / 2;
  if (bloom.shape === 'spike') {
    for (let floret = 0; floret < 22; floret += 1) {
      const share = floret / 22;
      context.fillStyle = css(mix(dark, bright, random.between(0.1, 0.8)), 0.9);
      context.beginPath();
      const reach = radius * 0.42 * Math.sin(Math.PI * (0.18 + share * 0.78));
      context.ellipse(
        random.between(-1, 1) * reach,
        ownHeight * (0.46 - share * 0.9),
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
    const petalShape = (
      turn: number,
      petalWidth: number,
      reach: number,
      tone: Colour,
      edge: Colour,
    ): void => {
      context.save();
      context.rotate(turn);
      const fill = context.createLinearGradient(0, radius * 0.4, 0, -reach);
      fill.addColorStop(0, css(mix(tone, palette.ink, 0.25)));
      fill.addColorStop(1, css(edge));
      context.fillStyle = fill;
      context.beginPath();
      context.moveTo(0, radius * 0.42);
      context.bezierCurveTo(
        -petalWidth,
        radius * 0.3,
        -petalWidth * 1.15,
        -reach * 0.8,
        -petalWidth * 0.3,
        -reach * 0.88,
      );
      context.bezierCurveTo(0, -reach * 0.78, petalWidth * 0.2, -reach, petalWidth * 0.45, -reach * 0.86);
      context.bezierCurveTo(petalWidth * 1.15, -reach * 0.6, petalWidth, radius * 0.3, 0, radius * 0.42);
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
