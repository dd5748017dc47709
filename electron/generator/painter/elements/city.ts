// A skyline: layers of buildings in the haze, with lit windows when it is dark.
import { type Colour, css, lighten, mix, oklch } from '../colour/colour';
import type { Random } from '../random/random';
import { glow, type Stage } from '../stage/stage';

const concrete = oklch(0.52, 0.03, 255);
const lamps = [
  oklch(0.87, 0.13, 78),
  oklch(0.92, 0.08, 88),
  oklch(0.8, 0.14, 62),
  oklch(0.9, 0.05, 220),
] as const;
const signs = [
  oklch(0.7, 0.26, 350),
  oklch(0.8, 0.16, 205),
  oklch(0.75, 0.2, 310),
  oklch(0.82, 0.17, 70),
] as const;

type Building = { x: number; width: number; top: number };

/** Paints layers of buildings on one ground line. Near ones are tallest at the sides, which keeps the middle open. */
export function paintCity(stage: Stage, ground: number, maxHeight: number): void {
  const { context, palette, scene, unit, width } = stage;
  const random = stage.random.fork('city');
  const layers = 4;
  const focus = random.between(0.3, 0.7);
  const isNight = isDark(stage);
  if (isNight) {
    for (const share of [0.15, 0.5, 0.85]) {
      glow(
        stage,
        { x: width * share, y: ground },
        width * 0.62,
        mix(palette.haze, palette.tinted(lamps[0]), 0.55),
        0.34,
      );
    }
  }
  for (let layer = 0; layer < layers; layer += 1) {
    const nearness = layer / (layers - 1);
    const depth = 0.82 * (1 - nearness) ** 0.9;
    const tone = mix(palette.lit(concrete, depth), palette.ink, 0.5 * nearness);
    for (const building of placeBuildings(
      stage,
      random.fork(`layer ${layer}`),
      ground,
      maxHeight,
      nearness,
      focus,
    )) {
      paintBuilding(stage, random, building, ground, tone, depth);
    }
    if (layer < layers - 1) veil(stage, ground, maxHeight, 0.34 * (1 - nearness));
  }
  if (scene.styles.includes('neon')) paintSigns(stage, random, ground, maxHeight);
  if (!isNight) return;
  glow(stage, { x: width * focus, y: ground }, 420 * unit, palette.tinted(lamps[0]), 0.22);
  for (let x = random.between(0, 30) * unit; x < width; x += random.between(26, 44) * unit) {
    const lamp = palette.tinted(random.chance(0.8) ? lamps[0] : lamps[3]);
    glow(stage, { x, y: ground - 9 * unit }, 26 * unit, lamp, 0.85);
    context.fillStyle = css(lighten(lamp, 0.08));
    context.fillRect(x - 1.6 * unit, ground - 11 * unit, 3.2 * unit, 3.2 * unit);
  }
}

function placeBuildings(
  stage: Stage,
  random: Random,
  ground: number,
  maxHeight: number,
  nearness: number,
  focus: number,
): Building[] {
  const { width, unit } = stage;
  const buildings: Building[] = [];
  let x = -random.between(0, 60) * unit;
  while (x < width) {
    const ownWidth = random.between(26, 62) * (0.75 + nearness * 0.75) * unit;
    const offset = Math.abs((x + ownWidth / 2) / width - focus);
    const downtown = Math.exp(-((offset / 0.24) ** 2));
    const back = (0.28 + 0.72 * downtown) * random.between(0.5, 1.0);
    const front = (0.16 + 0.62 * Math.min(1, offset * 1.7) ** 1.4) * random.between(0.55, 1.05);
    const tower = nearness < 0.9 && random.chance(0.1) ? 1.35 : 1;
    const ownHeight = maxHeight * (back + (front - back) * nearness) * tower;
    buildings.push({ x, width: tower > 1 ? ownWidth * 0.7 : ownWidth, top: ground - ownHeight });
    x += ownWidth + (random.chance(0.22) ? random.between(2, 16) * unit : 0);
  }
  return buildings;
}

