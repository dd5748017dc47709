// Branches of cherry blossom in an upper corner.
import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { css, mix, oklch } from '../colour/colour';
import type { Random } from '../random/random';
import { ownShades } from '../stage/own-colour';
import type { Stage } from '../stage/stage';

const petals = [oklch(0.88, 0.08, 355), oklch(0.91, 0.055, 355), oklch(0.95, 0.03, 350)] as const;
const heart = oklch(0.68, 0.15, 5);

/** Paints branches of cherry blossom that reach in from an upper corner, and petals in the wind. */
export function paintBlossomBranches(stage: Stage): void {
  const { context, width, height, unit, palette, light } = stage;
  const random = stage.random.fork('blossoms');
  const growsFromLeft = light.x > width / 2;
  const sprites = [0, 1, 2, 3, 4, 5].map((index) => createBlossom(stage, random, index));
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
      const clusters = left <= 2 ? 4 : 2;
      for (let bud = 0; bud < clusters; bud += 1) {
        if (random.chance(left <= 2 ? 0.68 : 0.3)) buds.push({ x: atX, y: atY, near: random.next() });
      }
      if (left > 0 && step > 0 && random.chance(0.52)) {
        const turn = random.pick([-1, 1]) * random.between(0.4, 0.95);
        grow(atX, atY, heading + turn, length * random.between(0.3, 0.5), thickness * 0.5, left - 1);
      }
    }
  };
  const edge = growsFromLeft ? -0.02 * width : 1.02 * width;
  const inward = growsFromLeft ? 0 : Math.PI;
  const turn = growsFromLeft ? 1 : -1;
  grow(edge, height * random.between(0.1, 0.2), inward + turn * 0.06, width * 0.62, 17 * unit, 3);
  grow(edge, height * random.between(0.0, 0.05), inward + turn * 0.3, width * 0.44, 12 * unit, 3);
  grow(edge, height * random.between(0.2, 0.3), inward - turn * 0.2, width * 0.34, 9 * unit, 3);
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
  const petal = palette.lit(petals[1], 0);
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

// `index` runs from 0, the shaded back of the tree, to 5, its sunlit front.
function createBlossom(stage: Stage, random: Random, index: number): Canvas {
  const { palette } = stage;
  const canvas = createCanvas(96, 96);
  const context = canvas.getContext('2d');
  const shades = ownShades(stage, 'blossom', petals);
  const petal = shades[index % 3] ?? shades[0];
  const lift = 0.5 + 0.5 * palette.exposure;
  const full = mix(
    palette.lit(petal, 0),
    palette.tinted({ ...petal, lightness: petal.lightness * lift }),
    0.7,
  );
  const core = palette.tinted(heart);
  const own = mix(mix(mix(full, core, 0.42), palette.cloudShade, 0.16), full, index / 5);
  context.translate(48, 48);
  for (let ray = 0; ray < 5; ray += 1) {
    context.save();
    context.rotate((ray / 5) * Math.PI * 2 + random.between(-0.12, 0.12));
    const fill = context.createLinearGradient(0, 0, 0, -44);
    fill.addColorStop(0, css(mix(own, core, 0.55)));
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
  context.fillStyle = css(core);
  for (let stamen = 0; stamen < 9; stamen += 1) {
    const angle = random.between(0, Math.PI * 2);
    const reach = random.between(4, 14);
    context.beginPath();
    context.arc(Math.cos(angle) * reach, Math.sin(angle) * reach, 1.9, 0, Math.PI * 2);
    context.fill();
  }
  return canvas;
}
