// Single things people built: cabin, lighthouse, boat, bridge, balloon.
import { css, lighten, mix, oklch } from '../colour';
import { createNoise, fractal } from '../random';
import { glow, type Point, type Stage } from '../stage';
import { isDark } from './city';

const lamp = oklch(0.86, 0.14, 76);

/** A gabled cabin with lit windows and a little smoke; the foot is the middle of its sill. Lengths in pixels. */
export function paintCabin(stage: Stage, x: number, foot: number, wide: number): void {
  const { context, palette, scene } = stage;
  const random = stage.random.fork('cabin');
  const side = stage.light.x < x ? 1 : -1;
  const wood = mix(palette.lit(oklch(0.42, 0.07, 45), 0.03), palette.ink, 0.35);
  const roofTone =
    scene.season === 'winter' ? palette.lit(oklch(0.95, 0.012, 235), 0.03) : mix(wood, palette.ink, 0.55);
  const tall = wide * 0.46;
  const roof = wide * 0.44;
  paintSmoke(stage, x + side * wide * 0.22, foot - tall - roof * 0.95, wide * 1.5);
  context.fillStyle = css(mix(wood, palette.ink, 0.5));
  context.fillRect(x + side * wide * 0.22 - wide * 0.045, foot - tall - roof * 0.95, wide * 0.09, roof * 0.7);
  const front = context.createLinearGradient(0, foot - tall, 0, foot);
  front.addColorStop(0, css(wood));
  front.addColorStop(1, css(mix(wood, palette.ink, 0.5)));
  context.fillStyle = front;
  context.beginPath();
  context.moveTo(x - wide * 0.42, foot);
  context.lineTo(x - wide * 0.42, foot - tall);
  context.lineTo(x, foot - tall - roof);
  context.lineTo(x + wide * 0.42, foot - tall);
  context.lineTo(x + wide * 0.42, foot);
  context.fill();
  context.strokeStyle = css(palette.ink, 0.22);
  context.lineWidth = wide * 0.006;
  for (let plank = 1; plank < 9; plank += 1) {
    context.beginPath();
    context.moveTo(x - wide * 0.42, foot - (tall * plank) / 9);
    context.lineTo(x + wide * 0.42, foot - (tall * plank) / 9);
    context.stroke();
  }
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.strokeStyle = css(roofTone);
  context.lineWidth = wide * 0.07;
  context.beginPath();
  context.moveTo(x - wide * 0.52, foot - tall + wide * 0.09);
  context.lineTo(x, foot - tall - roof);
  context.lineTo(x + wide * 0.52, foot - tall + wide * 0.09);
  context.stroke();
  const bright = palette.bent(lamp);
  const strength = isDark(stage) || scene.time === 'sunset' || scene.time === 'dawn' ? 1 : 0.6;
  const pane = (left: number, top: number, paneWide: number, paneTall: number): void => {
    const shine = context.createLinearGradient(0, top, 0, top + paneTall);
    shine.addColorStop(0, css(lighten(bright, 0.06), strength));
    shine.addColorStop(1, css(bright, strength));
    context.fillStyle = shine;
    context.fillRect(left, top, paneWide, paneTall);
    context.fillStyle = css(mix(wood, palette.ink, 0.6));
    context.fillRect(left + paneWide / 2 - wide * 0.007, top, wide * 0.014, paneTall);
    context.fillRect(left, top + paneTall / 2 - wide * 0.007, paneWide, wide * 0.014);
  };
  pane(x - wide * 0.3, foot - tall * 0.78, wide * 0.2, tall * 0.42);
  pane(x + wide * 0.1, foot - tall * 0.78, wide * 0.2, tall * 0.42);
  pane(x - wide * 0.06, foot - tall - roof * 0.5, wide * 0.12, wide * 0.13);
  if (strength < 1) return;
  glow(stage, { x, y: foot - tall * 0.5 }, wide * random.between(1.1, 1.3), bright, 0.4);
  const spill = context.createRadialGradient(x, foot, 0, x, foot, wide);
  spill.addColorStop(0, css(bright, 0.3));
  spill.addColorStop(1, css(bright, 0));
  context.save();
  context.translate(0, foot * 0.82);
  context.scale(1, 0.18);
  context.translate(0, 0);
  context.globalCompositeOperation = 'screen';
  context.fillStyle = spill;
  context.fillRect(x - wide, foot - wide, wide * 2, wide * 2);
  context.restore();
}

