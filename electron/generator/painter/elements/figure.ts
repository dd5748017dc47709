// Draws one silhouette: soft curves, shaded by the light, with a bright edge on the side of the light.
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Tint } from '../../../../shared/painter/scene';
import { type Colour, css, lighten, mix, oklch } from '../colour/colour';
import { pigments } from '../colour/pigments';
import { isFloating, requestedColour } from '../stage/own-colour';
import type { Stage } from '../stage/stage';
import type { Part, Silhouette, Tone } from './silhouettes';

/** Position and posture of a figure; `x`, `foot` and `height` are pixels. */
export type Pose = {
  x: number;
  foot: number;
  height: number;
  facing: 'left' | 'right';
  tint: Tint | null;
  /** 0 is close by, 1 is hidden in the haze. */
  depth: number;
  /** Radians; a positive angle leans forward. */
  lean?: number;
};

/** Paints one figure. */
export function paintFigure(stage: Stage, silhouette: Silhouette, pose: Pose): void {
  const { context, palette, light, unit } = stage;
  const scale = pose.height / silhouette.height;
  const margin = 90 * scale;
  const width = Math.ceil(200 * scale + margin * 2);
  const height = Math.ceil((silhouette.height + 40) * scale + margin);
  const layer = createCanvas(width, height);
  const brush = layer.getContext('2d');
  const footY = height - 24 * scale - margin * 0.3;
  brush.translate(width / 2, footY);
  brush.rotate((pose.lean ?? 0) * (pose.facing === 'left' ? -1 : 1));
  brush.scale(pose.facing === 'left' ? -scale : scale, scale);
  brush.translate(-silhouette.centre, -100);
  const coat = coatOf(stage, silhouette, pose);
  for (const part of silhouette.parts)
    paintPart(brush, part, tones(stage, coat, part.tone, silhouette.height));
  brush.setTransform(1, 0, 0, 1, 0, 0);
  const left = pose.x - width / 2;
  const top = pose.foot - footY;
  const rim = createCanvas(width, height);
  const edge = rim.getContext('2d');
  edge.drawImage(layer, 0, 0);
  edge.globalCompositeOperation = 'source-in';
  edge.fillStyle = css(mix(palette.light, palette.glow, 0.35));
  edge.fillRect(0, 0, width, height);
  const away = Math.atan2(pose.foot - pose.height * 0.5 - light.y, pose.x - light.x);
  const reach = Math.max(1.3 * unit, pose.height * 0.011);
  edge.globalCompositeOperation = 'destination-out';
  edge.filter = `blur(${reach * 0.45}px)`;
  edge.drawImage(layer, Math.cos(away) * reach, Math.sin(away) * reach);
  brush.globalCompositeOperation = 'source-atop';
  brush.globalAlpha = 0.75 * (1 - pose.depth);
  brush.drawImage(rim, 0, 0);
  context.drawImage(layer, left, top);
}

function coatOf(stage: Stage, silhouette: Silhouette, pose: Pose): Colour {
  const { palette } = stage;
  // A "red fox" has the red of a fox: a requested colour close to the natural coat moves towards it.
  const requested = pose.tint ? pigments[pose.tint] : palette.tinted(silhouette.coat);
  const isNaturalColour = requested.chroma > 0.05 && Math.abs(requested.hue - silhouette.coat.hue) < 30;
  const own = isNaturalColour ? mix(requested, silhouette.coat, 0.45) : requested;
  if (pose.tint || isFloating(stage)) return requestedColour(stage, pose.tint, own, pose.depth);
  return mix(palette.lit(own, pose.depth), palette.ink, 0.25);
}

function tones(stage: Stage, coat: Colour, tone: Tone, height: number): (brush: SKRSContext2D) => void {
  const { palette } = stage;
  const down =
    (top: Colour, bottom: Colour) =>
    (brush: SKRSContext2D): void => {
      const fill = brush.createLinearGradient(0, 100 - height, 0, 104);
      fill.addColorStop(0, css(top));
      fill.addColorStop(1, css(bottom));
      brush.fillStyle = fill;
      brush.strokeStyle = fill;
    };
  const dark = mix(coat, palette.ink, 0.62);
  switch (tone) {
    case 'body':
      return down(mix(coat, palette.glow, 0.08), dark);
    case 'far':
      return down(mix(coat, palette.ink, 0.35), mix(dark, palette.ink, 0.35));
    case 'dark':
      return down(mix(coat, palette.ink, 0.6), {
        ...mix(palette.ink, coat, 0.2),
        lightness: palette.ink.lightness * 0.7,
      });
    case 'pale':
      return down(mix(lighten(coat, 0.2), palette.cloudLight, 0.45), mix(coat, palette.cloudShade, 0.4));
    case 'shine':
      return down(palette.tinted(oklch(0.86, 0.14, 78)), palette.tinted(oklch(0.7, 0.16, 55)));
  }
}

