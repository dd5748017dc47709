// Rain, snow and lightning.
import { createCanvas } from '@napi-rs/canvas';
import { css, mix, oklch } from '../colour/colour';
import { glow, type Stage } from '../stage/stage';

/** Paints slanted rain at three depths; heavy rain is denser and more slanted. */
export function paintRain(stage: Stage, isHeavy: boolean): void {
  const { context, width, height, unit, palette } = stage;
  const random = stage.random.fork('rain');
  const slant = random.pick([-1, 1]) * (isHeavy ? 0.32 : 0.14);
  const tone = mix(palette.cloudLight, oklch(0.95, 0.01, 230), 0.5);
  context.save();
  context.lineCap = 'round';
  for (const depth of [0.35, 0.65, 1]) {
    context.strokeStyle = css(tone, (isHeavy ? 0.2 : 0.15) * (1.3 - depth * 0.5));
    context.lineWidth = 1.5 * depth * unit;
    context.beginPath();
    const drops = Math.round((isHeavy ? 620 : 420) / depth);
    for (let drop = 0; drop < drops; drop += 1) {
      const x = random.between(-0.15, 1.15) * width;
      const y = random.between(-0.1, 1) * height;
      const length = random.between(22, 62) * depth * unit;
      context.moveTo(x, y);
      context.lineTo(x + length * slant, y + length);
    }
    context.stroke();
  }
  context.restore();
}

/** Paints snowflakes: small and sharp far away, large and blurred close by. */
export function paintSnow(stage: Stage): void {
  const { context, width, height, unit, palette } = stage;
  const random = stage.random.fork('snowfall');
  const tone = mix(oklch(0.985, 0.006, 240), palette.light, 0.25);
  context.fillStyle = css(tone);
  for (let flake = 0; flake < 950; flake += 1) {
    const size = (0.7 + random.next() ** 4 * 3.2) * unit;
    context.globalAlpha = random.between(0.35, 0.9);
    context.beginPath();
    context.arc(random.next() * width, random.next() * height, size, 0, Math.PI * 2);
    context.fill();
  }
  context.globalAlpha = 1;
  const soft = createSoftDot(css(tone, 0.85), css(tone, 0));
  for (let flake = 0; flake < 46; flake += 1) {
    const size = random.between(7, 22) * unit;
    context.globalAlpha = random.between(0.25, 0.6);
    context.drawImage(soft, random.next() * width, random.next() * height, size, size);
  }
  context.globalAlpha = 1;
}

/** Paints one forked bolt from the clouds to the horizon and the light around it. */
export function paintLightning(stage: Stage): void {
  const { context, width, horizon, unit } = stage;
  const random = stage.random.fork('lightning');
  const tone = oklch(0.95, 0.04, 285);
  const startX =
    width * (stage.light.x < width / 2 ? random.between(0.58, 0.85) : random.between(0.15, 0.42));
  glow(stage, { x: startX, y: horizon * 0.2 }, width * 0.55, tone, 0.4);
  const strike = (x: number, y: number, floor: number, thickness: number): void => {
    context.beginPath();
    context.moveTo(x, y);
    let atX = x;
    let atY = y;
    while (atY < floor) {
      atX += random.between(-26, 24) * unit;
      atY += random.between(8, 34) * unit;
      context.lineTo(atX, Math.min(atY, floor));
      if (thickness > 1.4 && random.chance(0.16))
        forks.push({ x: atX, y: atY, floor: atY + random.between(60, 190) * unit });
    }
    context.lineWidth = thickness * unit;
    context.strokeStyle = css(tone, Math.min(1, thickness / 2));
    context.shadowColor = css(tone, 0.9);
    context.shadowBlur = 18 * unit;
    context.stroke();
  };
  const forks: { x: number; y: number; floor: number }[] = [];
  context.save();
  context.lineJoin = 'round';
  strike(startX, -10, horizon, 2.4);
  for (const fork of forks) strike(fork.x, fork.y, fork.floor, 0.9);
  context.restore();
}

function createSoftDot(inner: string, outer: string) {
  const dot = createCanvas(64, 64);
  const context = dot.getContext('2d');
  const fade = context.createRadialGradient(32, 32, 2, 32, 32, 31);
  fade.addColorStop(0, inner);
  fade.addColorStop(1, outer);
  context.fillStyle = fade;
  context.fillRect(0, 0, 64, 64);
  return dot;
}
