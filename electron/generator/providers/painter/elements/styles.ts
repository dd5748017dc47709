// Style words: passes over the finished picture that turn it into another medium.
import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { css, mix, oklch, ramp } from '../colour';
import { createNoise, fractal } from '../random';
import { createLayer, paintPixels, type Stage } from '../stage';
import type { Style } from '../words';
import { smoothPatches } from './smooth-patches';

/** Applies the style words in the order of the prompt. */
export function applyStyles(stage: Stage): void {
  for (const style of stage.scene.styles) passes[style](stage);
}

const passes: Record<Style, (stage: Stage) => void> = {
  watercolor: paintWatercolor,
  minimal: () => undefined,
  pastel: (stage) => {
    wash(stage, 'color', css(oklch(0.85, 0.03, 30)), 0.22);
    wash(stage, 'screen', css(oklch(0.72, 0.035, 25)), 0.5);
    wash(stage, 'soft-light', css(oklch(0.92, 0.04, 350)), 0.4);
  },
  noir: (stage) => {
    wash(stage, 'color', css(oklch(0.5, 0, 0)), 1);
    wash(stage, 'color', css(oklch(0.6, 0.012, 250)), 0.5);
    deepen(stage, 0.55);
  },
  vintage: (stage) => {
    wash(stage, 'color', css(oklch(0.72, 0.06, 70)), 0.46);
    wash(stage, 'multiply', css(oklch(0.92, 0.055, 82)), 0.85);
    wash(stage, 'lighten', css(oklch(0.33, 0.035, 40)), 1);
    wash(stage, 'screen', css(oklch(0.3, 0.05, 30)), 0.3);
  },
  neon: (stage) => deepen(stage, 0.2),
  woodblock: paintWoodblock,
  'low-poly': paintLowPoly,
  oil: paintOil,
  pixel: paintBlocks,
};

function wash(
  stage: Stage,
  operation: Stage['context']['globalCompositeOperation'],
  tone: string,
  strength: number,
): void {
  const { context, width, height } = stage;
  context.save();
  context.globalCompositeOperation = operation;
  context.globalAlpha = strength;
  context.fillStyle = tone;
  context.fillRect(0, 0, width, height);
  context.restore();
}

// More contrast: the picture laid over itself.
function deepen(stage: Stage, strength: number): void {
  const { context, canvas } = stage;
  const copy = createLayer(stage);
  copy.context.drawImage(canvas, 0, 0);
  context.save();
  context.globalCompositeOperation = 'soft-light';
  context.globalAlpha = strength;
  context.drawImage(copy.canvas, 0, 0);
  context.restore();
}

