// Draws the app's icon at every size, and packs it for Windows and macOS: resources/. Run it when the drawing changes.
//
// A safelight disc, and the afterimage that stays beside it when you look away: the same disc, dimmer, in the colour
// that the eye answers orange with.

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
console.log(`painted ${sizes.join(', ')} pixels, icon.ico and icon.icns`);

/** In units of the icon's side. Small ones have less air and a bigger ghost: at 16 pixels an edge is a third of a disc. */
function measuresOf(size) {
  if (size <= 24) return { inset: 0, corner: 0.24, disc: 0.29, main: [0.6, 0.46], ghost: [0.37, 0.56] };
  if (size <= 48)
    return { inset: 1 / size, corner: 0.23, disc: 0.26, main: [0.59, 0.455], ghost: [0.385, 0.56] };
  return { inset: 0.05, corner: 0.21, disc: 0.225, main: [0.585, 0.45], ghost: [0.4, 0.56] };
}

function paint(size) {
  const canvas = createCanvas(size, size);
  const pen = canvas.getContext('2d');
  pen.scale(size, size);
  const { inset, corner, disc, main, ghost } = measuresOf(size);
  const side = 1 - 2 * inset;

  pen.beginPath();
  pen.roundRect(inset, inset, side, side, corner);
  pen.save();
  pen.clip();
  const wall = pen.createLinearGradient(0, inset, 0, 1 - inset);
  wall.addColorStop(0, '#3b2c26');
  wall.addColorStop(1, '#1c1310');
  pen.fillStyle = wall;
  pen.fillRect(0, 0, 1, 1);

  glow(pen, main, disc * 2.5, '255, 122, 46', size > 48 ? 0.42 : 0.2);
  fillDisc(pen, ghost, disc, ghostColour(pen, ghost, disc, size));
  if (size > 48) glow(pen, main, disc * 1.45, '255, 140, 60', 0.35);
  fillDisc(pen, main, disc, safelight(pen, main, disc));
  // Where the two meet, the ghost shows through: it is in the eye, not behind the disc.
  pen.save();
  pen.beginPath();
  pen.arc(...main, disc, 0, 2 * Math.PI);
  pen.clip();
  pen.globalCompositeOperation = 'screen';
  fillDisc(pen, ghost, disc, size > 24 ? 'rgba(120, 205, 225, 0.3)' : 'rgba(120, 205, 225, 0.22)');
  pen.restore();
  pen.restore();

  if (size > 24) rim(pen, inset, side, corner, size);
  return canvas;
}

function fillDisc(pen, [x, y], radius, style) {
  pen.beginPath();
  pen.arc(x, y, radius, 0, 2 * Math.PI);
  pen.fillStyle = style;
  pen.fill();
}

function glow(pen, [x, y], radius, colour, strength) {
  const light = pen.createRadialGradient(x, y, 0, x, y, radius);
  light.addColorStop(0, `rgba(${colour}, ${strength})`);
  light.addColorStop(0.45, `rgba(${colour}, ${strength * 0.45})`);
  light.addColorStop(1, `rgba(${colour}, 0)`);
  pen.fillStyle = light;
  pen.fillRect(0, 0, 1, 1);
}

function safelight(pen, [x, y], radius) {
  const light = pen.createRadialGradient(
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

function ghostColour(pen, [x, y], radius, size) {
  const light = pen.createLinearGradient(x - radius, y, x + radius, y);
  const strength = size > 48 ? 0.82 : 0.95;
  light.addColorStop(0, `rgba(74, 163, 184, ${strength * (size > 48 ? 0.55 : 0.85)})`);
  light.addColorStop(1, `rgba(96, 190, 208, ${strength})`);
  return light;
}

/** A hairline of light at the top edge, so that the dark square keeps its shape on a dark panel. */
function rim(pen, inset, side, corner, size) {
  const width = Math.max(1 / size, 0.006);
  const light = pen.createLinearGradient(0, inset, 0, inset + side);
  light.addColorStop(0, 'rgba(255, 226, 204, 0.34)');
  light.addColorStop(0.5, 'rgba(255, 226, 204, 0.12)');
  light.addColorStop(1, 'rgba(255, 226, 204, 0.08)');
  pen.beginPath();
  pen.roundRect(inset + width / 2, inset + width / 2, side - width, side - width, corner - width / 2);
  pen.lineWidth = width;
  pen.strokeStyle = light;
  pen.stroke();
}
