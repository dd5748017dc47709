// Dunes: each has a lit windward side and a shaded slip face, divided by a winding crest.
import { css, mix, oklch } from '../colour/colour';
import { createNoise, fractal } from '../random/noise';
import { lineAcross, type Point, type Stage, traceLand } from '../stage/stage';

const sand = oklch(0.8, 0.1, 70);

/** Paints dunes from a height to the bottom. Returns the crest that a caravan can walk on. Lengths in pixels. */
export function paintDunes(stage: Stage, top: number, layers: number): Point[] {
  const { context, width, height, unit, palette, light } = stage;
  const random = stage.random.fork('dunes');
  const side = light.x < width / 2 ? -1 : 1;
  let road: Point[] = [];
  for (let layer = 0; layer < layers; layer += 1) {
    const nearness = (layer + 0.4) / layers;
    const noise = createNoise(random);
    const level = top + (height - top) * (layer / layers) ** 1.15;
    const swing = (38 + 125 * nearness) * unit;
    const phase = random.between(0, 10);
    const crestX = width * random.between(0.25, 0.75);
    const line = lineAcross(stage, (x) => {
      const away = (x - crestX) / (width * (0.3 + 0.25 * nearness));
      const peak = Math.exp(-(Math.abs(away) ** 1.35)) * 0.75;
      return level - (peak + fractal(noise, (x / width) * 1.6 + phase, 1, 2) * 0.5 - 0.3) * swing * 1.25;
    });
    const depth = 0.82 * (1 - nearness) ** 1.2;
    const lit = mix(palette.lit(sand, depth), palette.glow, 0.3 * (1 - nearness * 0.6));
    const shade = mix(palette.lit(sand, depth), palette.ink, 0.4 * nearness + 0.12);
    const body = context.createLinearGradient(0, level - swing, 0, level + swing * 1.6);
    body.addColorStop(0, css(lit));
    body.addColorStop(1, css(mix(lit, shade, 0.8)));
    context.save();
    traceLand(context, line, height + 5);
    context.fillStyle = body;
    context.fill();
    context.clip();
    paintSlipFace(stage, line, crestX, level, swing, side, css(shade, 0.85), css(shade, 0));
    paintWindLines(stage, line, nearness, css(shade, 0.13));
    context.restore();
    if (layer === Math.floor(layers / 2)) road = line;
  }
  return road;
}

// Paints the face turned away from the light, from the crest down to an S-shaped edge.
function paintSlipFace(
  stage: Stage,
  line: readonly Point[],
  crestX: number,
  level: number,
  swing: number,
  side: number,
  near: string,
  far: string,
): void {
  const { context, width } = stage;
  const crest = line.reduce(
    (best, point) => (Math.abs(point.x - crestX) < Math.abs(best.x - crestX) ? point : best),
    { x: 0, y: level },
  );
  const away = -side;
  const reach = swing * 2.6;
  const shade = context.createLinearGradient(crest.x, crest.y, crest.x + away * reach * 0.5, crest.y + reach);
  shade.addColorStop(0, near);
  shade.addColorStop(0.35, near);
  shade.addColorStop(1, far);
  context.fillStyle = shade;
  context.beginPath();
  context.moveTo(crest.x, crest.y - 2);
  context.bezierCurveTo(
    crest.x - away * swing * 0.5,
    crest.y + reach * 0.25,
    crest.x + away * swing * 1.3,
    crest.y + reach * 0.45,
    crest.x + away * swing * 0.35,
    crest.y + reach,
  );
  context.lineTo(crest.x + away * width, crest.y + reach);
  context.lineTo(crest.x + away * width, crest.y - swing);
  context.closePath();
  context.fill();
}

function paintWindLines(stage: Stage, line: readonly Point[], nearness: number, tone: string): void {
  const { context, unit } = stage;
  context.strokeStyle = tone;
  context.lineWidth = (0.6 + nearness) * unit;
  for (let ripple = 1; ripple < 9; ripple += 1) {
    context.beginPath();
    const drop = ripple ** 1.5 * 7 * unit * (0.3 + nearness);
    for (const point of line)
      context.lineTo(point.x, point.y + drop + Math.sin(point.x / (40 * unit) + ripple * 2) * 2 * unit);
    context.stroke();
  }
}
