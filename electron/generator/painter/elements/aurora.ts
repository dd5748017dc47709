// Northern lights: folded curtains of rays.
import { oklch, ramp, toPixel } from '../colour/colour';
import { createNoise, fractal } from '../random/noise';
import { paintPixels, type Stage } from '../stage/stage';

/** Paints two or three curtains across the sky, green below and violet above unless colour words change that. */
export function paintAurora(stage: Stage): void {
  const { context, width, horizon, palette } = stage;
  const random = stage.random.fork('aurora');
  const noise = createNoise(random);
  const low = toPixel(palette.tinted(oklch(0.85, 0.2, random.between(150, 165))));
  const high = toPixel(palette.tinted(oklch(0.6, 0.2, random.between(290, 330))));
  const columns = 420;
  const rows = Math.round((columns * horizon) / width);
  const curtains = random.integer(2, 3);
  context.save();
  context.globalCompositeOperation = 'screen';
  for (let curtain = 0; curtain < curtains; curtain += 1) {
    const base = 0.86 - curtain * random.between(0.14, 0.22);
    const tilt = random.between(-0.25, 0.25);
    const offset = random.between(0, 50);
    const curtainHeight = random.between(0.42, 0.62);
    const sheet = paintPixels(columns, rows, (u, v, pixel) => {
      const fold = fractal(noise, u * 2.3 + offset, curtain * 9, 3) - 0.5;
      const ripple = noise(u * 11 + fold * 6, offset) - 0.5;
      const foot = base + fold * 0.6 + tilt * (u - 0.5) + ripple * 0.035;
      const above = (foot - v) / curtainHeight;
      if (above < -0.08 || above > 1) return;
      const rays = 0.3 + 0.7 * fractal(noise, u * 46 + fold * 30, offset + v * 0.35, 3) ** 1.4 * 1.7;
      const presence = ramp(0.25, 0.62, noise(u * 2.6 + offset * 1.7, 3 + curtain));
      const lift = above < 0 ? ramp(-0.08, 0, above) : (1 - above) ** 2.1;
      const mixUp = ramp(0.12, 0.75, above);
      pixel.red = low.red + (high.red - low.red) * mixUp;
      pixel.green = low.green + (high.green - low.green) * mixUp;
      pixel.blue = low.blue + (high.blue - low.blue) * mixUp;
      pixel.alpha = Math.min(255, 250 * lift * rays * (0.12 + 0.88 * presence));
    });
    context.filter = `blur(${3 * stage.unit}px)`;
    context.drawImage(sheet, 0, 0, width, horizon);
  }
  context.restore();
}
