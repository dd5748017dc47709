// A lighthouse on a headland with surf.
import { css, mix, oklch } from '../colour/colour';
import { createNoise, fractal } from '../random/noise';
import { ownColour } from '../stage/own-colour';
import { glow, type Point, type Stage } from '../stage/stage';
import { isDark } from './city';

/** Paints a lighthouse, its headland and its beams; (x, foot) is the base of the tower. Lengths in pixels. */
export function paintLighthouse(stage: Stage, x: number, foot: number, ownHeight: number): void {
  const outward = x > stage.width / 2 ? -1 : 1;
  const lamp = { x, y: foot - ownHeight * 0.875 };
  paintBeams(stage, lamp, outward, ownHeight);
  paintHeadland(stage, x, foot, outward);
  paintTower(stage, x, foot, ownHeight);
  glow(stage, lamp, ownHeight * 0.62, stage.palette.tinted(oklch(0.93, 0.1, 86)), 0.75);
  glow(stage, lamp, ownHeight * 0.16, stage.palette.tinted(oklch(0.98, 0.05, 90)), 0.9);
}

function paintHeadland(stage: Stage, x: number, foot: number, outward: number): void {
  const { context, palette, width, height, unit } = stage;
  const random = stage.random.fork('headland');
  const stone = mix(palette.lit(oklch(0.44, 0.03, 255), 0.06), palette.ink, 0.35);
  for (let ledge = 0; ledge < 3; ledge += 1) {
    const noise = createNoise(random);
    const reach = width * (0.2 + ledge * 0.1);
    const level = foot + (height - foot) * ledge * 0.24;
    const tone = mix(stone, palette.ink, 0.1 + ledge * 0.28);
    const rockAt = (at: number): number => {
      const seaward = Math.max(0, ((at - x) * outward + width * 0.07) / reach);
      const drop = seaward ** 3.2 * (height - foot) * 0.62;
      const broken = Math.abs(fractal(noise, at / (70 * unit), ledge * 5, 5) - 0.5) * 86 * unit;
      return level + drop + broken * (0.25 + seaward) - 8 * unit;
    };
    const start = outward === 1 ? -10 : width + 10;
    const end = x + outward * reach * 1.35;
    const fill = context.createLinearGradient(0, level, 0, level + (height - foot) * 0.7);
    fill.addColorStop(0, css(mix(tone, palette.glow, 0.12)));
    fill.addColorStop(1, css(mix(tone, palette.ink, 0.75)));
    context.fillStyle = fill;
    context.beginPath();
    context.moveTo(start, height + 5);
    for (let at = start; (end - at) * outward > 0; at += outward * 3) context.lineTo(at, rockAt(at));
    context.lineTo(end, height + 5);
    context.fill();
    paintSurf(stage, end - outward * reach * 0.16, Math.min(height, level + (height - foot) * 0.52), ledge);
  }
}

// Paints spray where waves break on the rock.
function paintSurf(stage: Stage, x: number, y: number, ledge: number): void {
  const { context, palette, unit, scene } = stage;
  const random = stage.random.fork(`surf ${ledge}`);
  const wild = scene.weather === 'storm' ? 1 : 0.35;
  const foam = mix(palette.cloudLight, palette.haze, 0.25);
  for (let drop = 0; drop < 420 * wild; drop += 1) {
    const across = (random.next() + random.next() + random.next() - 1.5) * 110 * unit;
    const rise = random.next() ** 2.2 * 150 * wild * unit * Math.exp(-((across / (70 * unit)) ** 2));
    context.fillStyle = css(foam, random.between(0.08, 0.5));
    context.beginPath();
    const size = (0.8 + random.next() ** 3 * 5) * unit;
    context.arc(x + across, y - rise, size, 0, Math.PI * 2);
    context.fill();
  }
}

