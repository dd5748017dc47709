// The backgrounds without a horizon: under water and outer space.
import { type Colour, css, mix, oklch, ramp, toPixel } from '../colour/colour';
import { createNoise, fractal } from '../random/noise';
import { fillDown, glow, paintPixels, type Stage } from '../stage/stage';

/** Paints deep water with shafts of light, drifting particles and a bed of rock and weed. */
export function paintUnderwater(stage: Stage): void {
  const { context, width, height, unit, palette } = stage;
  const random = stage.random.fork('underwater');
  const isNight = stage.scene.time === 'night';
  const hue = random.between(205, 245);
  const dim = isNight ? 0.55 : 1;
  const waters = [
    oklch(0.82 * dim, 0.09, hue - 22),
    oklch(0.63 * dim, 0.115, hue - 10),
    oklch(0.42 * dim, 0.105, hue),
    oklch(0.2, 0.07, hue + 14),
  ].map(palette.tinted);
  const [surface = palette.haze, ...deeper] = waters;
  const deep = deeper.at(-1) ?? surface;
  fillDown(stage, [surface, ...deeper], 0, height);
  const noise = createNoise(random);
  const source = random.between(0.3, 0.7);
  const shine = toPixel(mix(surface, palette.light, 0.6));
  const shafts = paintPixels(300, Math.round((300 * height) / width), (u, v, pixel) => {
    const angle = (u - source) / (v + 0.32);
    const ray = fractal(noise, angle * 9 + 20, v * 0.4, 3);
    pixel.red = shine.red;
    pixel.green = shine.green;
    pixel.blue = shine.blue;
    pixel.alpha = 235 * ramp(0.46, 0.86, ray) * (1 - v) ** 1.6 * Math.exp(-((angle / 0.9) ** 2));
  });
  context.save();
  context.globalCompositeOperation = 'screen';
  context.drawImage(shafts, 0, 0, width, height);
  context.restore();
  glow(stage, { x: source * width, y: 0 }, Math.max(width, height) * 0.6, surface, 0.5);
  for (let layer = 0; layer < 3; layer += 1) paintSeabed(stage, layer, surface, deep);
  for (let speck = 0; speck < 240; speck += 1) {
    context.fillStyle = css(mix(surface, palette.light, 0.5), random.between(0.08, 0.5));
    context.beginPath();
    context.arc(
      random.next() * width,
      random.next() * height,
      (0.6 + random.next() ** 5 * 4.5) * unit,
      0,
      Math.PI * 2,
    );
    context.fill();
  }
}

function paintSeabed(stage: Stage, layer: number, surface: Colour, deep: Colour): void {
  const { context, width, height, unit, palette } = stage;
  const random = stage.random.fork(`seabed ${layer}`);
  const noise = createNoise(random);
  const nearness = layer / 2;
  const tone = mix(mix(surface, deep, 0.62 + 0.2 * nearness), palette.ink, 0.15 + nearness * 0.55);
  const floor = height * (0.84 + layer * 0.05);
  const bedAt = (x: number): number =>
    floor - (fractal(noise, x / (240 * unit), layer * 5, 4) - 0.5) * height * 0.2;
  context.fillStyle = css(tone);
  context.beginPath();
  context.moveTo(0, height);
  for (let x = 0; x <= width + 6; x += 6) context.lineTo(x, bedAt(x));
  context.lineTo(width, height);
  context.fill();
  context.strokeStyle = css(tone);
  context.lineCap = 'round';
  const weeds = 9 + layer * 5;
  for (let weed = 0; weed < weeds; weed += 1) {
    const x = random.next() * width;
    const ownHeight = random.between(50, 170) * (0.6 + nearness * 0.8) * unit;
    const blades = random.integer(2, 5);
    for (let blade = 0; blade < blades; blade += 1) {
      const sway = random.between(-1, 1) * ownHeight * 0.3;
      const foot = x + blade * 7 * unit;
      context.lineWidth = random.between(2, 5) * unit * (0.6 + nearness * 0.6);
      context.beginPath();
      context.moveTo(foot, bedAt(x) + 6 * unit);
      context.bezierCurveTo(
        foot + sway,
        bedAt(x) - ownHeight * 0.4,
        foot - sway,
        bedAt(x) - ownHeight * 0.65,
        foot + sway * 0.7,
        bedAt(x) - ownHeight * random.between(0.7, 1.1),
      );
      context.stroke();
    }
  }
}

