// The sky: its gradient and the brighter air around the light.
import { mix } from '../colour/colour';
import { fillDown, glow, type Stage } from '../stage/stage';

/** Fills the picture with sky down to the horizon, and with haze below it. */
export function paintSky(stage: Stage): void {
  const { palette, height, horizon, width, light } = stage;
  fillDown(stage, palette.sky, 0, horizon);
  fillDown(stage, [palette.sky.at(-1) ?? palette.haze, palette.haze], horizon - 1, height);
  if (stage.scene.weather === 'storm' || stage.scene.time === 'night') return;
  const reach = Math.max(width, height);
  glow(stage, light, reach * 0.85, mix(palette.glow, palette.haze, 0.3), 0.4);
  glow(stage, light, reach * 0.4, palette.glow, 0.4);
}
