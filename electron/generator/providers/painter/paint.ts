// The offline painter: words in, a finished picture out. This file is the order in which things are painted.
import { type Canvas, createCanvas } from '@napi-rs/canvas';
import { paintAurora } from './elements/aurora';
import { paintCity } from './elements/city';
import { paintClouds, paintHaze } from './elements/clouds';
import { paintDunes } from './elements/desert';
import { paintBloom, paintGrain, paintVignette } from './elements/finish';
import { paintForest } from './elements/forest';
import { paintHills } from './elements/hills';
import { paintMountains, paintVolcano } from './elements/mountains';
import { paintLightPath, paintWater } from './elements/sea';
import { paintSky } from './elements/sky';
import {
  paintMilkyWay,
  paintMoon,
  paintPlanet,
  paintRainbow,
  paintStars,
  paintSun,
} from './elements/sun-moon-stars';
import { paintLightning, paintRain, paintSnow } from './elements/weather';
import { createLayout } from './layout';
import { createPalette } from './palette';
import { createRandom } from './random';
import { readScene } from './scene';
import type { Stage } from './stage';

/** What to paint; width and height are pixels. */
export type PictureRequest = { prompt: string; seed: number; width: number; height: number };

/** Paints a picture. The same request gives the same pixels, on every run. */
export function paintPicture({ prompt, seed, width, height }: PictureRequest): Canvas {
  const scene = readScene(prompt, seed);
  const random = createRandom(`${prompt}#${seed}`);
  const canvas = createCanvas(width, height);
  const stage: Stage = {
    canvas,
    context: canvas.getContext('2d'),
    width,
    height,
    unit: Math.sqrt(width * height) / 1000,
    scene,
    palette: createPalette(scene, random.fork('palette')),
    random,
    ...createLayout(scene, width, height, random.fork('layout')),
  };
  paintHeavens(stage);
  paintLand(stage);
  paintBloom(stage, 0.22);
  paintVignette(stage, 0.28);
  paintGrain(stage, 0.16);
  return canvas;
}

function paintHeavens(stage: Stage): void {
  const { sky, weather } = stage.scene;
  paintSky(stage);
  paintHaze(stage, stage.horizon * 0.55, stage.horizon, 0.4);
  if (sky.includes('stars')) paintStars(stage, 1);
  if (sky.includes('milky-way')) paintMilkyWay(stage);
  if (sky.includes('aurora')) paintAurora(stage);
  if (sky.includes('planet')) paintPlanet(stage);
  if (sky.includes('sun')) paintSun(stage);
  if (sky.includes('moon') || sky.includes('crescent')) paintMoon(stage);
  if (sky.includes('rainbow')) paintRainbow(stage);
  if (!sky.includes('aurora'))
    paintClouds(stage, weather === 'clear' ? 0.2 : weather === 'cloudy' ? 0.55 : 0.85);
  if (weather === 'storm') paintLightning(stage);
}

function paintLand(stage: Stage): void {
  const { horizon, height } = stage;
  const places = stage.scene.places;
  const weather = stage.scene.weather;
  const water = places.includes('sea') || places.includes('lake');
  if (places.includes('volcano')) paintVolcano(stage, horizon, height * 0.3);
  if (places.includes('mountains')) paintMountains(stage, horizon, height * 0.36, 4);
  if (places.includes('city')) paintCity(stage, horizon, height * 0.4);
  if (places.includes('hills')) paintHills(stage, horizon, 5);
  if (places.includes('desert')) paintDunes(stage, horizon, 5);
  if (places.includes('forest') && !water) paintForest(stage, horizon * 0.8, height * 1.02, 6);
  if (water || places.includes('city')) {
    paintWater(stage, horizon, { roughness: 0.4, tone: 0.3 });
    if (!places.includes('city')) paintLightPath(stage, horizon, 0.8);
  }
  if (weather === 'rain' || weather === 'storm') paintRain(stage, weather === 'storm');
  if (weather === 'snow') paintSnow(stage);
}
