// What carries people over water: a sailing boat, a suspension bridge.
import { css, mix, oklch } from '../colour/colour';
import { glow, type Stage } from '../stage/stage';
import { isDark } from './city';

/** A sailing boat with its own broken reflection; the foot is its water line. Lengths in pixels. */
export function paintBoat(stage: Stage, x: number, waterline: number, tall: number): void {
  const { context, palette, light } = stage;
  const facing = light.x < x ? -1 : 1;
  const hull = mix(palette.lit(oklch(0.36, 0.06, 35), 0.02), palette.ink, 0.5);
  const cloth = mix(palette.lit(oklch(0.95, 0.02, 80), 0.05), palette.light, 0.25);
  const draw = (): void => {
    const sail = context.createLinearGradient(-tall * 0.4, 0, tall * 0.4, 0);
    sail.addColorStop(0, css(mix(cloth, palette.cloudShade, 0.55)));
    sail.addColorStop(1, css(cloth));
    context.fillStyle = sail;
    context.beginPath();
    context.moveTo(tall * 0.035, -tall);
    context.quadraticCurveTo(tall * 0.34, -tall * 0.45, tall * 0.4, -tall * 0.17);
    context.quadraticCurveTo(tall * 0.2, -tall * 0.12, tall * 0.035, -tall * 0.15);
    context.fill();
    context.beginPath();
    context.moveTo(-tall * 0.02, -tall * 0.9);
    context.quadraticCurveTo(-tall * 0.1, -tall * 0.4, -tall * 0.33, -tall * 0.16);
    context.quadraticCurveTo(-tall * 0.16, -tall * 0.13, -tall * 0.02, -tall * 0.16);
    context.fill();
    context.fillStyle = css(hull);
    context.fillRect(-tall * 0.012, -tall * 1.03, tall * 0.022, tall);
    context.beginPath();
    context.moveTo(-tall * 0.38, -tall * 0.1);
    context.quadraticCurveTo(0, -tall * 0.055, tall * 0.44, -tall * 0.11);
    context.quadraticCurveTo(tall * 0.34, tall * 0.02, tall * 0.2, tall * 0.02);
    context.lineTo(-tall * 0.24, tall * 0.02);
    context.quadraticCurveTo(-tall * 0.34, 0, -tall * 0.38, -tall * 0.1);
    context.fill();
  };
  context.save();
  context.translate(x, waterline);
  context.scale(facing, 1);
  draw();
  context.restore();
  context.save();
  context.globalAlpha = 0.34;
  context.filter = `blur(${tall * 0.018}px)`;
  context.translate(x, waterline);
  context.scale(facing, -0.62);
  draw();
  context.restore();
}

/** A suspension bridge from edge to edge with its deck at a height. Lengths in pixels. */
export function paintBridge(stage: Stage, deck: number, tall: number): void {
  const { context, width, palette, unit, horizon } = stage;
  const random = stage.random.fork('bridge');
  const steel = mix(palette.lit(oklch(0.48, 0.12, 32), 0.18), palette.ink, 0.4);
  const first = width * random.between(0.16, 0.26);
  const second = width * random.between(0.7, 0.82);
  context.fillStyle = css(steel);
  context.strokeStyle = css(steel);
  context.fillRect(0, deck, width, 7 * unit);
  for (const tower of [first, second]) {
    for (const leg of [-11, 7])
      context.fillRect(tower + leg * unit, deck - tall, 6 * unit, horizon - deck + tall + 4 * unit);
    for (const brace of [0.04, 0.3, 0.56, 0.8]) {
      context.fillRect(tower - 11 * unit, deck - tall * (1 - brace), 24 * unit, 6 * unit);
    }
  }
  const cable = (from: number, to: number, fromY: number, toY: number, sag: number): void => {
    const heightAt = (share: number): number => fromY + (toY - fromY) * share + sag * 4 * share * (1 - share);
    context.lineWidth = 3 * unit;
    context.beginPath();
    for (let step = 0; step <= 40; step += 1)
      context.lineTo(from + ((to - from) * step) / 40, heightAt(step / 40));
    context.stroke();
    context.lineWidth = 0.9 * unit;
    context.beginPath();
    const hangers = Math.round(Math.abs(to - from) / (13 * unit));
    for (let hanger = 1; hanger < hangers; hanger += 1) {
      const share = hanger / hangers;
      context.moveTo(from + (to - from) * share, heightAt(share));
      context.lineTo(from + (to - from) * share, deck);
    }
    context.stroke();
  };
  const top = deck - tall + 4 * unit;
  cable(first, second, top, top, tall * 0.9);
  cable(first - width * 0.45, first, deck + tall * 0.2, top, tall * 0.16);
  cable(second, second + width * 0.45, top, deck + tall * 0.2, tall * 0.16);
  if (!isDark(stage)) return;
  for (let x = 0; x < width; x += 26 * unit) {
    glow(stage, { x, y: deck }, 16 * unit, palette.tinted(oklch(0.86, 0.14, 76)), 0.7);
  }
}