function paintSmoke(stage: Stage, x: number, y: number, tall: number): void {
  const { context, palette } = stage;
  const noise = createNoise(stage.random.fork('smoke'));
  for (let puff = 0; puff < 46; puff += 1) {
    const share = puff / 46;
    const drift = (fractal(noise, share * 2.4, 1, 2) - 0.4) * tall * 0.5 * share;
    context.fillStyle = css(mix(palette.cloudLight, palette.haze, 0.4), 0.09 * (1 - share));
    context.beginPath();
    context.arc(x + drift, y - tall * share, tall * (0.025 + 0.075 * share), 0, Math.PI * 2);
    context.fill();
  }
}

/** A lighthouse on its rock, beam and all; returns where its lamp is. Lengths in pixels. */
export function paintLighthouse(stage: Stage, x: number, foot: number, tall: number): Point {
  const { context, palette, width, height, unit } = stage;
  const random = stage.random.fork('lighthouse');
  const noise = createNoise(random);
  const outward = x > width / 2 ? -1 : 1;
  const stone = mix(palette.lit(oklch(0.4, 0.025, 260), 0.05), palette.ink, 0.55);
  const rock = context.createLinearGradient(0, foot, 0, height);
  rock.addColorStop(0, css(mix(stone, palette.glow, 0.1)));
  rock.addColorStop(1, css(palette.ink));
  const rockAt = (at: number): number => {
    const seaward = ((at - x) * outward) / (width * 0.24);
    const drop = seaward <= 0 ? -seaward * 0.04 : Math.min(1, seaward) ** 2.2 * 0.9;
    return foot + drop * (height - foot) + (fractal(noise, at / (34 * unit), 4, 5) - 0.5) * 46 * unit;
  };
  context.fillStyle = rock;
  context.beginPath();
  context.moveTo(outward === 1 ? -10 : width + 10, height + 5);
  const end = x + outward * width * 0.26;
  for (let at = outward === 1 ? -10 : width + 10; (end - at) * outward > 0; at += outward * 4)
    context.lineTo(at, rockAt(at));
  context.lineTo(end, height + 5);
  context.fill();
  const wide = tall * 0.15;
  const top = foot - tall * 0.8;
  const light = { x, y: top - tall * 0.075 };
  const white = palette.lit(oklch(0.93, 0.012, 80), 0.02);
  const red = palette.lit(oklch(0.55, 0.19, 28), 0.02);
  const bands = 5;
  for (let band = 0; band < bands; band += 1) {
    const from = band / bands;
    const to = (band + 1) / bands;
    const halfAt = (share: number): number => wide * (0.34 + share * 0.26);
    const fill = context.createLinearGradient(x - wide * 0.6, 0, x + wide * 0.6, 0);
    const tone = band % 2 === 0 ? white : red;
    const dark = mix(tone, palette.ink, 0.62);
    const sunward = stage.light.x < x;
    fill.addColorStop(0, css(sunward ? tone : dark));
    fill.addColorStop(0.4, css(mix(tone, palette.ink, 0.2)));
    fill.addColorStop(1, css(sunward ? dark : tone));
    context.fillStyle = fill;
    context.beginPath();
    context.moveTo(x - halfAt(from), top + (foot - top + 14 * unit) * from);
    context.lineTo(x + halfAt(from), top + (foot - top + 14 * unit) * from);
    context.lineTo(x + halfAt(to), top + (foot - top + 14 * unit) * to + 1);
    context.lineTo(x - halfAt(to), top + (foot - top + 14 * unit) * to + 1);
    context.fill();
  }
  const iron = mix(palette.ink, stone, 0.2);
  paintBeams(stage, light, outward, tall);
  context.fillStyle = css(palette.bent(oklch(0.95, 0.09, 90)));
  context.fillRect(x - wide * 0.24, top - tall * 0.115, wide * 0.48, tall * 0.1);
  context.fillStyle = css(iron);
  context.fillRect(x - wide * 0.5, top - tall * 0.018, wide, tall * 0.024);
  context.fillRect(x - wide * 0.48, top - tall * 0.06, wide * 0.96, tall * 0.006);
  for (const post of [-0.46, -0.24, -0.02, 0.2, 0.42]) {
    context.fillRect(x + wide * post, top - tall * 0.06, wide * 0.035, tall * 0.05);
  }
  context.beginPath();
  context.moveTo(x - wide * 0.36, top - tall * 0.11);
  context.quadraticCurveTo(x - wide * 0.22, top - tall * 0.165, x, top - tall * 0.175);
  context.quadraticCurveTo(x + wide * 0.22, top - tall * 0.165, x + wide * 0.36, top - tall * 0.11);
  context.fill();
  context.fillRect(x - unit, top - tall * 0.21, 2 * unit, tall * 0.04);
  glow(stage, light, tall * 0.62, palette.bent(oklch(0.93, 0.1, 86)), 0.75);
  glow(stage, light, tall * 0.16, palette.bent(oklch(0.98, 0.05, 90)), 0.9);
  return light;
}

