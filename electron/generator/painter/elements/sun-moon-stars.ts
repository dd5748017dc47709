// Lights in the sky: sun, moon, stars, the Milky Way, planets and rainbows.
import { css, lighten, mix, oklch, ramp, toPixel } from '../colour/colour';
import { createNoise, fractal } from '../random/noise';
import { createLayer, glow, paintPixels, type Stage } from '../stage/stage';

/** Paints the sun's disc and glow. Rain and storm hide it; fog and snow dim it. */
export function paintSun(stage: Stage): void {
  const { context, light, palette, scene } = stage;
  if (scene.weather === 'storm' || scene.weather === 'rain') return;
  const isVeiled = scene.weather === 'fog' || scene.weather === 'snow';
  glow(stage, light, light.radius * 7, palette.glow, 0.45);
  glow(stage, light, light.radius * 2.6, palette.light, isVeiled ? 0.35 : 0.5);
  const body = context.createLinearGradient(0, light.y - light.radius, 0, light.y + light.radius);
  body.addColorStop(0, css(palette.light, isVeiled ? 0.75 : 1));
  body.addColorStop(1, css(mix(palette.light, palette.glow, 0.45), isVeiled ? 0.5 : 1));
  context.fillStyle = body;
  context.beginPath();
  context.arc(light.x, light.y, light.radius, 0, Math.PI * 2);
  context.fill();
}

/** Paints a full moon with its seas, or a crescent. */
export function paintMoon(stage: Stage): void {
  const { light, palette, scene } = stage;
  const layer = createLayer(stage);
  const { context } = layer;
  glow(stage, light, light.radius * 9, palette.glow, 0.28);
  glow(stage, light, light.radius * 3, palette.light, 0.3);
  const isCrescent = scene.sky.includes('crescent');
  const { x, y, radius } = light;
  const body = context.createRadialGradient(x - radius * 0.35, y - radius * 0.35, radius * 0.1, x, y, radius);
  body.addColorStop(0, css(lighten(palette.light, 0.03)));
  body.addColorStop(1, css(mix(palette.light, palette.glow, 0.3)));
  context.fillStyle = body;
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.fill();
  if (!isCrescent) {
    const noise = createNoise(stage.random.fork('moon'));
    const shade = toPixel(mix(palette.light, palette.glow, 0.8));
    const seas = paintPixels(96, 96, (u, v, pixel) => {
      const dark = ramp(0.48, 0.66, fractal(noise, u * 3.2, v * 3.2, 4));
      pixel.red = shade.red;
      pixel.green = shade.green;
      pixel.blue = shade.blue;
      pixel.alpha = dark * 120;
    });
    context.globalCompositeOperation = 'source-atop';
    context.drawImage(seas, x - radius, y - radius, radius * 2, radius * 2);
  } else {
    context.globalCompositeOperation = 'destination-out';
    context.beginPath();
    context.arc(x + radius * 0.42, y - radius * 0.18, radius * 0.9, 0, Math.PI * 2);
    context.fill();
  }
  stage.context.drawImage(layer.canvas, 0, 0);
}

/** Paints stars, fewer and fainter towards the horizon; a few are large enough to glow. */
export function paintStars(stage: Stage, density: number): void {
  const { context, width, horizon, unit, palette } = stage;
  const random = stage.random.fork('stars');
  const count = Math.round(((width * horizon) / 1100) * density);
  const tones = [oklch(0.97, 0.01, 250), oklch(0.95, 0.04, 80), oklch(0.93, 0.05, 250)].map(palette.tinted);
  for (const tone of tones) {
    context.fillStyle = css(tone);
    for (let star = 0; star < count / 3; star += 1) {
      const height = random.next() ** 1.35;
      const size = (0.45 + random.next() ** 7 * 2) * unit;
      context.globalAlpha = (0.25 + 0.75 * random.next() ** 2) * (1 - height * 0.75);
      const x = random.next() * width;
      context.beginPath();
      context.arc(x, height * horizon, size, 0, Math.PI * 2);
      context.fill();
      if (size > 1.9 * unit) glow(stage, { x, y: height * horizon }, size * 7, tone, 0.5);
    }
  }
  context.globalAlpha = 1;
}

