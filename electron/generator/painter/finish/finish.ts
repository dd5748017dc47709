// Finishing passes over the whole picture: bloom, vignette and grain.
import { createCanvas } from '@napi-rs/canvas';
import { css } from '../colour/colour';
import { createLayer, paintPixels, type Stage } from '../stage/stage';

/** Lets bright areas glow into their surroundings. Strength 0 to 1. */
export function paintBloom(stage: Stage, strength: number): void {
  const { context, width, height } = stage;
  const small = createLayer(stage, 0.25);
  small.context.drawImage(stage.canvas, 0, 0, small.canvas.width, small.canvas.height);
  // Multiplying the picture by itself keeps only its bright areas.
  small.context.globalCompositeOperation = 'multiply';
  small.context.drawImage(small.canvas, 0, 0);
  const soft = createCanvas(small.canvas.width, small.canvas.height);
  const softContext = soft.getContext('2d');
  softContext.filter = `blur(${7 * stage.unit}px)`;
  softContext.drawImage(small.canvas, 0, 0);
  context.save();
  context.globalCompositeOperation = 'screen';
  context.globalAlpha = strength;
  context.drawImage(soft, 0, 0, width, height);
  context.restore();
}

/** Darkens the corners. Strength 0 to 1. */
export function paintVignette(stage: Stage, strength: number): void {
  const { context, width, height, palette } = stage;
  const reach = Math.hypot(width, height) / 2;
  const shade = context.createRadialGradient(
    width / 2,
    height * 0.46,
    reach * 0.55,
    width / 2,
    height * 0.5,
    reach * 1.05,
  );
  shade.addColorStop(0, css(palette.ink, 0));
  shade.addColorStop(1, css(palette.ink, strength));
  context.fillStyle = shade;
  context.fillRect(0, 0, width, height);
}

/** Adds film grain, which also hides the banding of 8-bit gradients. Strength 0 to 1. */
export function paintGrain(stage: Stage, strength: number): void {
  const { context, width, height } = stage;
  const random = stage.random.fork('grain');
  const tile = paintPixels(256, 256, (_x, _y, pixel) => {
    const value = 128 + (random.next() + random.next() + random.next() - 1.5) * 110;
    pixel.red = value;
    pixel.green = value;
    pixel.blue = value;
    pixel.alpha = 255;
  });
  const pattern = context.createPattern(tile, 'repeat');
  context.save();
  context.globalCompositeOperation = 'soft-light';
  context.globalAlpha = strength;
  context.fillStyle = pattern ?? css(stage.palette.haze, 0);
  context.fillRect(0, 0, width, height);
  context.restore();
}