function paintBuilding(
  stage: Stage,
  random: Random,
  building: Building,
  ground: number,
  tone: Colour,
  depth: number,
): void {
  const { context, palette, unit, light } = stage;
  const { x, width, top } = building;
  const isLitFromLeft = light.x < x + width / 2;
  const face = context.createLinearGradient(x, 0, x + width, 0);
  const lit = mix(tone, palette.glow, 0.16 * (1 - depth) + 0.05);
  face.addColorStop(0, css(isLitFromLeft ? lit : tone));
  face.addColorStop(1, css(isLitFromLeft ? tone : lit));
  context.fillStyle = face;
  context.fillRect(x, top, width, ground - top);
  const crown = random.next();
  const inset = width * random.between(0.14, 0.26);
  if (crown < 0.3) {
    const rise = random.between(8, 26) * unit;
    context.fillRect(x + inset, top - rise, width - inset * 2, rise + 1);
    if (crown < 0.16) context.fillRect(x + width / 2 - unit, top - rise * 2.6, 1.8 * unit, rise * 2);
  } else if (crown < 0.42) {
    context.beginPath();
    context.moveTo(x, top + 1);
    context.lineTo(x + width / 2, top - width * random.between(0.3, 0.8));
    context.lineTo(x + width, top + 1);
    context.fill();
  } else if (crown < 0.58) {
    context.fillRect(x + width * random.between(0.2, 0.7), top - 13 * unit, 1.3 * unit, 14 * unit);
    context.fillRect(x + width * random.between(0.1, 0.6), top - 6 * unit, 9 * unit, 7 * unit);
  }
  paintWindows(stage, random, building, ground, depth);
}

function paintWindows(stage: Stage, random: Random, building: Building, ground: number, depth: number): void {
  const { context, palette, unit, scene } = stage;
  const isNight = isDark(stage);
  const isLit = isNight || scene.time === 'sunset' || scene.time === 'dawn';
  const share = isNight ? 0.46 : isLit ? 0.16 : 0.5;
  const cell = (5.2 + 4.2 * (1 - depth)) * unit;
  const pane = {
    width: cell * random.pick([0.42, 0.52, 0.72]),
    height: cell * random.pick([0.4, 0.52, 0.6]),
  };
  const columns = Math.floor((building.width - cell * 0.7) / cell);
  const rows = Math.min(70, Math.floor((ground - building.top - cell) / (cell * 1.12)));
  const left = building.x + (building.width - columns * cell) / 2 + (cell - pane.width) / 2;
  const base = isLit ? random.pick(lamps) : mix(palette.sky[1] ?? palette.haze, palette.cloudLight, 0.4);
  const occupancy = random.between(0.35, 1.25);
  for (let row = 0; row < rows; row += 1) {
    const wholeFloor = isLit ? random.next() : 0.5;
    for (let column = 0; column < columns; column += 1) {
      const chance = wholeFloor > 0.94 ? 0.92 : share * occupancy;
      if (!random.chance(chance)) continue;
      const tone = isLit ? (random.chance(0.85) ? base : random.pick(lamps)) : base;
      const strength = isLit ? (0.55 + 0.45 * random.next()) * (1 - depth * 0.55) : 0.3 * (1 - depth);
      context.fillStyle = css(palette.tinted(tone), strength);
      context.fillRect(
        left + column * cell,
        building.top + cell * 0.8 + row * cell * 1.12,
        pane.width,
        pane.height,
      );
    }
  }
}

function paintSigns(stage: Stage, random: Random, ground: number, maxHeight: number): void {
  const { context, width, unit, palette } = stage;
  for (let sign = 0; sign < 26; sign += 1) {
    const tone = palette.tinted(random.pick(signs));
    const x = random.next() * width;
    const isVertical = random.chance(0.7);
    const long = random.between(24, 92) * unit;
    const thick = random.between(3, 9) * unit;
    const y = ground - maxHeight * random.between(0.04, 0.5);
    glow(stage, { x, y }, long * 1.5, tone, 0.55);
    context.fillStyle = css(mix(tone, oklch(0.98, 0.02, tone.hue), 0.4), 0.95);
    context.fillRect(
      x,
      y - (isVertical ? long / 2 : 0),
      isVertical ? thick : long,
      isVertical ? long : thick * 0.6,
    );
  }
}

function veil(stage: Stage, ground: number, maxHeight: number, strength: number): void {
  const { context, width, palette } = stage;
  const air = context.createLinearGradient(0, ground - maxHeight, 0, ground);
  air.addColorStop(0, css(palette.haze, 0));
  air.addColorStop(1, css(palette.haze, strength));
  context.fillStyle = air;
  context.fillRect(0, ground - maxHeight, width, maxHeight);
}

/** Returns whether it is dark enough for lamps to be lit. */
export function isDark(stage: Stage): boolean {
  const { time, weather, styles } = stage.scene;
  return time === 'night' || time === 'dusk' || weather === 'storm' || styles.includes('neon');
}
