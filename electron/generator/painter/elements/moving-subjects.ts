// Subjects that do not stand on the ground: leaping, flying, swimming or floating.

import type { Subject } from '../../../../shared/painter/scene';
import { css, mix } from '../colour/colour';
import type { Stage } from '../stage/stage';
import { paintFigure } from './figure';
import { silhouettes, swimmingWhale } from './silhouettes';

/** Paints a whale that leaps out of the water, with spray and rings around it. */
export function paintLeap(
  stage: Stage,
  subject: Subject,
  at: { x: number; foot: number; height: number },
): void {
  const { context, palette, unit, light } = stage;
  const random = stage.random.fork('leap');
  const facing = light.x < at.x ? 'left' : 'right';
  context.save();
  context.beginPath();
  context.rect(0, 0, stage.width, at.foot + 6 * unit);
  context.clip();
  paintFigure(stage, silhouettes.whale, {
    x: at.x,
    foot: at.foot + at.height * 0.06,
    height: at.height,
    facing,
    tint: subject.tint,
    depth: 0.02,
    lean: 0.16,
  });
  context.restore();
  const foam = mix(palette.cloudLight, palette.light, 0.55);
  const dark = mix(palette.ink, palette.sky[0], 0.35);
  context.fillStyle = css(dark, 0.55);
  context.beginPath();
  context.ellipse(at.x, at.foot + 12 * unit, at.height * 0.52, 13 * unit, 0, 0, Math.PI * 2);
  context.fill();
  for (let drop = 0; drop < 1100; drop += 1) {
    const across = (random.next() + random.next() + random.next() - 1.5) * at.height * 0.62;
    const rise = random.next() ** 2.6 * at.height * 0.36 * Math.exp(-((across / (at.height * 0.5)) ** 2));
    context.fillStyle = css(foam, random.between(0.12, 0.75) * (1 - rise / (at.height * 0.5)));
    context.beginPath();
    context.arc(
      at.x + across,
      at.foot + 10 * unit - rise + random.between(-5, 7) * unit,
      (0.6 + random.next() ** 3 * 3.6) * unit,
      0,
      Math.PI * 2,
    );
    context.fill();
  }
  for (let ring = 0; ring < 4; ring += 1) {
    context.strokeStyle = css(foam, 0.3 - ring * 0.06);
    context.lineWidth = (2.4 - ring * 0.4) * unit;
    context.beginPath();
    context.ellipse(
      at.x,
      at.foot + 14 * unit,
      at.height * (0.4 + ring * 0.16),
      (9 + ring * 6) * unit,
      0,
      0.1,
      Math.PI - 0.1,
    );
    context.stroke();
  }
}

/** Paints a flock of flying birds. The leading bird is large when the prompt names a single bird. */
export function paintFlock(stage: Stage, subject: Subject): void {
  const { width, horizon, unit, light } = stage;
  const random = stage.random.fork('flock');
  const count = subject.count === 1 ? 7 : subject.count * 4;
  const middleX = width * (light.x < width / 2 ? 0.6 : 0.4);
  for (let bird = 0; bird < count; bird += 1) {
    const isLeader = bird === 0;
    const ownHeight = (isLeader ? (subject.count === 1 ? 69 : 26) : random.between(7, 20)) * unit;
    paintFigure(stage, silhouettes.bird, {
      x: isLeader ? middleX : middleX + random.between(-0.34, 0.34) * width,
      foot: horizon * (isLeader ? 0.42 : random.between(0.2, 0.66)),
      height: ownHeight,
      facing: random.chance(0.5) ? 'left' : 'right',
      tint: subject.tint,
      depth: isLeader ? 0 : 0.25,
      lean: random.between(-0.35, 0.35),
    });
  }
}

/** Paints a shoal of fish: a few near, many far away. */
export function paintShoal(stage: Stage, subject: Subject): void {
  const { width, height, unit } = stage;
  const random = stage.random.fork('shoal');
  const facing = random.pick<'left' | 'right'>(['left', 'right']);
  const count = subject.count === 1 ? 16 : 26;
  const slope = random.between(-0.3, 0.3);
  for (let fish = 0; fish < count; fish += 1) {
    const nearness = (fish / (count - 1)) ** 1.6;
    const across = random.between(-0.4, 0.4) * (1.1 - nearness * 0.5);
    paintFigure(stage, silhouettes.fish, {
      x: width * (0.5 + across),
      foot: height * (0.5 + across * slope + random.between(-0.16, 0.16)),
      height: (17 + 110 * nearness ** 2) * unit,
      facing,
      tint: subject.tint ?? null,
      depth: 0.55 * (1 - nearness),
      lean: random.between(-0.14, 0.14),
    });
  }
}

/** Paints one subject that floats in space or under water. */
export function paintFloating(stage: Stage, subject: Subject): void {
  const { width, height } = stage;
  const random = stage.random.fork(`floating ${subject.animal}`);
  const isWhale = subject.animal === 'whale';
  paintFigure(stage, isWhale ? swimmingWhale : silhouettes[subject.animal], {
    x: width * (isWhale ? random.between(0.46, 0.54) : random.between(0.44, 0.58)),
    foot: height * (isWhale ? 0.6 : 0.68),
    height: Math.min(width, height) * (isWhale ? 0.27 : 0.36),
    facing: random.chance(0.5) ? 'left' : 'right',
    tint: subject.tint,
    depth: 0.04,
    lean: random.between(-0.3, 0.3),
  });
}
