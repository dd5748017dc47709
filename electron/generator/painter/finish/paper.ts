// Effects that several styles share: washes, paper texture and edges.
import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { ramp } from '../colour/colour';
import { createNoise } from '../random/noise';
import { paintPixels, type Stage } from '../stage/stage';

/** Blends one CSS colour over the whole picture. Strength 0 to 1. */
export function wash(
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

/** Adds the texture of rough paper. Strength 0 to 1. */
export function paintTooth(stage: Stage, strength: number): void {
  const { context, width, height } = stage;
  const noise = createNoise(stage.random.fork('tooth'));
  const tile = paintPixels(256, 256, (u, v, pixel) => {
    // Blending the noise with the next tile's noise makes the tile seamless.
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

/** Returns a picture of the edges: bright, and dark where neighbouring tones differ. */
export function edgesOf(picture: Canvas): Canvas {
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
