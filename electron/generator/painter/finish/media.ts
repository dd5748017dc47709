// Style passes that imitate a medium: watercolour, oil and woodblock print.
import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { css, mix, oklch, ramp } from '../colour/colour';
import { createNoise, fractal } from '../random/noise';
import { paintPixels, type Stage } from '../stage/stage';
import { edgesOf, paintTooth, wash } from './paper';
import { smoothPatches } from './smooth-patches';

/** Turns the picture into a watercolour: soft patches with dark edges, on rough paper with a white border. */
export function paintWatercolor(stage: Stage): void {
  const { context, canvas, width, height, unit } = stage;
  const random = stage.random.fork('watercolor');
  const noise = createNoise(random);
  const patches = smoothPatches(canvas, 0.5, 4);
  const paper = oklch(0.972, 0.012, 85);
  context.drawImage(soften(patches), 0, 0, width, height);
  wash(stage, 'screen', css(oklch(0.5, 0.02, 80)), 0.4);
  context.save();
  context.globalCompositeOperation = 'multiply';
  context.globalAlpha = 0.7;
  context.drawImage(soften(edgesOf(patches)), 0, 0, width, height);
  context.restore();
  const ratio = height / width;
  const blooms = paintPixels(420, Math.round(420 * ratio), (u, v, pixel) => {
    const pools = fractal(noise, u * 5, v * 5 * ratio, 5);
    const tide = 1 - Math.abs(fractal(noise, u * 3 + 20, v * 3 * ratio, 4) - 0.5) * 16;
    const value = 255 * (1 - 0.26 * ramp(0.4, 0.75, pools) - 0.1 * Math.max(0, tide));
    pixel.red = value;
    pixel.green = value;
    pixel.blue = value;
    pixel.alpha = 255;
  });
  context.save();
  context.globalCompositeOperation = 'soft-light';
  context.globalAlpha = 0.85;
  context.drawImage(blooms, 0, 0, width, height);
  context.restore();
  const margin = 0.03;
  const border = paintPixels(340, Math.round(340 * ratio), (u, v, pixel) => {
    const inside = Math.min(u, 1 - u, v * ratio, (1 - v) * ratio);
    const ragged = (fractal(noise, u * 9 + 60, v * 9 * ratio, 5) - 0.5) * 0.085;
    const white = 1 - ramp(margin - 0.006, margin + 0.012, inside + ragged);
    pixel.red = 250;
    pixel.green = 247;
    pixel.blue = 240;
    pixel.alpha = 255 * white;
  });
  context.drawImage(border, 0, 0, width, height);
  paintTooth(stage, 0.5);
  context.fillStyle = css(mix(paper, oklch(0.5, 0.1, 240), 0.4), 0.14);
  for (let splash = 0; splash < 26; splash += 1) {
    context.beginPath();
    context.arc(
      random.next() * width,
      random.next() * height,
      (0.8 + random.next() ** 4 * 7) * unit,
      0,
      Math.PI * 2,
    );
    context.fill();
  }
}

// Blurs the patches, which have half the picture's resolution: their slanting edges would show steps.
function soften(patches: Canvas): Canvas {
  const soft = createCanvas(patches.width, patches.height);
  const context = soft.getContext('2d');
  context.drawImage(patches, 0, 0);
  context.filter = 'blur(0.9px)';
  context.drawImage(patches, 0, 0);
  return soft;
}

/** Turns the picture into an oil painting: strokes along a smooth flow, large ones first, small ones last. */
export function paintOil(stage: Stage): void {
  const { context, canvas, width, height, unit } = stage;
  const random = stage.random.fork('oil');
  const noise = createNoise(random);
  const patches = smoothPatches(canvas, 0.5, 3);
  const pixels = patches.getContext('2d').getImageData(0, 0, patches.width, patches.height).data;
  context.drawImage(patches, 0, 0, width, height);
  context.save();
  context.lineCap = 'round';
  for (const [count, length, thickness] of [
    [1300, 46, 13],
    [3400, 26, 6.5],
    [6500, 11, 2.6],
  ] as const) {
    for (let stroke = 0; stroke < count; stroke += 1) {
      const x = random.next() * width;
      const y = random.next() * height;
      const offset =
        (Math.floor((y / height) * patches.height) * patches.width +
          Math.floor((x / width) * patches.width)) *
        4;
      const lift = random.between(-15, 17);
      const tone = [0, 1, 2].map((channel) => Math.round((pixels[offset + channel] ?? 0) + lift)).join(',');
      const angle = (fractal(noise, x / (340 * unit), y / (340 * unit), 2) - 0.5) * Math.PI * 2.2;
      const reach = length * unit * random.between(0.5, 1.1);
      context.strokeStyle = `rgba(${tone},0.85)`;
      context.lineWidth = thickness * unit * random.between(0.6, 1.15);
      context.beginPath();
      context.moveTo(x - Math.cos(angle) * reach * 0.5, y - Math.sin(angle) * reach * 0.5);
      context.quadraticCurveTo(
        x,
        y + reach * 0.08,
        x + Math.cos(angle) * reach * 0.5,
        y + Math.sin(angle) * reach * 0.5,
      );
      context.stroke();
    }
  }
  context.restore();
  paintTooth(stage, 0.3);
}

/** Turns the picture into a woodblock print: few flat tones, dark contours, fibrous paper, a graded band at the top. */
export function paintWoodblock(stage: Stage): void {
  const { context, canvas, width, height, unit } = stage;
  const patches = smoothPatches(canvas, 0.5, 3, 9);
  context.drawImage(patches, 0, 0, width, height);
  wash(stage, 'color', css(oklch(0.6, 0.05, 80)), 0.28);
  context.save();
  context.globalCompositeOperation = 'multiply';
  context.globalAlpha = 0.9;
  context.drawImage(edgesOf(patches), 0, 0, width, height);
  context.restore();
  const band = context.createLinearGradient(0, 0, 0, height * 0.22);
  band.addColorStop(0, css(oklch(0.36, 0.1, 258), 0.8));
  band.addColorStop(1, css(oklch(0.36, 0.1, 258), 0));
  context.fillStyle = band;
  context.fillRect(0, 0, width, height * 0.22);
  wash(stage, 'multiply', css(oklch(0.935, 0.045, 85)), 0.9);
  wash(stage, 'lighten', css(oklch(0.27, 0.05, 262)), 0.9);
  paintTooth(stage, 0.55);
  const side = 46 * unit;
  context.fillStyle = css(oklch(0.52, 0.19, 29), 0.88);
  context.beginPath();
  context.roundRect(width - side * 1.9, height - side * 2.1, side, side * 1.15, side * 0.1);
  context.fill();
  context.strokeStyle = css(oklch(0.93, 0.03, 85), 0.85);
  context.lineWidth = side * 0.07;
  context.beginPath();
  context.arc(width - side * 1.4, height - side * 1.52, side * 0.25, 0, Math.PI * 2);
  context.stroke();
}
