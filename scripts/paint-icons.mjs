// Draws the app's icon in all sizes and packs it for Windows and macOS into resources/. Run it when the drawing changes.
//
// The icon is an orange safelight disc with its afterimage beside it: the same disc, dimmer, in the complementary colour.

import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { icnsFile, icoFile } from './package/icon-files.mjs';

const resources = path.resolve(import.meta.dirname, '..', 'resources');
const sizes = [16, 24, 32, 48, 64, 96, 128, 256, 512, 1024];

const pictures = new Map(sizes.map((size) => [size, paint(size).toBuffer('image/png')]));
await rm(path.join(resources, 'icons'), { recursive: true, force: true });
await mkdir(path.join(resources, 'icons'), { recursive: true });
for (const [size, png] of pictures) {
  await writeFile(path.join(resources, 'icons', `${size}x${size}.png`), png);
}
await writeFile(path.join(resources, 'icon.ico'), icoFile(pictures));
await writeFile(path.join(resources, 'icon.icns'), icnsFile(pictures));
console.log(`Painted ${sizes.join(', ')} pixels, icon.ico and icon.icns`);

/**
 * Measures in units of the icon's side. Small icons have less margin and larger discs, so that both stay recognisable.
 * @returns {{ inset: number, corner: number, disc: number, main: [number, number], ghost: [number, number] }}
 */
function measuresOf(size) {
  if (size <= 24) return { inset: 0, corner: 0.24, disc: 0.29, main: [0.6, 0.46], ghost: [0.37, 0.56] };
  if (size <= 48)
    return { inset: 1 / size, corner: 0.23, disc: 0.26, main: [0.59, 0.455], ghost: [0.385, 0.56] };
  return { inset: 0.05, corner: 0.21, disc: 0.225, main: [0.585, 0.45], ghost: [0.4, 0.56] };
}

function paint(size) {
  const canvas = createCanvas(size, size);
  const context = canvas.getContext('2d');
  context.scale(size, size);
  const { inset, corner, disc, main, ghost } = measuresOf(size);
  const side = 1 - 2 * inset;

  context.beginPath();
  context.roundRect(inset, inset, side, side, corner);
  context.save();
  context.clip();
  const wall = context.createLinearGradient(0, inset, 0, 1 - inset);
  wall.addColorStop(0, '#3b2c26');
  wall.addColorStop(1, '#1c1310');
  context.fillStyle = wall;
  context.fillRect(0, 0, 1, 1);

  glow(context, main, disc * 2.5, '255, 122, 46', size > 48 ? 0.42 : 0.2);
  fillDisc(context, ghost, disc, ghostColour(context, ghost, disc, size));
  if (size > 48) glow(context, main, disc * 1.45, '255, 140, 60', 0.35);
  fillDisc(context, main, disc, safelight(context, main, disc));
  // The ghost is visible where the discs overlap, because an afterimage is in the eye and not behind the disc.
  context.save();
  context.beginPath();
  context.arc(...main, disc, 0, 2 * Math.PI);
  context.clip();
  context.globalCompositeOperation = 'screen';
  fillDisc(context, ghost, disc, size > 24 ? 'rgba(120, 205, 225, 0.3)' : 'rgba(120, 205, 225, 0.22)');
  context.restore();
  context.restore();

  if (size > 24) rim(context, inset, side, corner, size);
  return canvas;
}

function fillDisc(context, [x, y], radius, style) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = style;
  context.fill();
}

function glow(context, [x, y], radius, colour, strength) {
  const light = context.createRadialGradient(x, y, 0, x, y, radius);
  light.addColorStop(0, `rgba(${colour}, ${strength})`);
  light.addColorStop(0.45, `rgba(${colour}, ${strength * 0.45})`);
  light.addColorStop(1, `rgba(${colour}, 0)`);
  context.fillStyle = light;
  context.fillRect(0, 0, 1, 1);
}

function safelight(context, [x, y], radius) {
  const light = context.createRadialGradient(
    x - radius * 0.3,
    y - radius * 0.4,
    radius * 0.1,
    x,
    y,
    radius * 1.05,
  );
  light.addColorStop(0, '#ffc27a');
  light.addColorStop(0.5, '#ff9345');
  light.addColorStop(1, '#ee5f22');
  return light;
}

function ghostColour(context, [x, y], radius, size) {
  const light = context.createLinearGradient(x - radius, y, x + radius, y);
  const strength = size > 48 ? 0.82 : 0.95;
  light.addColorStop(0, `rgba(74, 163, 184, ${strength * (size > 48 ? 0.55 : 0.85)})`);
  light.addColorStop(1, `rgba(96, 190, 208, ${strength})`);
  return light;
}

/** Draws a thin light edge, so that the dark square is visible on a dark panel. */
function rim(context, inset, side, corner, size) {
  const width = Math.max(1 / size, 0.006);
  const light = context.createLinearGradient(0, inset, 0, inset + side);
  light.addColorStop(0, 'rgba(255, 226, 204, 0.34)');
  light.addColorStop(0.5, 'rgba(255, 226, 204, 0.12)');
  light.addColorStop(1, 'rgba(255, 226, 204, 0.08)');
  context.beginPath();
  context.roundRect(inset + width / 2, inset + width / 2, side - width, side - width, corner - width / 2);
  context.lineWidth = width;
  context.strokeStyle = light;
  context.stroke();
}
