// The stage that every element paints on: canvas, layout, scene and colours, and a few shared drawing functions.
import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Scene } from '../../../../shared/painter/scene';
import { along, type Colour, css } from '../colour/colour';
import type { Palette } from '../colour/palette';
import type { Random } from '../random/random';
import type { Layout } from './layout';

export type Point = { x: number; y: number };

/** The picture being painted. Lengths are pixels; y grows downwards. */
export type Stage = Layout & {
  canvas: Canvas;
  context: SKRSContext2D;
  width: number;
  height: number;
  /** A length that scales with the picture, so that strokes look alike at every size: √(width × height) / 1000. */
  unit: number;
  scene: Scene;
  palette: Palette;
  random: Random;
};

/** Fills the full width between two heights with a vertical gradient, interpolated in OKLab. */
export function fillDown(
  stage: Stage,
  colours: readonly [Colour, ...Colour[]],
  top: number,
  bottom: number,
): void {
  const gradient = stage.context.createLinearGradient(0, top, 0, bottom);
  addStops(gradient, colours);
  stage.context.fillStyle = gradient;
  stage.context.fillRect(0, top, stage.width, bottom - top);
}

/** Adds evenly spaced stops, close enough that the canvas's sRGB interpolation between them does not show. */
export function addStops(gradient: Gradient, colours: readonly [Colour, ...Colour[]], opacity = 1): void {
  const steps = Math.max(1, (colours.length - 1) * 5);
  for (let step = 0; step <= steps; step += 1) {
    gradient.addColorStop(step / steps, css(along(colours, step / steps), opacity));
  }
}

/** Paints a round glow that fades out at its radius. It only brightens the picture. Strength 0 to 1. */
export function glow(stage: Stage, at: Point, radius: number, colour: Colour, strength: number): void {
  const { context } = stage;
  const gradient = context.createRadialGradient(at.x, at.y, 0, at.x, at.y, radius);
  for (let step = 0; step <= 10; step += 1) {
    const fade = (1 - step / 10) ** 2;
    gradient.addColorStop(step / 10, css(colour, strength * fade));
  }
  context.save();
  context.globalCompositeOperation = 'screen';
  context.fillStyle = gradient;
  context.fillRect(at.x - radius, at.y - radius, radius * 2, radius * 2);
  context.restore();
}

/** Begins a path around the area below a line from the left to the right edge, down to the y of `floor`. */
export function traceLand(context: SKRSContext2D, line: readonly Point[], floor: number): void {
  const first = line[0];
  const last = line.at(-1);
  if (!first || !last) return;
  context.beginPath();
  context.moveTo(first.x, floor);
  for (const point of line) context.lineTo(point.x, point.y);
  context.lineTo(last.x, floor);
  context.closePath();
}

/** Samples a height function across the full width; `step` is in pixels. */
export function lineAcross(stage: Stage, heightAt: (x: number) => number, step = 4): Point[] {
  const line: Point[] = [];
  for (let x = -step; x <= stage.width + step; x += step) line.push({ x, y: heightAt(x) });
  return line;
}

/** Creates an empty canvas of the picture's size, times a scale. */
export function createLayer(stage: Stage, scale = 1): { canvas: Canvas; context: SKRSContext2D } {
  const canvas = createCanvas(Math.ceil(stage.width * scale), Math.ceil(stage.height * scale));
  return { canvas, context: canvas.getContext('2d') };
}

/** Colour and opacity of one pixel, each 0 to 255. */
export type MutablePixel = { red: number; green: number; blue: number; alpha: number };

/** Creates a small canvas, painted pixel by pixel, to be drawn scaled up. `x` and `y` run from 0 to 1. */
export function paintPixels(
  columns: number,
  rows: number,
  paint: (x: number, y: number, pixel: MutablePixel) => void,
): Canvas {
  const canvas = createCanvas(columns, rows);
  const context = canvas.getContext('2d');
  const image = context.createImageData(columns, rows);
  const pixel: MutablePixel = { red: 0, green: 0, blue: 0, alpha: 0 };
  let offset = 0;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      pixel.alpha = 0;
      paint((column + 0.5) / columns, (row + 0.5) / rows, pixel);
      image.data[offset] = pixel.red;
      image.data[offset + 1] = pixel.green;
      image.data[offset + 2] = pixel.blue;
      image.data[offset + 3] = pixel.alpha;
      offset += 4;
    }
  }
  context.putImageData(image, 0, 0);
  return canvas;
}

type Gradient = ReturnType<SKRSContext2D['createLinearGradient']>;