function paintBeams(stage: Stage, from: Point, outward: number, tall: number): void {
  const { context, palette, width } = stage;
  const tone = palette.bent(oklch(0.93, 0.08, 88));
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
    context.filter = `blur(${tall * 0.012}px)`;
    context.beginPath();
    context.moveTo(from.x, from.y - tall * 0.012);
    context.lineTo(from.x + direction * reach, from.y - reach * 0.19);
    context.lineTo(from.x + direction * reach, from.y - reach * 0.005);
    context.lineTo(from.x, from.y + tall * 0.012);
    context.fill();
  }
  context.restore();
}

/** A sailing boat with its own broken reflection; the foot is its water line. Lengths in pixels. */
export function paintBoat(stage: Stage, x: number, waterline: number, tall: number): void {
  const { context, palette, light } = stage;
  const facing = light.x < x ? -1 : 1;
  const hull = mix(palette.lit(oklch(0.36, 0.06, 35), 0.02), palette.ink, 0.5);
  const cloth = mix(palette.lit(oklch(0.95, 0.02, 80), 0.05), palette.light, 0.25);
  const draw = (): void => {
    const sail = context.createLinearGradient(-tall * 0.4, 0, tall * 0.4, 0);
    sail.addColorStop(0, css(mix(cloth, palette.cloudShade, 0.55)));
    sail.addColorStop(1, css(cloth));
    context.fillStyle = sail;
    context.beginPath();
    context.moveTo(tall * 0.035, -tall);
    context.quadraticCurveTo(tall * 0.34, -tall * 0.45, tall * 0.4, -tall * 0.17);
    context.quadraticCurveTo(tall * 0.2, -tall * 0.12, tall * 0.035, -tall * 0.15);
    context.fill();
    context.beginPath();
    context.moveTo(-tall * 0.02, -tall * 0.9);
    context.quadraticCurveTo(-tall * 0.1, -tall * 0.4, -tall * 0.33, -tall * 0.16);
    context.quadraticCurveTo(-tall * 0.16, -tall * 0.13, -tall * 0.02, -tall * 0.16);
    context.fill();
    context.fillStyle = css(hull);
    context.fillRect(-tall * 0.012, -tall * 1.03, tall * 0.022, tall);
    context.beginPath();
    context.moveTo(-tall * 0.38, -tall * 0.1);
    context.quadraticCurveTo(0, -tall * 0.055, tall * 0.44, -tall * 0.11);
    context.quadraticCurveTo(tall * 0.34, tall * 0.02, tall * 0.2, tall * 0.02);
    context.lineTo(-tall * 0.24, tall * 0.02);
    context.quadraticCurveTo(-tall * 0.34, 0, -tall * 0.38, -tall * 0.1);
    context.fill();
  };
  context.save();
  context.translate(x, waterline);
  context.scale(facing, 1);
  draw();
  context.restore();
  context.save();
  context.globalAlpha = 0.34;
  context.filter = `blur(${tall * 0.018}px)`;
  context.translate(x, waterline);
  context.scale(facing, -0.62);
  draw();
  context.restore();
}

