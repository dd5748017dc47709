// A cabin with lit windows and a little smoke.
import { css, lighten, mix, oklch } from '../colour/colour';
import { createNoise, fractal } from '../random/noise';
import { ownColour } from '../stage/own-colour';
import { glow, type Stage } from '../stage/stage';
import { isDark } from './city';

const lamp = oklch(0.86, 0.14, 76);

/** Paints a gabled cabin with lit windows and smoke; (x, foot) is the middle of its base. Lengths in pixels. */
export function paintCabin(stage: Stage, x: number, foot: number, ownWidth: number): void {
  const { context, palette, scene } = stage;
  const random = stage.random.fork('cabin');
  const side = stage.light.x < x ? 1 : -1;
  const wood =
    ownColour(stage, 'cabin', 0.03) ?? mix(palette.lit(oklch(0.42, 0.07, 45), 0.03), palette.ink, 0.35);
  const roofTone =
    scene.season === 'winter' ? palette.lit(oklch(0.95, 0.012, 235), 0.03) : mix(wood, palette.ink, 0.55);
  const ownHeight = ownWidth * 0.46;
  const roof = ownWidth * 0.44;
  paintSmoke(stage, x + side * ownWidth * 0.22, foot - ownHeight - roof * 0.95, ownWidth * 1.5);
  context.fillStyle = css(mix(wood, palette.ink, 0.5));
  context.fillRect(
    x + side * ownWidth * 0.22 - ownWidth * 0.045,
    foot - ownHeight - roof * 0.95,
    ownWidth * 0.09,
    roof * 0.7,
  );
  const front = context.createLinearGradient(0, foot - ownHeight, 0, foot);
  front.addColorStop(0, css(wood));
  front.addColorStop(1, css(mix(wood, palette.ink, 0.5)));
  context.fillStyle = front;
  context.beginPath();
  context.moveTo(x - ownWidth * 0.42, foot);
  context.lineTo(x - ownWidth * 0.42, foot - ownHeight);
  context.lineTo(x, foot - ownHeight - roof);
  context.lineTo(x + ownWidth * 0.42, foot - ownHeight);
  context.lineTo(x + ownWidth * 0.42, foot);
  context.fill();
  context.strokeStyle = css(palette.ink, 0.22);
  context.lineWidth = ownWidth * 0.006;
  for (let plank = 1; plank < 9; plank += 1) {
    context.beginPath();
    context.moveTo(x - ownWidth * 0.42, foot - (ownHeight * plank) / 9);
    context.lineTo(x + ownWidth * 0.42, foot - (ownHeight * plank) / 9);
    context.stroke();
  }
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.strokeStyle = css(roofTone);
  context.lineWidth = ownWidth * 0.07;
  context.beginPath();
  context.moveTo(x - ownWidth * 0.52, foot - ownHeight + ownWidth * 0.09);
  context.lineTo(x, foot - ownHeight - roof);
  context.lineTo(x + ownWidth * 0.52, foot - ownHeight + ownWidth * 0.09);
  context.stroke();
  const bright = palette.tinted(lamp);
  const strength = isDark(stage) || scene.time === 'sunset' || scene.time === 'dawn' ? 1 : 0.6;
  const pane = (left: number, top: number, paneWidth: number, paneHeight: number): void => {
    const shine = context.createLinearGradient(0, top, 0, top + paneHeight);
    shine.addColorStop(0, css(lighten(bright, 0.06), strength));
    shine.addColorStop(1, css(bright, strength));
    context.fillStyle = shine;
    context.fillRect(left, top, paneWidth, paneHeight);
    context.fillStyle = css(mix(wood, palette.ink, 0.6));
    context.fillRect(left + paneWidth / 2 - ownWidth * 0.007, top, ownWidth * 0.014, paneHeight);
    context.fillRect(left, top + paneHeight / 2 - ownWidth * 0.007, paneWidth, ownWidth * 0.014);
  };
  pane(x - ownWidth * 0.3, foot - ownHeight * 0.78, ownWidth * 0.2, ownHeight * 0.42);
  pane(x + ownWidth * 0.1, foot - ownHeight * 0.78, ownWidth * 0.2, ownHeight * 0.42);
  pane(x - ownWidth * 0.06, foot - ownHeight - roof * 0.5, ownWidth * 0.12, ownWidth * 0.13);
  if (strength < 1) return;
  glow(stage, { x, y: foot - ownHeight * 0.5 }, ownWidth * random.between(1.1, 1.3), bright, 0.4);
  const spill = context.createRadialGradient(x, foot, 0, x, foot, ownWidth);
  spill.addColorStop(0, css(bright, 0.3));
  spill.addColorStop(1, css(bright, 0));
  context.save();
  context.translate(0, foot * 0.82);
  context.scale(1, 0.18);
  context.translate(0, 0);
  context.globalCompositeOperation = 'screen';
  context.fillStyle = spill;
  context.fillRect(x - ownWidth, foot - ownWidth, ownWidth * 2, ownWidth * 2);
  context.restore();
}

function paintSmoke(stage: Stage, x: number, y: number, ownHeight: number): void {
  const { context, palette } = stage;
  const noise = createNoise(stage.random.fork('smoke'));
  for (let puff = 0; puff < 46; puff += 1) {
    const share = puff / 46;
    const drift = (fractal(noise, share * 2.4, 1, 2) - 0.4) * ownHeight * 0.5 * share;
    context.fillStyle = css(mix(palette.cloudLight, palette.haze, 0.4), 0.09 * (1 - share));
    context.beginPath();
    context.arc(x + drift, y - ownHeight * share, ownHeight * (0.025 + 0.075 * share), 0, Math.PI * 2);
    context.fill();
  }
}
