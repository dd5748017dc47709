// Abstract pictures, for prompts that name nothing the painter can draw.

import type { Mood } from '../../../../shared/painter/scene';
import { along, type Colour, css, lighten, mix, oklch, ramp, toPixel } from '../colour/colour';
import { createNoise, fractal } from '../random/noise';
import type { Random } from '../random/random';
import { addStops, fillDown, glow, paintPixels, type Stage } from '../stage/stage';

type Harmony = readonly [Colour, Colour, Colour, Colour];

const harmonies: readonly [Harmony, ...Harmony[]] = [
  [oklch(0.2, 0.06, 275), oklch(0.45, 0.14, 285), oklch(0.7, 0.16, 25), oklch(0.91, 0.07, 75)],
  [oklch(0.22, 0.05, 235), oklch(0.5, 0.09, 205), oklch(0.8, 0.08, 170), oklch(0.94, 0.05, 95)],
  [oklch(0.24, 0.07, 350), oklch(0.52, 0.18, 15), oklch(0.76, 0.15, 55), oklch(0.94, 0.05, 85)],
  [oklch(0.2, 0.045, 260), oklch(0.48, 0.13, 255), oklch(0.75, 0.09, 235), oklch(0.93, 0.05, 60)],
  [oklch(0.23, 0.05, 165), oklch(0.5, 0.1, 160), oklch(0.78, 0.12, 110), oklch(0.94, 0.06, 90)],
];

const moods: Record<Mood, Harmony> = {
  calm: [oklch(0.32, 0.05, 230), oklch(0.58, 0.06, 215), oklch(0.82, 0.05, 190), oklch(0.95, 0.025, 95)],
  lonely: [oklch(0.16, 0.035, 262), oklch(0.34, 0.06, 258), oklch(0.58, 0.055, 250), oklch(0.86, 0.07, 68)],
  joyful: [oklch(0.42, 0.17, 330), oklch(0.66, 0.2, 20), oklch(0.82, 0.16, 75), oklch(0.95, 0.07, 100)],
  fierce: [oklch(0.15, 0.04, 350), oklch(0.4, 0.17, 20), oklch(0.64, 0.21, 38), oklch(0.88, 0.15, 82)],
  dreamy: [oklch(0.22, 0.08, 290), oklch(0.46, 0.13, 300), oklch(0.72, 0.13, 335), oklch(0.92, 0.06, 200)],
};

/** Paints ribbons, folds or discs, chosen at random and coloured by the mood. A lonely mood gets one small light. */
export function paintAbstract(stage: Stage): void {
  const random = stage.random.fork('abstract');
  const mood = stage.scene.mood;
  const { tinted } = stage.palette;
  const [first, second, third, fourth] = mood ? moods[mood] : random.pick(harmonies);
  const harmony: Harmony = [tinted(first), tinted(second), tinted(third), tinted(fourth)];
  if (mood === 'lonely') paintSolitude(stage, random, harmony);
  else random.pick([paintRibbons, paintFolds, paintDiscs, paintRibbons])(stage, random, harmony);
}

// Paints sheets of fine translucent lines that twist over one another.
function paintRibbons(stage: Stage, random: Random, harmony: Harmony): void {
  const { context, width, height, unit } = stage;
  const noise = createNoise(random);
  fillDown(stage, [lighten(harmony[0], -0.05), harmony[0], mix(harmony[0], harmony[1], 0.45)], 0, height);
  const isPortrait = height > width * 1.2;
  const long = isPortrait ? height : width;
  const across = isPortrait ? width : height;
  glow(
    stage,
    { x: width * random.between(0.25, 0.75), y: height * random.between(0.3, 0.7) },
    long * 0.6,
    harmony[1],
    0.6,
  );
  const sheets = random.integer(4, 5);
  for (let sheet = 0; sheet < sheets; sheet += 1) {
    const middle = across * (0.24 + (0.56 * (sheet + random.between(-0.25, 0.25))) / (sheets - 1));
    const reach = across * random.between(0.12, 0.24);
    const phase = random.between(0, 20);
    const tone = along(harmony, 0.35 + (0.65 * sheet) / (sheets - 1));
    const twist = random.between(1.4, 2.6);
    const lines = 150;
    context.lineWidth = 1.5 * unit;
    for (let line = 0; line < lines; line += 1) {
      const share = line / (lines - 1) - 0.5;
      const edge = 1 - Math.abs(share) * 1.2;
      context.strokeStyle = css(mix(tone, harmony[3], ramp(-0.1, 0.5, share) * 0.55), 0.05 + 0.24 * edge);
      context.beginPath();
      for (let step = 0; step <= 46; step += 1) {
        const place = step / 46;
        const swing = (fractal(noise, place * 1.7 + phase, sheet * 4, 2) - 0.5) * across * 0.85;
        const width1 = Math.cos(place * Math.PI * twist + phase) * reach;
        const ripple = (noise(place * 2.3 + phase, share * 1.2 + 40) - 0.5) * reach * 0.7;
        const offset = middle + swing + share * 2 * width1 + ripple;
        const distance = -0.04 * long + place * long * 1.08;
        if (isPortrait) context.lineTo(offset, distance);
        else context.lineTo(distance, offset);
      }
      context.stroke();
    }
  }
}