// Soft patches of pigment with dark edges, on rough paper that stays white at the border.
function paintWatercolor(stage: Stage): void {
  const { context, canvas, width, height, unit } = stage;
  const random = stage.random.fork('watercolor');
  const noise = createNoise(random);
  const patches = smoothPatches(canvas, 0.5, 4);
  const paper = oklch(0.972, 0.012, 85);
  context.drawImage(patches, 0, 0, width, height);
  wash(stage, 'screen', css(oklch(0.5, 0.02, 80)), 0.4);
  context.save();
  context.globalCompositeOperation = 'multiply';
  context.globalAlpha = 0.55;
  context.drawImage(edgesOf(patches), 0, 0, width, height);
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

// The tooth of paper: small noise with a light from one side.
function paintTooth(stage: Stage, strength: number): void {
  const { context, width, height } = stage;
  const noise = createNoise(stage.random.fork('tooth'));
  const tile = paintPixels(256, 256, (u, v, pixel) => {
    // Blending the noise with itself one tile on makes its edges meet.
    const at = (x: number, y: number): number =>
      noise(x * 72, y * 72) * 0.6 + noise(x * 150 + 300, y * 150) * 0.4;
    const seam = ramp(0.85, 1, u);
    const fall = ramp(0.85, 1, v);
    const grain = (x: number): number => at(x, v) * (1 - fall) + at(x, v - 1) * fall;
    const value = 128 + (grain(u) * (1 - seam) + grain(u - 1) * seam - 0.5) * 150;
    pixel.red = value;
    pixel.green = value;
    pixel.blue = value;
    pixel.alpha = 255;
  });
  const pattern = context.createPattern(tile, 'repeat');
  if (!pattern) return;
  context.save();
  context.globalCompositeOperation = 'soft-light';
  context.globalAlpha = strength;
  context.fillStyle = pattern;
  context.fillRect(0, 0, width, height);
  context.restore();
}

// Bright everywhere except where neighbouring tones differ.
function edgesOf(picture: Canvas): Canvas {
  const edges = createCanvas(picture.width, picture.height);
  const context = edges.getContext('2d');
  context.drawImage(picture, 0, 0);
  context.globalCompositeOperation = 'difference';
  context.drawImage(picture, 1.4, 1.4);
  context.globalCompositeOperation = 'color-dodge';
  context.fillStyle = 'rgb(150,150,150)';
  context.fillRect(0, 0, edges.width, edges.height);
  context.globalCompositeOperation = 'difference';
  context.fillStyle = 'white';
  context.fillRect(0, 0, edges.width, edges.height);
  context.globalCompositeOperation = 'saturation';
  context.fillStyle = 'gray';
  context.fillRect(0, 0, edges.width, edges.height);
  return edges;
}

// Strokes laid along a slow current, large and loose first, small ones last.
function paintOil(stage: Stage): void {
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

// Few flat tones with dark contours, on warm fibrous paper, graded at the top as printers did by hand.
function paintWoodblock(stage: Stage): void {
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

// A net of triangles, each one flat tone taken from the picture beneath its middle.
function paintLowPoly(stage: Stage): void {
  const { context, canvas, width, height } = stage;
  const random = stage.random.fork('low-poly');
  const columns = Math.round(42 * Math.sqrt(width / height));
  const rows = Math.round(42 * Math.sqrt(height / width));
  const small = createLayer(stage, 0.08);
  small.context.drawImage(canvas, 0, 0, small.canvas.width, small.canvas.height);
  const pixels = small.context.getImageData(0, 0, small.canvas.width, small.canvas.height).data;
  const points = Array.from({ length: (columns + 1) * (rows + 1) }, (_value, index) => {
    const column = index % (columns + 1);
    const row = Math.floor(index / (columns + 1));
    const free = column > 0 && column < columns && row > 0 && row < rows ? 0.66 : 0;
    return {
      x: ((column + (random.next() - 0.5) * free) / columns) * width,
      y: ((row + (random.next() - 0.5) * free) / rows) * height,
    };
  });
  const at = (column: number, row: number) => points[row * (columns + 1) + column] ?? { x: 0, y: 0 };
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const corners = [
        at(column, row),
        at(column + 1, row),
        at(column + 1, row + 1),
        at(column, row + 1),
      ] as const;
      const flip = random.chance(0.5);
      const halves = flip
        ? ([
            [0, 1, 2],
            [0, 2, 3],
          ] as const)
        : ([
            [0, 1, 3],
            [1, 2, 3],
          ] as const);
      for (const [first, second, third] of halves) {
        const [a, b, c] = [corners[first], corners[second], corners[third]];
        const x = Math.floor(((a.x + b.x + c.x) / 3 / width) * small.canvas.width);
        const y = Math.floor(((a.y + b.y + c.y) / 3 / height) * small.canvas.height);
        const offset = (y * small.canvas.width + x) * 4;
        const facet = random.between(-10, 10);
        const tone = [0, 1, 2]
          .map((channel) => Math.round((pixels[offset + channel] ?? 0) + facet))
          .join(',');
        context.fillStyle = `rgb(${tone})`;
        context.strokeStyle = `rgb(${tone})`;
        context.lineWidth = 1;
        context.beginPath();
        context.moveTo(a.x, a.y);
        context.lineTo(b.x, b.y);
        context.lineTo(c.x, c.y);
        context.closePath();
        context.fill();
        context.stroke();
      }
    }
  }
}

// Large square pixels with few tones.
function paintBlocks(stage: Stage): void {
  const { context, canvas, width, height } = stage;
  const small = createCanvas(Math.round(width / 6), Math.round(height / 6));
  const smallContext = small.getContext('2d');
  smallContext.imageSmoothingQuality = 'high';
  smallContext.drawImage(canvas, 0, 0, small.width, small.height);
  const image = smallContext.getImageData(0, 0, small.width, small.height);
  const step = 20;
  for (let offset = 0; offset < image.data.length; offset += 1) {
    if (offset % 4 === 3) continue;
    // An ordered pattern between neighbouring tones, as old screens had.
    const pixel = offset >> 2;
    const checker = ((pixel % small.width) + Math.floor(pixel / small.width)) % 2 === 0 ? 0.3 : -0.3;
    image.data[offset] = Math.round((image.data[offset] ?? 0) / step + checker) * step;
  }
  smallContext.putImageData(image, 0, 0);
  context.save();
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, 0, width, height);
  context.restore();
}