/** Paints a nebula: two clouds of colour that meet, with dust between them. */
export function paintNebula(stage: Stage): void {
  const { context, width, height, palette } = stage;
  const random = stage.random.fork('nebula');
  const noise = createNoise(random);
  const base = random.between(0, 360);
  const voids = [
    palette.tinted(oklch(0.09, 0.03, base)),
    palette.tinted(oklch(0.13, 0.045, base + 30)),
  ] as const;
  fillDown(stage, [...voids, voids[0]], 0, height);
  const first = toPixel(palette.tinted(oklch(0.58, 0.17, base)));
  const second = toPixel(palette.tinted(oklch(0.66, 0.15, base + random.between(70, 140))));
  const ratio = height / width;
  const gas = paintPixels(340, Math.round(340 * ratio), (u, v, pixel) => {
    const x = u * 2.6;
    const y = v * 2.6 * ratio;
    const warp = fractal(noise, x * 1.2, y * 1.2, 4);
    const body = fractal(noise, x + warp * 2.1, y + warp * 1.7 + 9, 6);
    const share = ramp(0.35, 0.65, fractal(noise, x * 0.8 + 30, y * 0.8 + warp, 3));
    pixel.red = first.red + (second.red - first.red) * share;
    pixel.green = first.green + (second.green - first.green) * share;
    pixel.blue = first.blue + (second.blue - first.blue) * share;
    pixel.alpha = 230 * ramp(0.42, 0.85, body) ** 1.3;
  });
  context.save();
  context.globalCompositeOperation = 'screen';
  context.drawImage(gas, 0, 0, width, height);
  context.restore();
}

/** Paints the curved edge of a near planet along the bottom, with its thin bright atmosphere. */
export function paintWorldEdge(stage: Stage): void {
  const { context, width, height, palette, unit } = stage;
  const random = stage.random.fork('world');
  const noise = createNoise(random);
  const radius = Math.max(width, height) * 1.5;
  const x = width * random.between(0.3, 0.7);
  const y = height * random.between(0.78, 0.84) + radius;
  const hue = random.pick([230, 205, 20, 280]);
  const air = palette.tinted(oklch(0.78, 0.13, hue));
  const land = palette.tinted(oklch(0.42, 0.11, hue + 12));
  glow(stage, { x, y: y - radius }, width * 0.7, air, 0.35);
  context.save();
  for (let shell = 0; shell < 12; shell += 1) {
    context.fillStyle = css(air, 0.05);
    context.beginPath();
    context.arc(x, y, radius + (12 - shell) * 3.2 * unit, 0, Math.PI * 2);
    context.fill();
  }
  context.beginPath();
  context.arc(x, y, radius, 0, Math.PI * 2);
  context.clip();
  const body = context.createRadialGradient(x, y, radius * 0.84, x, y, radius);
  body.addColorStop(0, css(palette.ink));
  body.addColorStop(0.72, css(mix(palette.ink, land, 0.7)));
  body.addColorStop(0.97, css(mix(land, air, 0.55)));
  body.addColorStop(1, css(mix(air, palette.light, 0.6)));
  context.fillStyle = body;
  context.fillRect(0, y - radius, width, height);
  const tone = toPixel(mix(air, palette.light, 0.5));
  const clouds = paintPixels(320, 120, (u, v, pixel) => {
    const warp = fractal(noise, u * 5, v * 7, 3);
    pixel.red = tone.red;
    pixel.green = tone.green;
    pixel.blue = tone.blue;
    pixel.alpha =
      150 * ramp(0.5, 0.78, fractal(noise, u * 7 + warp * 2, v * 16 + warp * 3, 5)) * (1 - v) ** 1.2;
  });
  context.drawImage(clouds, 0, y - radius, width, height * 0.3);
  context.restore();
}
