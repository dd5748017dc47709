// A cabin with lit windows and a little smoke.
import { css, lighten, mix, oklch } from '../colour/colour';
import { createNoise, fractal } from '../random/noise';
import { glow, type Stage } from '../stage/stage';
import { isDark } from './city';

const lamp = oklch(0.86, 0.14, 76);

/** A gabled cabin with lit windows and a little smoke; the foot is the middle of its sill. Lengths in pixels. */
export function paintCabin(stage: Stage, x: number, foot: number, wide: number): void {
  const { context, palette, scene } = stage;
  const random = stage.random.fork('cabin');
  const side = stage.light.x < x ? 1 : -1;
  const wood = mix(palette.lit(oklch(0.42, 0.07, 45), 0.03), palette.ink, 0.35);
  const roofTone =
    scene.season === 'winter' ? palette.lit(oklch(0.95, 0.012, 235), 0.03) : mix(wood, palette.ink, 0.55);
  const tall = wide * 0.46;
  const roof = wide * 0.44;
  paintSmoke(stage, x + side * wide * 0.22, foot - tall - roof * 0.95, wide * 1.5);
  context.fillStyle = css(mix(wood, palette.ink, 0.5));
  context.fillRect(x + side * wide * 0.22 - wide * 0.045, foot - tall - roof * 0.95, wide * 0.09, roof * 0.7);
  const front = context.createLinearGradient(0, foot - tall, 0, foot);
  front.addColorStop(0, css(wood));
  front.addColorStop(1, css(mix(wood, palette.ink, 0.5)));
  context.fillStyle = front;
  context.beginPath();
  context.moveTo(x - wide * 0.42, foot);
  context.lineTo(x - wide * 0.42, foot - tall);
  context.lineTo(x, foot - tall - roof);
  context.lineTo(x + wide * 0.42, foot - tall);
  context.lineTo(x + wide * 0.42, foot);
  context.fill();
  context.strokeStyle = css(palette.ink, 0.22);
  context.lineWidth = wide * 0.006;
  for (let plank = 1; plank < 9; plank += 1) {
    context.beginPath();
    context.moveTo(x - wide * 0.42, foot - (tall * plank) / 9);
    context.lineTo(x + wide * 0.42, foot - (tall * plank) / 9);
    context.stroke();
  }
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.strokeStyle = css(roofTone);
  context.lineWidth = wide * 0.07;
  context.beginPath();
  context.moveTo(x - wide * 0.52, foot - tall + wide * 0.09);
  context.lineTo(x, foot - tall - roof);
  context.lineTo(x + wide * 0.52, foot - tall + wide * 0.09);
  context.stroke();
  const bright = palette.tinted(lamp);
  const strength = isDark(stage) || scene.time === 'sunset' || scene.time === 'dawn' ? 1 : 0.6;
  const pane = (left: number, top: number, paneWide: number, paneTall: number): void => {
    const shine = context.createLinearGradient(0, top, 0, top + paneTall);
    shine.addColorStop(0, css(lighten(bright, 0.06), strength));
    shine.addColorStop(1, css(bright, strength));
    context.fillStyle = shine;
    context.fillRect(left, top, paneWide, paneTall);
    context.fillStyle = css(mix(wood, palette.ink, 0.6));
    context.fillRect(left + paneWide / 2 - wide * 0.007, top, wide * 0.014, paneTall);
    context.fillRect(left, top + paneTall / 2 - wide * 0.007, paneWide, wide * 0.014);
  };
  pane(x - wide * 0.3, foot - tall * 0.78, wide * 0.2, tall * 0.42);
  pane(x + wide * 0.1, foot - tall * 0.78, wide * 0.2, tall * 0.42);
  pane(x - wide * 0.06, foot - tall - roof * 0.5, wide * 0.12, wide * 0.13);
  if (strength < 1) return;
  glow(stage, { x, y: foot - tall * 0.5 }, wide * random.between(1.1, 1.3), bright, 0.4);
  const spill = context.createRadialGradient(x, foot, 0, x, foot, wide);
  spill.addColorStop(0, css(bright, 0.3));
  spill.addColorStop(1, css(bright, 0));
  context.save();
  context.translate(0, foot * 0.82);
  context.scale(1, 0.18);
  context.translate(0, 0);
  context.globalCompositeOperation = 'screen';
  context.fillStyle = spill;
  context.fillRect(x - wide, foot - wide, wide * 2, wide * 2);
  context.restore();
}

function paintSmoke(stage: Stage, x: number, y: number, tall: number): void {
  const { context, palette } = stage;
  const noise = createNoise(stage.random.fork('smoke'));
  for (let puff = 0; puff < 46; puff += 1) {
    const share = puff / 46;
    const drift = (fractal(noise, share * 2.4, 1, 2) - 0.4) * tall * 0.5 * share;
    context.fillStyle = css(mix(palette.cloudLight, palette.haze, 0.4), 0.09 * (1 - share));
    context.beginPath();
    context.arc(x + drift, y - tall * share, tall * (0.025 + 0.075 * share), 0, Math.PI * 2);
    context.fill();
  }
}
