// Hot-air balloons.
import { css, mix, oklch } from '../colour/colour';
import { ownShades } from '../stage/own-colour';
import type { Stage } from '../stage/stage';

/** Paints one large hot-air balloon and several distant ones. */
export function paintBalloons(stage: Stage): void {
  const { context, width, horizon, palette } = stage;
  const random = stage.random.fork('balloons');
  const cloths = ownShades(stage, 'balloon', [
    oklch(0.6, 0.19, 28),
    oklch(0.78, 0.15, 75),
    oklch(0.55, 0.11, 220),
    oklch(0.9, 0.04, 85),
  ] as const);
  const count = 5;
  for (let balloon = 0; balloon < count; balloon += 1) {
    const isNear = balloon === count - 1;
    const radius = Math.min(width, horizon) * (isNear ? 0.13 : random.between(0.025, 0.06));
    const x = width * (isNear ? (stage.light.x < width / 2 ? 0.68 : 0.32) : random.between(0.08, 0.92));
    const y = horizon * (isNear ? 0.36 : random.between(0.2, 0.72));
    const depth = isNear ? 0.05 : 0.5;
    const first = random.pick(cloths);
    const second = random.pick(cloths);
    const gores = 9;
    for (let gore = 0; gore < gores; gore += 1) {
      const bulge = (share: number): number => Math.sin((share - 0.5) * Math.PI) * radius;
      const left = bulge(gore / gores);
      const right = bulge((gore + 1) / gores);
      const facing = ((left + right) / 2 / radius) * (stage.light.x < x ? -1 : 1);
      const cloth = palette.lit(gore % 2 === 0 ? first : second, depth);
      context.fillStyle = css(
        facing > 0 ? mix(cloth, palette.glow, facing * 0.3) : mix(cloth, palette.ink, -facing * 0.5),
      );
      context.beginPath();
      context.moveTo(x, y - radius);
      context.bezierCurveTo(
        x + left * 1.3,
        y - radius,
        x + left * 1.3,
        y + radius * 0.45,
        x + left * 0.2,
        y + radius * 1.22,
      );
      context.lineTo(x + right * 0.2, y + radius * 1.22);
      context.bezierCurveTo(x + right * 1.3, y + radius * 0.45, x + right * 1.3, y - radius, x, y - radius);
      context.fill();
    }
    const basket = mix(palette.lit(oklch(0.45, 0.07, 55), depth), palette.ink, 0.3);
    context.fillStyle = css(basket);
    context.fillRect(x - radius * 0.13, y + radius * 1.42, radius * 0.26, radius * 0.2);
    context.strokeStyle = css(basket, 0.7);
    context.lineWidth = Math.max(0.6, radius * 0.012);
    context.beginPath();
    for (const end of [-1, 1]) {
      context.moveTo(x + end * radius * 0.18, y + radius * 1.2);
      context.lineTo(x + end * radius * 0.12, y + radius * 1.44);
    }
    context.stroke();
  }
}