// Paints noise that is distorted by itself (domain warping), which looks like silk or ink in water.
function paintFolds(stage: Stage, random: Random, harmony: Harmony): void {
  const { context, width, height } = stage;
  const noise = createNoise(random);
  const ratio = height / width;
  const zoom = random.between(0.9, 1.5);
  const angle = random.between(0, Math.PI);
  const ramped = Array.from({ length: 256 }, (_value, index) => toPixel(along(harmony, index / 255)));
  const silk = paintPixels(420, Math.round(420 * ratio), (u, v, pixel) => {
    const x = (u * Math.cos(angle) - v * ratio * Math.sin(angle)) * zoom;
    const y = (u * Math.sin(angle) + v * ratio * Math.cos(angle)) * zoom * 1.7;
    const firstWarp = fractal(noise, x + 3, y + 7, 3);
    const secondWarp = fractal(noise, x * 1.2 + firstWarp * 3.2, y * 1.2 - firstWarp * 2.4 + 11, 3);
    const value = fractal(noise, x * 0.8 + secondWarp * 2.8, y * 0.8 + firstWarp * 2.2, 3);
    const sheen = Math.sin((value * 2.6 + secondWarp * 1.5) * Math.PI * 2) * 0.5 + 0.5;
    const tone = ramped[Math.round(255 * Math.min(1, ramp(0.28, 0.74, value) * 0.8 + sheen ** 3 * 0.26))];
    pixel.red = tone?.red ?? 0;
    pixel.green = tone?.green ?? 0;
    pixel.blue = tone?.blue ?? 0;
    pixel.alpha = 255;
  });
  context.imageSmoothingQuality = 'high';
  context.drawImage(silk, 0, 0, width, height);
}

// Paints a few large overlapping discs of gradients, like coloured glass.
function paintDiscs(stage: Stage, random: Random, harmony: Harmony): void {
  const { context, width, height, unit } = stage;
  const short = Math.min(width, height);
  fillDown(stage, [harmony[3], mix(harmony[3], harmony[2], 0.35)], 0, height);
  const count = random.integer(5, 7);
  const turn = random.between(0, Math.PI * 2);
  for (let disc = 0; disc < count; disc += 1) {
    const share = disc / (count - 1);
    const angle = turn + share * Math.PI * random.between(1.3, 1.9);
    const x = width * (0.5 + Math.cos(angle) * 0.24 * (1.2 - share * 0.5));
    const y = height * (0.5 + Math.sin(angle) * 0.24 * (1.2 - share * 0.5));
    const radius = short * (0.36 - 0.25 * share ** 0.8) * random.between(0.85, 1.15);
    const tone = along(harmony, 1 - share * random.between(0.85, 1));
    const lean = random.between(0, Math.PI * 2);
    const fill = context.createLinearGradient(
      x + Math.cos(lean) * radius,
      y + Math.sin(lean) * radius,
      x - Math.cos(lean) * radius,
      y - Math.sin(lean) * radius,
    );
    addStops(fill, [lighten(tone, 0.1), tone, along(harmony, 0.45 - share * 0.4)], 0.86);
    context.save();
    context.globalCompositeOperation = share < 0.75 ? 'multiply' : 'source-over';
    context.shadowColor = css(harmony[0], 0.35);
    context.shadowBlur = 46 * unit;
    context.shadowOffsetY = 16 * unit;
    context.fillStyle = fill;
    context.beginPath();
    context.arc(x, y, radius, 0, Math.PI * 2);
    context.fill();
    context.restore();
  }
}

// Paints one small light in a large empty space.
function paintSolitude(stage: Stage, random: Random, harmony: Harmony): void {
  const { context, width, height, unit } = stage;
  const noise = createNoise(random);
  fillDown(
    stage,
    [harmony[0], mix(harmony[0], harmony[1], 0.6), mix(harmony[1], harmony[2], 0.55)],
    0,
    height,
  );
  const x = width * random.pick([0.34, 0.38, 0.62, 0.66]);
  const y = height * random.between(0.38, 0.5);
  const radius = Math.min(width, height) * random.between(0.022, 0.034);
  glow(stage, { x, y }, radius * 16, harmony[2], 0.5);
  const rings = 46;
  for (let ring = 0; ring < rings; ring += 1) {
    const share = ring / rings;
    context.strokeStyle = css(mix(harmony[3], harmony[2], share), 0.34 * (1 - share) ** 1.5);
    context.lineWidth = 1.1 * unit;
    context.beginPath();
    for (let step = 0; step <= 120; step += 1) {
      const angle = (step / 120) * Math.PI * 2;
      const wobble = fractal(noise, Math.cos(angle) * 1.3 + 9, Math.sin(angle) * 1.3 + share * 2.4, 3) - 0.5;
      const reach = radius * (2.2 + share * 22) * (1 + wobble * 0.75 * share);
      context.lineTo(x + Math.cos(angle) * reach * 1.12, y + Math.sin(angle) * reach * 0.94);
    }
    context.stroke();
  }
  for (let band = 0; band < 5; band += 1) {
    const level = height * (0.7 + band * 0.065);
    context.fillStyle = css(mix(harmony[1], harmony[0], 0.2 + band * 0.2), 0.72);
    context.beginPath();
    context.moveTo(0, height);
    for (let step = 0; step <= 60; step += 1) {
      const at = (step / 60) * width;
      context.lineTo(at, level - (fractal(noise, (step / 60) * 1.7, band * 3 + 50, 3) - 0.5) * height * 0.16);
    }
    context.lineTo(width, height);
    context.fill();
  }
  glow(stage, { x, y }, radius * 4, harmony[3], 0.8);
  context.fillStyle = css(lighten(harmony[3], 0.08));
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.fill();
}
