// A sailing boat and a suspension bridge.
import { css, mix, oklch } from '../colour/colour';
import { ownColour } from '../stage/own-colour';
import { glow, type Stage } from '../stage/stage';
import { isDark } from './city';

/** Paints a sailing boat and its broken reflection. Lengths in pixels. */
export function paintBoat(stage: Stage, x: number, waterline: number, ownHeight: number): void {
  const { context, palette, light } = stage;
  const facing = light.x < x ? -1 : 1;
  const own = ownColour(stage, 'boat', 0.02);
  const hull = own ?? mix(palette.lit(oklch(0.36, 0.06, 35), 0.02), palette.ink, 0.5);
  const usualCloth = mix(palette.lit(oklch(0.95, 0.02, 80), 0.05), palette.light, 0.25);
  const cloth = own ? mix(own, usualCloth, 0.25) : usualCloth;
  const draw = (): void => {
    const sail = context.createLinearGradient(-ownHeight * 0.4, 0, ownHeight * 0.4, 0);
    sail.addColorStop(0, css(mix(cloth, palette.cloudShade, 0.55)));
    sail.addColorStop(1, css(cloth));
    context.fillStyle = sail;
    context.beginPath();
    context.moveTo(ownHeight * 0.035, -ownHeight);
    context.quadraticCurveTo(ownHeight * 0.34, -ownHeight * 0.45, ownHeight * 0.4, -ownHeight * 0.17);
    context.quadraticCurveTo(ownHeight * 0.2, -ownHeight * 0.12, ownHeight * 0.035, -ownHeight * 0.15);
    context.fill();
    context.beginPath();
    context.moveTo(-ownHeight * 0.02, -ownHeight * 0.9);
    context.quadraticCurveTo(-ownHeight * 0.1, -ownHeight * 0.4, -ownHeight * 0.33, -ownHeight * 0.16);
    context.quadraticCurveTo(-ownHeight * 0.16, -ownHeight * 0.13, -ownHeight * 0.02, -ownHeight * 0.16);
    context.fill();
    context.fillStyle = css(hull);
    context.fillRect(-ownHeight * 0.012, -ownHeight * 1.03, ownHeight * 0.022, ownHeight);
    context.beginPath();
    context.moveTo(-ownHeight * 0.38, -ownHeight * 0.1);
    context.quadraticCurveTo(0, -ownHeight * 0.055, ownHeight * 0.44, -ownHeight * 0.11);
    context.quadraticCurveTo(ownHeight * 0.34, ownHeight * 0.02, ownHeight * 0.2, ownHeight * 0.02);
    context.lineTo(-ownHeight * 0.24, ownHeight * 0.02);
    context.quadraticCurveTo(-ownHeight * 0.34, 0, -ownHeight * 0.38, -ownHeight * 0.1);
    context.fill();
  };
  context.save();
  context.translate(x, waterline);
  context.scale(facing, 1);
  draw();
  context.restore();
  context.save();
  context.globalAlpha = 0.34;
  context.filter = `blur(${ownHeight * 0.018}px)`;
  context.translate(x, waterline);
  context.scale(facing, -0.62);
  draw();
  context.restore();
}

/** Paints a suspension bridge from edge to edge; `deck` is the y of its road. Lengths in pixels. */
export function paintBridge(stage: Stage, deck: number, ownHeight: number): void {
  const { context, width, palette, unit, horizon } = stage;
  const random = stage.random.fork('bridge');
  const steel =
    ownColour(stage, 'bridge', 0.18) ?? mix(palette.lit(oklch(0.48, 0.12, 32), 0.18), palette.ink, 0.4);
  const first = width * random.between(0.16, 0.26);
  const second = width * random.between(0.7, 0.82);
  context.fillStyle = css(steel);
  context.strokeStyle = css(steel);
  context.fillRect(0, deck, width, 7 * unit);
  for (const tower of [first, second]) {
    for (const leg of [-11, 7])
      context.fillRect(tower + leg * unit, deck - ownHeight, 6 * unit, horizon - deck + ownHeight + 4 * unit);
    for (const brace of [0.04, 0.3, 0.56, 0.8]) {
      context.fillRect(tower - 11 * unit, deck - ownHeight * (1 - brace), 24 * unit, 6 * unit);
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
  const top = deck - ownHeight + 4 * unit;
  cable(first, second, top, top, ownHeight * 0.9);
  cable(first - width * 0.45, first, deck + ownHeight * 0.2, top, ownHeight * 0.16);
  cable(second, second + width * 0.45, top, deck + ownHeight * 0.2, ownHeight * 0.16);
  if (!isDark(stage)) return;
  for (let x = 0; x < width; x += 26 * unit) {
    glow(stage, { x, y: deck }, 16 * unit, palette.tinted(oklch(0.86, 0.14, 76)), 0.7);
  }
}