function paintTower(stage: Stage, x: number, foot: number, ownHeight: number): void {
  const { context, palette, unit } = stage;
  const ownWidth = ownHeight * 0.19;
  const top = foot - ownHeight * 0.8;
  const white = palette.lit(oklch(0.95, 0.012, 80), 0.02);
  const stripes = ownColour(stage, 'lighthouse', 0.02) ?? palette.lit(oklch(0.57, 0.2, 28), 0.02);
  const isLitFromLeft = stage.light.x < x;
  const halfAt = (share: number): number => ownWidth * (0.32 + share ** 1.5 * 0.24);
  const bands = 5;
  for (let band = 0; band < bands; band += 1) {
    const from = band / bands;
    const to = (band + 1) / bands;
    const tone = band % 2 === 0 ? white : stripes;
    const dark = mix(tone, palette.ink, 0.62);
    const fill = context.createLinearGradient(x - ownWidth * 0.5, 0, x + ownWidth * 0.5, 0);
    fill.addColorStop(0, css(isLitFromLeft ? mix(tone, palette.light, 0.2) : dark));
    fill.addColorStop(0.42, css(mix(tone, palette.ink, 0.12)));
    fill.addColorStop(1, css(isLitFromLeft ? dark : mix(tone, palette.light, 0.2)));
    context.fillStyle = fill;
    const heightAt = (share: number): number => top + (foot - top + 16 * unit) * share;
    context.beginPath();
    context.moveTo(x - halfAt(from), heightAt(from));
    context.lineTo(x + halfAt(from), heightAt(from));
    context.quadraticCurveTo(
      x + halfAt((from + to) / 2),
      heightAt((from + to) / 2),
      x + halfAt(to),
      heightAt(to) + 1,
    );
    context.lineTo(x - halfAt(to), heightAt(to) + 1);
    context.quadraticCurveTo(
      x - halfAt((from + to) / 2),
      heightAt((from + to) / 2),
      x - halfAt(from),
      heightAt(from),
    );
    context.fill();
  }
  context.fillStyle = css(palette.ink, 0.75);
  for (const share of [0.3, 0.7]) {
    context.fillRect(x - ownWidth * 0.05, top + (foot - top) * share, ownWidth * 0.1, ownHeight * 0.032);
  }
  const iron = palette.ink;
  context.fillStyle = css(palette.tinted(oklch(0.95, 0.09, 90)));
  context.fillRect(x - ownWidth * 0.22, top - ownHeight * 0.115, ownWidth * 0.44, ownHeight * 0.1);
  context.fillStyle = css(iron);
  for (const post of [-0.22, -0.02, 0.18]) {
    context.fillRect(x + ownWidth * post, top - ownHeight * 0.115, ownWidth * 0.04, ownHeight * 0.1);
  }
  context.fillRect(x - ownWidth * 0.44, top - ownHeight * 0.018, ownWidth * 0.88, ownHeight * 0.024);
  context.fillRect(x - ownWidth * 0.42, top - ownHeight * 0.056, ownWidth * 0.84, ownHeight * 0.006);
  for (const post of [-0.42, -0.22, -0.02, 0.18, 0.385]) {
    context.fillRect(x + ownWidth * post, top - ownHeight * 0.056, ownWidth * 0.035, ownHeight * 0.05);
  }
  context.beginPath();
  context.moveTo(x - ownWidth * 0.32, top - ownHeight * 0.11);
  context.quadraticCurveTo(x - ownWidth * 0.2, top - ownHeight * 0.165, x, top - ownHeight * 0.175);
  context.quadraticCurveTo(
    x + ownWidth * 0.2,
    top - ownHeight * 0.165,
    x + ownWidth * 0.32,
    top - ownHeight * 0.11,
  );
  context.fill();
  context.fillRect(x - unit, top - ownHeight * 0.21, 2 * unit, ownHeight * 0.04);
}

function paintBeams(stage: Stage, from: Point, outward: number, ownHeight: number): void {
  const { context, palette, width } = stage;
  const tone = palette.tinted(oklch(0.93, 0.08, 88));
  const dim = isDark(stage) ? 1 : 0.5;
  context.save();
  context.globalCompositeOperation = 'screen';
  for (const [direction, strength] of [
    [outward, 0.62],
    [-outward, 0.3],
  ] as const) {
    const reach = width * 0.95;
    const beam = context.createRadialGradient(from.x, from.y, 0, from.x, from.y, reach);
    beam.addColorStop(0, css(tone, strength * dim));
    beam.addColorStop(0.3, css(tone, strength * 0.42 * dim));
    beam.addColorStop(1, css(tone, 0));
    context.fillStyle = beam;
    context.filter = `blur(${ownHeight * 0.012}px)`;
    context.beginPath();
    context.moveTo(from.x, from.y - ownHeight * 0.012);
    context.lineTo(from.x + direction * reach, from.y - reach * 0.19);
    context.lineTo(from.x + direction * reach, from.y - reach * 0.005);
    context.lineTo(from.x, from.y + ownHeight * 0.012);
    context.fill();
  }
  context.restore();
}
