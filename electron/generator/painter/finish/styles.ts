// Applies the style words: passes over the finished picture that turn it into another medium.

import type { Style } from '../../../../shared/painter/scene';
import { css, oklch } from '../colour/colour';
import { createLayer, type Stage } from '../stage/stage';
import { paintOil, paintWatercolor, paintWoodblock } from './media';
import { paintLowPoly, paintPixelArt } from './mosaics';
import { wash } from './paper';

/** Applies the style words in the order of the prompt. */
export function applyStyles(stage: Stage): void {
  for (const style of stage.scene.styles) stylePasses[style](stage);
}

const stylePasses: Record<Style, (stage: Stage) => void> = {
  watercolor: paintWatercolor,
  minimal: () => undefined,
  pastel: (stage) => {
    wash(stage, 'color', css(oklch(0.85, 0.03, 30)), 0.22);
    wash(stage, 'screen', css(oklch(0.72, 0.035, 25)), 0.5);
    wash(stage, 'soft-light', css(oklch(0.92, 0.04, 350)), 0.4);
  },
  noir: (stage) => {
    wash(stage, 'color', css(oklch(0.5, 0, 0)), 1);
    wash(stage, 'color', css(oklch(0.6, 0.012, 250)), 0.5);
    deepen(stage, 0.55);
  },
  vintage: (stage) => {
    wash(stage, 'color', css(oklch(0.72, 0.06, 70)), 0.46);
    wash(stage, 'multiply', css(oklch(0.92, 0.055, 82)), 0.85);
    wash(stage, 'lighten', css(oklch(0.33, 0.035, 40)), 1);
    wash(stage, 'screen', css(oklch(0.3, 0.05, 30)), 0.3);
  },
  neon: (stage) => deepen(stage, 0.2),
  woodblock: paintWoodblock,
  'low-poly': paintLowPoly,
  oil: paintOil,
  pixel: paintPixelArt,
};

// Raises the contrast by blending the picture over itself.
function deepen(stage: Stage, strength: number): void {
  const { context, canvas } = stage;
  const copy = createLayer(stage);
  copy.context.drawImage(canvas, 0, 0);
  context.save();
  context.globalCompositeOperation = 'soft-light';
  context.globalAlpha = strength;
  context.drawImage(copy.canvas, 0, 0);
  context.restore();
}
