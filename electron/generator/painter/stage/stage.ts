// What every element paints on: the canvas, its measures, where the light is, and a few shared strokes.
import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { along, type Colour, css } from '../colour/colour';
import type { Palette } from '../colour/palette';
import type { Random } from '../random/random';
import type { Scene } from '../read/scene';

export type Point = { x: number; y: number };

/** The picture in the making. Lengths are pixels; y grows downward. */
export type Stage = {
  canvas: Canvas;
  context: SKRSContext2D;
  width: number;
  height: number;
  /** A thousandth of the square root of the area, so that strokes look alike at every size. */
  unit: number;
  /** Where sky meets sea or land. */
  horizon: number;
  light: Point & { radius: number };
  /** Where a single subject stands: its feet and its height. */
  figure: { x: number; foot: number; tall: number };
  scene: Scene;
  palette: Palette;
  random: Random;
};

/** Fills a rectangle of the picture with colours from top to bottom, blended in OKLab. */
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

/** Adds evenly spread stops, close enough together that sRGB blending between them stays clean. */
export function addStops(gradient: Gradient, colours: readonly [Colour, ...Colour[]], opacity = 1): void {
  const steps = Math.max(1, (colours.length - 1) * 5);
  for (let step = 0; step <= steps; step += 1) {
    gradient.addColorStop(step / steps, css(along(colours, step / steps), opacity));
  }
}

/** A round light that fades to nothing at its radius; added to what is there, so it only brightens. */
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

/** Traces a soft curve through all points (Catmull-Rom); starts a new sub-path. */
export function traceCurve(context: SKRSContext2D, points: readonly Point[]): void {
  const [first] = points;
  if (!first) return;
  context.moveTo(first.x, first.y);
  for (let index = 0; index < points.length - 1; index += 1) {
    const here = points[index] ?? first;
    const next = points[index + 1] ?? here;
    const before = points[index - 1] ?? here;
    const after = points[index + 2] ?? next;
    context.bezierCurveTo(
      here.x + (next.x - before.x) / 6,
      here.y + (next.y - before.y) / 6,
      next.x - (after.x - here.x) / 6,
      next.y - (after.y - here.y) / 6,
      next.x,
      next.y,
    );
  }
}

/** Traces the land below a line that runs from the left edge to the right one, down to a floor. */
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

/** A line over the full width, a point every few pixels, from a height for each x. */
export function lineAcross(stage: Stage, heightAt: (x: number) => number, step = 4): Point[] {
  const line: Point[] = [];
  for (let x = -step; x <= stage.width + step; x += step) line.push({ x, y: heightAt(x) });
  return line;
}

/** An empty canvas as large as the picture, or a fraction of it. */
export function createLayer(stage: Stage, scale = 1): { canvas: Canvas; context: SKRSContext2D } {
  const canvas = createCanvas(Math.ceil(stage.width * scale), Math.ceil(stage.height * scale));
  return { canvas, context: canvas.getContext('2d') };
}

/** Colour and opacity of one small pixel, all 0 to 255. */
export type MutablePixel = { red: number; green: number; blue: number; alpha: number };

/** Paints a small canvas pixel by pixel; positions run 0 to 1. Meant to be drawn scaled up. */
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
