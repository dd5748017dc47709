// Sea, lakes and wet streets: reflections, waves and the path of light on the water.
import type { Canvas } from '@napi-rs/canvas';
import { css, mix } from '../colour/colour';
import { createNoise, fractal, ridged } from '../random/noise';
import { createLayer, lineAcross, type Stage, traceLand } from '../stage/stage';

/** `roughness`: 0 is a mirror, 1 a rough sea. `tone`: how much of the water's own colour shows, 0 to 1. */
export type Surface = { roughness: number; tone: number };

/** Fills the picture below the waterline with a reflection of the part above it. */
export function paintWater(stage: Stage, waterline: number, surface: Surface): void {
  const { context, width, height, palette, unit } = stage;
  const depth = height - waterline;
  const mirror = createLayer(stage);
  // The reflection is compressed so that a tall sky fits a shallow foreground.
  const source = Math.min(waterline, depth * 1.35);
  mirror.context.filter = `blur(${(1.5 + surface.roughness * 7) * unit}px)`;
  mirror.context.translate(0, waterline);
  mirror.context.scale(1, -depth / source);
  mirror.context.drawImage(stage.canvas, 0, waterline - source, width, source, 0, -source, width, source);
  context.save();
  context.beginPath();
  context.rect(0, waterline, width, depth);
  context.clip();
  drawBroken(stage, mirror.canvas, waterline, surface.roughness);
  const veil = context.createLinearGradient(0, waterline, 0, height);
  const deep = mix(palette.ink, palette.sky[0], 0.45);
  veil.addColorStop(0, css(mix(palette.haze, deep, 0.3), 0.12 + surface.tone * 0.25));
  veil.addColorStop(0.4, css(deep, 0.16 + surface.tone * 0.4));
  veil.addColorStop(1, css(mix(deep, palette.ink, 0.4), 0.45 + surface.tone * 0.4));
  context.fillStyle = veil;
  context.fillRect(0, waterline, width, depth);
  paintRipples(stage, waterline, surface.roughness);
  context.restore();
}

// Copies the reflection in thin rows. Nearer rows are shifted more, like ripples.
function drawBroken(stage: Stage, mirror: Canvas, waterline: number, roughness: number): void {
  const { context, width, height, unit } = stage;
  const noise = createNoise(stage.random.fork('ripples'));
  const rows = Math.ceil(height - waterline);
  const margin = 30 * unit;
  for (let row = 0; row < rows; row += 2) {
    const nearness = row / rows;
    const wave = noise(row / (3 + nearness * 9) / unit, 4) - 0.5;
    const shift = wave * (3 + nearness * 34) * (0.35 + roughness) * unit;
    const y = Math.floor(waterline) + row;
    context.drawImage(mirror, 0, y, width, 2, shift - margin, y, width + margin * 2, 2);
  }
}

/** Paints wet ground below a lit city, where each lamp is reflected as a long column. Lengths in pixels. */
export function paintWetGround(stage: Stage, waterline: number): void {
  const { context, width, height, unit, palette } = stage;
  const depth = height - waterline;
  const random = stage.random.fork('wet ground');
  const source = Math.min(waterline, depth * 1.2);
  const mirror = createLayer(stage);
  mirror.context.translate(0, waterline);
  mirror.context.scale(1, -depth / source);
  mirror.context.filter = `blur(${1.6 * unit}px)`;
  mirror.context.drawImage(stage.canvas, 0, waterline - source, width, source, 0, -source, width, source);
  const long = createLayer(stage);
  const copies = 9;
  for (let copy = 0; copy < copies; copy += 1) {
    long.context.globalAlpha = 1 / (copy + 1);
    long.context.drawImage(mirror.canvas, 0, (copy - copies / 2) * 7 * unit);
  }
  context.save();
  context.beginPath();
  context.rect(0, waterline, width, depth);
  context.clip();
  context.drawImage(mirror.canvas, 0, 0);
  drawBroken(stage, long.canvas, waterline, 0.1);
  context.globalCompositeOperation = 'screen';
  context.globalAlpha = 0.75;
  context.drawImage(long.canvas, 0, 0);
  context.globalAlpha = 0.4;
  context.drawImage(long.canvas, 0, 0);
  context.restore();
  const shade = context.createLinearGradient(0, waterline, 0, height);
  shade.addColorStop(0, css(palette.ink, 0.5));
  shade.addColorStop(0.06, css(palette.ink, 0.12));
  shade.addColorStop(1, css(palette.ink, 0.66));
  context.fillStyle = shade;
  context.fillRect(0, waterline, width, depth);
  for (let ripple = 0; ripple < 150; ripple += 1) {
    const nearness = random.next() ** 1.4;
    context.fillStyle = css(random.chance(0.4) ? palette.haze : palette.ink, random.between(0.06, 0.3));
    const y = waterline + depth * nearness;
    context.beginPath();
    const reach = (20 + 150 * nearness) * unit * random.between(0.4, 1);
    context.ellipse(random.next() * width, y, reach, (0.6 + 2 * nearness) * unit, 0, 0, Math.PI * 2);
    context.fill();
  }
  if (stage.scene.weather !== 'rain' && stage.scene.weather !== 'storm') return;
  context.lineWidth = 1.1 * unit;
  for (let drop = 0; drop < 110; drop += 1) {
    const nearness = random.next() ** 1.2;
    const size = (2 + 17 * nearness) * unit * random.between(0.4, 1);
    context.strokeStyle = css(palette.cloudLight, random.between(0.08, 0.3));
    context.beginPath();
    context.ellipse(
      random.next() * width,
      waterline + depth * nearness,
      size,
      size * 0.26,
      0,
      0,
      Math.PI * 2,
    );
    context.stroke();
  }
}