/** Paints a tilted band of faint stars with dark lanes. */
export function paintMilkyWay(stage: Stage): void {
  const { context, width, height, palette } = stage;
  const random = stage.random.fork('milky-way');
  const noise = createNoise(random);
  const lean = random.pick([-1, 1]) * random.between(0.45, 0.9);
  const middle = random.between(0.38, 0.62);
  const core = palette.tinted(oklch(0.9, 0.06, 60));
  const edge = palette.tinted(oklch(0.66, 0.12, 290));
  const inner = toPixel(core);
  const outer = toPixel(edge);
  const ratio = height / width;
  const band = paintPixels(360, Math.round(360 * ratio), (u, v, pixel) => {
    const warp = fractal(noise, u * 3, v * 3 * ratio, 3) - 0.5;
    const across = u - middle + (v - 0.4) * ratio * lean + warp * 0.16;
    const body = Math.exp(-((across / 0.17) ** 2));
    const clouds = fractal(noise, u * 7 + 40, v * 7 * ratio, 5);
    const lane = Math.exp(-(((across + warp * 0.25) / 0.035) ** 2)) * ramp(0.35, 0.6, clouds);
    const heart = Math.exp(-((across / 0.07) ** 2));
    pixel.red = outer.red + (inner.red - outer.red) * heart;
    pixel.green = outer.green + (inner.green - outer.green) * heart;
    pixel.blue = outer.blue + (inner.blue - outer.blue) * heart;
    pixel.alpha = 205 * body * (0.15 + 0.85 * ramp(0.28, 0.75, clouds)) * (1 - 0.75 * lane);
  });
  context.save();
  context.globalCompositeOperation = 'screen';
  context.drawImage(band, 0, 0, width, height);
  const dust = stage.random.fork('dust');
  context.fillStyle = css(core);
  for (let star = 0; star < 2600; star += 1) {
    const v = dust.next();
    const spread = (dust.next() + dust.next() + dust.next() - 1.5) * 0.22;
    const u = middle - (v - 0.4) * ratio * lean + spread;
    context.globalAlpha = dust.next() ** 3 * 0.9;
    const size = (0.6 + dust.next() ** 6 * 1.3) * stage.unit;
    context.fillRect(u * width, v * height, size, size);
  }
  context.restore();
}

/** Paints a ringed planet. */
export function paintPlanet(stage: Stage): void {
  const { context, width, height, palette, unit } = stage;
  const random = stage.random.fork('planet');
  const radius = Math.min(width, height) * random.between(0.17, 0.24);
  const x = width * random.pick([0.32, 0.36, 0.64, 0.68]);
  const y = height * random.between(0.3, 0.38);
  const tilt = random.between(-0.5, -0.25) * random.pick([-1, 1]);
  const warm = palette.tinted(oklch(0.82, 0.1, random.between(30, 90)));
  const cool = palette.tinted(oklch(0.3, 0.1, random.between(270, 330)));
  glow(stage, { x, y }, radius * 2.6, palette.glow, 0.3);
  const ring = (from: number, to: number): void => {
    for (let band = 0; band < 26; band += 1) {
      const share = band / 26;
      const isGap = share > 0.58 && share < 0.66;
      context.strokeStyle = css(
        mix(warm, cool, 0.25 + 0.4 * Math.abs(Math.sin(band * 1.9))),
        isGap ? 0.05 : 0.5,
      );
      context.lineWidth = (radius * 0.95) / 26 + unit * 0.4;
      context.beginPath();
      const reach = radius * (1.35 + share * 0.9);
      context.ellipse(x, y, reach, reach * 0.22, tilt, from, to);
      context.stroke();
    }
  };
  ring(Math.PI, Math.PI * 2);
  context.save();
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.clip();
  context.fillStyle = css(warm);
  context.fillRect(x - radius, y - radius, radius * 2, radius * 2);
  context.translate(x, y);
  context.rotate(tilt);
  for (let band = -9; band < 9; band += 1) {
    context.fillStyle = css(mix(warm, cool, random.between(0, 0.45)), 0.5);
    context.beginPath();
    context.ellipse(
      0,
      (band / 9) * radius,
      radius * 1.1,
      radius * random.between(0.03, 0.12),
      0,
      0,
      Math.PI * 2,
    );
    context.fill();
  }
  const shade = context.createRadialGradient(
    -radius * 0.5,
    -radius * 0.5,
    radius * 0.3,
    -radius * 0.2,
    -radius * 0.2,
    radius * 1.35,
  );
  shade.addColorStop(0, css(cool, 0));
  shade.addColorStop(0.55, css(palette.ink, 0.35));
  shade.addColorStop(1, css(palette.ink, 0.96));
  context.fillStyle = shade;
  context.fillRect(-radius * 1.2, -radius * 1.2, radius * 2.4, radius * 2.4);
  context.restore();
  ring(0, Math.PI);
}

/** Paints a faint rainbow. */
export function paintRainbow(stage: Stage): void {
  const { context, width, horizon, unit } = stage;
  const x = width * (stage.light.x < width / 2 ? 0.66 : 0.34);
  const radius = Math.min(width * 0.62, horizon * 0.95);
  context.save();
  context.globalCompositeOperation = 'screen';
  context.filter = `blur(${2.5 * unit}px)`;
  const bands = 24;
  for (let band = 0; band < bands; band += 1) {
    const share = band / (bands - 1);
    context.strokeStyle = css(
      oklch(0.72, 0.17, 20 + share * 285),
      0.46 * Math.sin(Math.PI * (0.08 + share * 0.84)),
    );
    context.lineWidth = 3.6 * unit;
    context.beginPath();
    context.arc(x, horizon + radius * 0.12, radius - band * 2.6 * unit, Math.PI, Math.PI * 2);
    context.stroke();
  }
  context.restore();
}
