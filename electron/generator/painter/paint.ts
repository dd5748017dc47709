// The offline painter: turns a prompt into pixels. This file is the sequence of steps.
import { type Canvas, createCanvas } from '@napi-rs/canvas';
import type { PaintRequest } from '../../../shared/generator/codec-messages';
import { createPalette } from './colour/palette';
import { composeScene } from './compose/compose-scene';
import { paintBloom, paintGrain, paintVignette } from './finish/finish';
import { applyStyles } from './finish/styles';
import { createRandom } from './random/random';
import { readScene } from './read/read-scene';
import { createLayout } from './stage/layout';
import type { Stage } from './stage/stage';

/** Paints a picture. The same request always gives the same pixels. */
export function paintPicture({ prompt, seed, width, height }: PaintRequest): Canvas {
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
  composeScene(stage);
  paintBloom(stage, scene.styles.includes('neon') || scene.places.includes('city') ? 0.42 : 0.22);
  paintVignette(stage, scene.styles.includes('minimal') ? 0.1 : 0.26);
  applyStyles(stage);
  paintGrain(stage, scene.styles.includes('vintage') ? 0.3 : 0.15);
  return canvas;
}