function paintPart(brush: SKRSContext2D, part: Part, tone: (brush: SKRSContext2D) => void): void {
  tone(brush);
  const points = parsePoints(part.points);
  if (part.thickness !== undefined) {
    paintTaper(brush, points, part.thickness);
    return;
  }
  brush.beginPath();
  traceClosed(brush, points);
  brush.fill();
}

type Knot = { x: number; y: number; corner: boolean };

const parsedPoints = new Map<string, Knot[]>();

function parsePoints(text: string): Knot[] {
  const known = parsedPoints.get(text);
  if (known) return known;
  const knots = text.split(' ').map((item) => {
    const [x = 0, y = 0] = item.replace('!', '').split(',').map(Number);
    return { x, y, corner: item.endsWith('!') };
  });
  parsedPoints.set(text, knots);
  return knots;
}

function traceClosed(brush: SKRSContext2D, knots: readonly Knot[]): void {
  const count = knots.length;
  const at = (index: number): Knot => knots[(index + count) % count] ?? { x: 0, y: 0, corner: true };
  brush.moveTo(at(0).x, at(0).y);
  for (let index = 0; index < count; index += 1) {
    const here = at(index);
    const next = at(index + 1);
    const leaving = here.corner ? straight(here, next) : tangent(at(index - 1), here, next);
    const arriving = next.corner ? straight(here, next) : tangent(here, next, at(index + 2));
    const reach = Math.hypot(next.x - here.x, next.y - here.y) / 3;
    brush.bezierCurveTo(
      here.x + leaving.x * reach,
      here.y + leaving.y * reach,
      next.x - arriving.x * reach,
      next.y - arriving.y * reach,
      next.x,
      next.y,
    );
  }
  brush.closePath();
}

// Averages unit directions, so that a short segment after a long one does not overshoot.
function tangent(before: Knot, here: Knot, after: Knot): { x: number; y: number } {
  const coming = straight(before, here);
  const going = straight(here, after);
  const length = Math.hypot(coming.x + going.x, coming.y + going.y) || 1;
  return { x: (coming.x + going.x) / length, y: (coming.y + going.y) / length };
}

function straight(from: Knot, to: Knot): { x: number; y: number } {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  return { x: (to.x - from.x) / length, y: (to.y - from.y) / length };
}

function paintTaper(brush: SKRSContext2D, knots: readonly Knot[], thickness: number): void {
  brush.lineCap = 'round';
  const steps = (knots.length - 1) * 8;
  let previous = knots[0];
  for (let step = 1; step <= steps && previous; step += 1) {
    const point = along(knots, step / steps);
    brush.lineWidth = thickness * (1 - (step / steps) * 0.72);
    brush.beginPath();
    brush.moveTo(previous.x, previous.y);
    brush.lineTo(point.x, point.y);
    brush.stroke();
    previous = point;
  }
}

function along(knots: readonly Knot[], share: number): Knot {
  const place = share * (knots.length - 1);
  const index = Math.min(knots.length - 2, Math.floor(place));
  const fraction = place - index;
  const at = (offset: number): Knot =>
    knots[Math.min(knots.length - 1, Math.max(0, index + offset))] ?? { x: 0, y: 0, corner: true };
  const [before, here, next, after] = [at(-1), at(0), at(1), at(2)];
  const spline = (a: number, b: number, c: number, d: number): number =>
    0.5 *
    (2 * b +
      (c - a) * fraction +
      (2 * a - 5 * b + 4 * c - d) * fraction ** 2 +
      (3 * b - a - 3 * c + d) * fraction ** 3);
  return {
    x: spline(before.x, here.x, next.x, after.x),
    y: spline(before.y, here.y, next.y, after.y),
    corner: false,
  };
}