function paintRipples(stage: Stage, waterline: number, roughness: number): void {
  const { context, width, height, palette, unit } = stage;
  const random = stage.random.fork('waves');
  const depth = height - waterline;
  const count = Math.round(420 * (0.35 + roughness));
  const bright = mix(palette.sky.at(-1) ?? palette.haze, palette.light, 0.3);
  const dark = mix(palette.ink, palette.sky[0], 0.25);
  for (let ripple = 0; ripple < count; ripple += 1) {
    const nearness = random.next() ** 1.7;
    const y = waterline + depth * nearness;
    const length = (14 + 190 * nearness) * unit * random.between(0.35, 1);
    const thickness = (0.5 + 4.2 * nearness * (0.4 + roughness)) * unit;
    context.fillStyle = css(random.chance(0.5) ? bright : dark, random.between(0.03, 0.1 + roughness * 0.1));
    context.beginPath();
    context.ellipse(random.between(-0.05, 1.05) * width, y, length, thickness / 2, 0, 0, Math.PI * 2);
    context.fill();
  }
}

/** Paints the broken path of light from below the sun or moon towards the viewer. Strength 0 to 1. */
export function paintLightPath(stage: Stage, waterline: number, strength: number): void {
  const { context, height, light, palette, unit } = stage;
  const random = stage.random.fork('light-path');
  const depth = height - waterline;
  context.save();
  context.beginPath();
  context.rect(0, waterline, stage.width, depth);
  context.clip();
  context.globalCompositeOperation = 'screen';
  const column = context.createRadialGradient(0, 0, 0, 0, 0, 1);
  column.addColorStop(0, css(palette.glow, 0.5 * strength));
  column.addColorStop(1, css(palette.glow, 0));
  context.save();
  context.translate(light.x, waterline);
  context.scale(light.radius * 2.6, depth * 0.95);
  context.fillStyle = column;
  context.fillRect(-1, 0, 2, 1);
  context.restore();
  const count = 620;
  for (let glint = 0; glint < count; glint += 1) {
    const nearness = random.next() ** 1.35;
    const y = waterline + 1 + depth * nearness;
    const spread = light.radius * (0.55 + nearness * 1.5);
    const offset = (random.next() + random.next() + random.next() - 1.5) * spread * 1.05;
    const length = (3 + 46 * nearness) * unit * random.between(0.3, 1);
    const fade = Math.exp(-((offset / spread) ** 2) * 1.6) * (1 - nearness * 0.72);
    context.fillStyle = css(
      mix(palette.light, palette.glow, random.next() * 0.5 + nearness * 0.4),
      strength * fade * random.between(0.35, 1),
    );
    context.beginPath();
    context.ellipse(light.x + offset, y, length, (0.7 + 2.4 * nearness) * unit, 0, 0, Math.PI * 2);
    context.fill();
  }
  context.restore();
}

/** Paints rows of breaking waves, larger towards the viewer. Lengths in pixels. */
export function paintSwell(stage: Stage, waterline: number): void {
  const { context, height, palette, unit } = stage;
  const random = stage.random.fork('swell');
  const deep = mix(palette.ink, palette.sky[0], 0.5);
  const foam = mix(palette.cloudLight, palette.haze, 0.3);
  const rows = 7;
  for (let row = 0; row < rows; row += 1) {
    const nearness = (row + 1) / rows;
    const noise = createNoise(random);
    const level = waterline + (height - waterline) * nearness ** 1.35 * 0.94;
    const swing = (8 + 66 * nearness) * unit;
    const long = (70 + 300 * nearness) * unit;
    const line = lineAcross(stage, (x) => {
      const crest = ridged(noise, x / long, row * 3, 2);
      return (
        level - crest ** 1.6 * swing * 1.5 + fractal(noise, x / (16 * unit), row, 2) * 5 * unit * nearness
      );
    });
    const body = context.createLinearGradient(0, level - swing * 1.4, 0, level + swing * 1.7);
    const tone = mix(mix(deep, palette.haze, 0.42 * (1 - nearness) + 0.14), palette.cloudLight, 0.08);
    body.addColorStop(0, css(mix(tone, palette.haze, 0.32), 0.95));
    body.addColorStop(0.45, css(tone, 0.92));
    body.addColorStop(1, css(mix(deep, palette.ink, nearness * 0.6), 0.35));
    context.fillStyle = body;
    traceLand(context, line, height + 5);
    context.fill();
    for (const point of line) {
      const lift = (level - point.y) / (swing * 1.5);
      if (lift < 0.4) continue;
      context.fillStyle = css(foam, (lift - 0.4) * 0.85);
      const size = (0.8 + 3.4 * nearness * lift) * unit;
      context.beginPath();
      context.ellipse(point.x, point.y + size * 0.6, 4.5 * unit, size, 0, 0, Math.PI * 2);
      context.fill();
      for (let fleck = 0; fleck < 2; fleck += 1) {
        if (!random.chance(lift * 0.7)) continue;
        context.beginPath();
        const drop = random.next() ** 2 * swing * 0.8;
        context.arc(
          point.x + random.between(-8, 8) * unit,
          point.y + drop,
          random.between(0.5, 1.8) * nearness * unit,
          0,
          Math.PI * 2,
        );
        context.fill();
      }
    }
  }
}
