// Clouds, fog and haze: noise in perspective, lit from the side of the light.
import { css, mix, ramp, toPixel } from '../colour/colour';
import { createNoise, fractal } from '../random/noise';
import { paintPixels, type Stage } from '../stage/stage';

/** Paints clouds. `cover` runs from 0 (a few wisps) to 1 (overcast). */
export function paintClouds(stage: Stage, cover: number): void {
  const { context, width, horizon, palette, light } = stage;
  const random = stage.random.fork('clouds');
  const noise = createNoise(random);
  const stretch = random.between(1.6, 3.4);
  const drift = random.between(0, 100);
  const ratio = horizon / width;
  const threshold = 0.66 - cover * 0.3;
  const shade = toPixel(palette.cloudShade);
  const lit = toPixel(palette.cloudLight);
  const edge = toPixel(mix(palette.cloudLight, palette.light, 0.65));
  const lightX = light.x / width;
  const lightY = light.y / horizon;
  // Without a sun or moon, light comes only from below: from a city or the last daylight.
  const hasNoLight = !stage.scene.sky.some(
    (body) => body === 'sun' || body === 'moon' || body === 'crescent',
  );
  const columns = 440;
  const sheet = paintPixels(columns, Math.max(60, Math.round(columns * ratio)), (u, v, pixel) => {
    // Clouds near the horizon are farther away, so they look finer and flatter.
    const distance = 1 / (1.12 - v * 0.88);
    const x = (u - 0.5) * distance * 1.5 + drift;
    const y = distance * stretch;
    const warp = noise(x * 1.3, y * 1.3) * 0.6;
    const density = fractal(noise, x * 1.7 + warp, y * 1.7 + warp, 6);
    const body = ramp(threshold, threshold + 0.2, density);
    if (body <= 0.004) return;
    const towardX = (lightX - u) * 0.16;
    const towardY = (lightY - v) * 0.16;
    const shadow = fractal(noise, x * 1.7 + warp + towardX, y * 1.7 + warp - towardY - 0.1, 3);
    const relief = ramp(-0.06, 0.14, density - shadow + 0.05 - (density - threshold) * 0.35);
    const brightness = hasNoLight ? 0.15 + 0.6 * v * v * relief : relief;
    const near = Math.exp(-(((u - lightX) / ratio) ** 2 + (v - lightY) ** 2) * 5);
    const rim = hasNoLight ? 0 : near * (1 - ramp(0.1, 0.7, body));
    pixel.red = blend(blend(shade.red, lit.red, brightness), edge.red, rim);
    pixel.green = blend(blend(shade.green, lit.green, brightness), edge.green, rim);
    pixel.blue = blend(blend(shade.blue, lit.blue, brightness), edge.blue, rim);
    pixel.alpha = 235 * body * (0.5 + 0.5 * ramp(0, 0.25, v)) * (1 - 0.5 * ramp(0.85, 1, v));
  });
  context.drawImage(sheet, 0, 0, width, horizon);
}

/** Paints a bank of fog between two heights, densest in its middle. Strength 0 to 1; `name` seeds its shape. */
export function paintFog(stage: Stage, top: number, bottom: number, strength: number, name: string): void {
  const { context, width, palette } = stage;
  const noise = createNoise(stage.random.fork(`fog/${name}`));
  const tone = toPixel(mix(palette.haze, palette.sky.at(-1) ?? palette.haze, 0.35));
  const ratio = (bottom - top) / width;
  const bank = paintPixels(160, 60, (u, v, pixel) => {
    const body = fractal(noise, u * 3.2, v * 4 * Math.max(0.25, ratio), 4);
    pixel.red = tone.red;
    pixel.green = tone.green;
    pixel.blue = tone.blue;
    pixel.alpha = 255 * strength * Math.sin(Math.PI * v) ** 1.4 * ramp(0.12, 0.72, body);
  });
  context.drawImage(bank, 0, top, width, bottom - top);
}

/** Paints an even haze that thickens towards the bottom. Strength 0 to 1. */
export function paintHaze(stage: Stage, top: number, bottom: number, strength: number): void {
  const { context, width, palette } = stage;
  const veil = context.createLinearGradient(0, top, 0, bottom);
  for (let step = 0; step <= 8; step += 1) {
    veil.addColorStop(step / 8, css(palette.haze, strength * (step / 8) ** 1.6));
  }
  context.fillStyle = veil;
  context.fillRect(0, top, width, bottom - top);
}

function blend(from: number, to: number, share: number): number {
  return from + (to - from) * share;
}
