// Rolling hills, meadows and snowfields, one behind another.
import { css, mix, oklch, saturate } from '../colour/colour';
import { createNoise, fractal } from '../random/noise';
import { lineAcross, type Stage, traceLand } from '../stage/stage';

const grounds = {
  spring: oklch(0.66, 0.12, 132),
  summer: oklch(0.58, 0.11, 130),
  autumn: oklch(0.64, 0.12, 68),
  winter: oklch(0.95, 0.012, 235),
} as const;

/** Paints hills from a height down to the bottom, each with a lit edge. Lengths in pixels. */
export function paintHills(stage: Stage, top: number, layers: number): void {
  const { context, scene, width, height, unit, palette, light } = stage;
  const random = stage.random.fork('hills');
  const ground = grounds[scene.season];
  const isSnowy = scene.season === 'winter';
  for (let layer = 0; layer < layers; layer += 1) {
    const nearness = (layer + 0.6) / layers;
    const noise = createNoise(random);
    const level = top + (height - top) * (layer / layers) ** 1.2;
    const swing = (50 + 95 * nearness) * unit;
    const line = lineAcross(stage, (x) => {
      const place = x / (width * (0.42 + nearness * 0.4));
      return level - (fractal(noise, place * 1.6 + layer * 7, 1, 2) - 0.42) * swing * 2;
    });
    const depth = 0.84 * (1 - nearness) ** 1.25;
    const own = { ...ground, hue: ground.hue + (isSnowy ? 0 : (1 - nearness) * 24 - layer * 2) };
    // In low light the ground takes the colour of the air rather than of the grass.
    const air = saturate(mix(palette.haze, palette.ink, 0.1 + nearness * 0.8), 1.5);
    const crest = mix(palette.lit(own, depth), air, isSnowy ? 0 : (1 - palette.exposure) * 1.15);
    const foot = mix(
      mix(crest, palette.haze, depth * 0.3),
      palette.ink,
      (isSnowy ? 0.1 : 0.22) + 0.38 * nearness,
    );
    const drop = swing + ((height - top) / layers) * 1.9;
    const shade = context.createLinearGradient(0, level - swing * 0.75, 0, level - swing * 0.75 + drop);
    shade.addColorStop(0, css(mix(crest, palette.glow, 0.26 * (1 - nearness * 0.6))));
    shade.addColorStop(0.28, css(crest));
    shade.addColorStop(1, css(foot));
    context.save();
    traceLand(context, line, height + 5);
    context.fillStyle = shade;
    context.fill();
    context.clip();
    // The side toward the light is warmer.
    const wash = context.createRadialGradient(light.x, level - swing, 0, light.x, level - swing, width * 0.6);
    wash.addColorStop(0, css(palette.glow, 0.26 * palette.exposure * (1 - nearness * 0.5)));
    wash.addColorStop(1, css(palette.glow, 0));
    context.fillStyle = wash;
    context.fillRect(0, level - swing * 2, width, height);
    context.restore();
    paintRim(stage, line, nearness);
  }
}

// Paints a thin line of light along the crest, strongest below the sun.
function paintRim(stage: Stage, line: readonly { x: number; y: number }[], nearness: number): void {
  const { context, light, palette, unit, width } = stage;
  const rim = context.createRadialGradient(light.x, light.y, 0, light.x, light.y, width * 0.5);
  rim.addColorStop(0, css(palette.light, 0.3 * (1 - nearness * 0.6)));
  rim.addColorStop(1, css(palette.light, 0));
  context.strokeStyle = rim;
  context.lineWidth = 1.4 * unit;
  context.beginPath();
  for (const point of line) context.lineTo(point.x, point.y);
  context.stroke();
}