/** A suspension bridge from edge to edge with its deck at a height. Lengths in pixels. */
export function paintBridge(stage: Stage, deck: number, tall: number): void {
  const { context, width, palette, unit, horizon } = stage;
  const random = stage.random.fork('bridge');
  const steel = mix(palette.lit(oklch(0.48, 0.12, 32), 0.18), palette.ink, 0.4);
  const first = width * random.between(0.16, 0.26);
  const second = width * random.between(0.7, 0.82);
  context.fillStyle = css(steel);
  context.strokeStyle = css(steel);
  context.fillRect(0, deck, width, 7 * unit);
  for (const tower of [first, second]) {
    for (const leg of [-11, 7])
      context.fillRect(tower + leg * unit, deck - tall, 6 * unit, horizon - deck + tall + 4 * unit);
    for (const brace of [0.04, 0.3, 0.56, 0.8]) {
      context.fillRect(tower - 11 * unit, deck - tall * (1 - brace), 24 * unit, 6 * unit);
    }
  }
  const cable = (from: number, to: number, fromY: number, toY: number, sag: number): void => {
    const heightAt = (share: number): number => fromY + (toY - fromY) * share + sag * 4 * share * (1 - share);
    context.lineWidth = 3 * unit;
    context.beginPath();
    for (let step = 0; step <= 40; step += 1)
      context.lineTo(from + ((to - from) * step) / 40, heightAt(step / 40));
    context.stroke();
    context.lineWidth = 0.9 * unit;
    context.beginPath();
    const hangers = Math.round(Math.abs(to - from) / (13 * unit));
    for (let hanger = 1; hanger < hangers; hanger += 1) {
      const share = hanger / hangers;
      context.moveTo(from + (to - from) * share, heightAt(share));
      context.lineTo(from + (to - from) * share, deck);
    }
    context.stroke();
  };
  const top = deck - tall + 4 * unit;
  cable(first, second, top, top, tall * 0.9);
  cable(first - width * 0.45, first, deck + tall * 0.2, top, tall * 0.16);
  cable(second, second + width * 0.45, top, deck + tall * 0.2, tall * 0.16);
  if (!isDark(stage)) return;
  for (let x = 0; x < width; x += 26 * unit) {
    glow(stage, { x, y: deck }, 16 * unit, palette.bent(lamp), 0.7);
  }
}

/** Hot-air balloons, one large and some far away. */
export function paintBalloons(stage: Stage): void {
  const { context, width, horizon, palette } = stage;
  const random = stage.random.fork('balloons');
  const cloths = [
    oklch(0.6, 0.19, 28),
    oklch(0.78, 0.15, 75),
    oklch(0.55, 0.11, 220),
    oklch(0.9, 0.04, 85),
  ] as const;
  const count = 5;
  for (let balloon = 0; balloon < count; balloon += 1) {
    const near = balloon === count - 1;
    const radius = Math.min(width, horizon) * (near ? 0.13 : random.between(0.025, 0.06));
    const x = width * (near ? (stage.light.x < width / 2 ? 0.68 : 0.32) : random.between(0.08, 0.92));
    const y = horizon * (near ? 0.36 : random.between(0.2, 0.72));
    const depth = near ? 0.05 : 0.5;
    const first = random.pick(cloths);
    const second = random.pick(cloths);
    const gores = 9;
    for (let gore = 0; gore < gores; gore += 1) {
      const bulge = (share: number): number => Math.sin((share - 0.5) * Math.PI) * radius;
      const left = bulge(gore / gores);
      const right = bulge((gore + 1) / gores);
      const facing = ((left + right) / 2 / radius) * (stage.light.x < x ? -1 : 1);
      const cloth = palette.lit(gore % 2 === 0 ? first : second, depth);
      context.fillStyle = css(
        facing > 0 ? mix(cloth, palette.glow, facing * 0.3) : mix(cloth, palette.ink, -facing * 0.5),
      );
      context.beginPath();
      context.moveTo(x, y - radius);
      context.bezierCurveTo(
        x + left * 1.3,
        y - radius,
        x + left * 1.3,
        y + radius * 0.45,
        x + left * 0.2,
        y + radius * 1.22,
      );
      context.lineTo(x + right * 0.2, y + radius * 1.22);
      context.bezierCurveTo(x + right * 1.3, y + radius * 0.45, x + right * 1.3, y - radius, x, y - radius);
      context.fill();
    }
    const basket = mix(palette.lit(oklch(0.45, 0.07, 55), depth), palette.ink, 0.3);
    context.fillStyle = css(basket);
    context.fillRect(x - radius * 0.13, y + radius * 1.42, radius * 0.26, radius * 0.2);
    context.strokeStyle = css(basket, 0.7);
    context.lineWidth = Math.max(0.6, radius * 0.012);
    context.beginPath();
    for (const end of [-1, 1]) {
      context.moveTo(x + end * radius * 0.18, y + radius * 1.2);
      context.lineTo(x + end * radius * 0.12, y + radius * 1.44);
    }
    context.stroke();
  }
}
