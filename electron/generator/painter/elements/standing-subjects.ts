// Subjects on the ground or on a branch, and the lone tree.

import type { Subject } from '../../../../shared/painter/scene';
import { css, mix, oklch } from '../colour/colour';
import { ownColour } from '../stage/own-colour';
import { glow, type Point, type Stage } from '../stage/stage';
import { paintFigure } from './figure';
import type { Ground } from './foreground';
import { paintRoundTree } from './forest';
import { silhouettes } from './silhouettes';

/** Paints one subject and its companions on the ground. `index` is its place among the subjects; later ones stand aside. */
export function paintStanding(stage: Stage, subject: Subject, groundAt: Ground, index: number): void {
  const { figure, light, width } = stage;
  const random = stage.random.fork(`standing ${subject.animal}`);
  const toward = light.x < figure.x ? 'left' : 'right';
  const facing =
    Math.abs(light.x - figure.x) < figure.height * 0.35 ? (figure.x < width / 2 ? 'right' : 'left') : toward;
  const inward = figure.x < width / 2 ? 1 : -1;
  const home = figure.x + inward * index * figure.height * 1.15;
  const share = subject.animal === 'person' ? 0.85 : 1;
  for (let other = subject.count - 1; other >= 1; other -= 1) {
    const x = home + inward * figure.height * 0.92 * other + random.between(-0.1, 0.1) * figure.height;
    const ownHeight = figure.height * random.between(0.58, 0.8) * share;
    paintFigure(stage, silhouettes[subject.animal], {
      x,
      foot: groundAt(x) + ownHeight * 0.02,
      height: ownHeight,
      facing: random.chance(0.7) ? facing : toward,
      tint: subject.tint,
      depth: 0.05,
    });
  }
  const ownHeight = figure.height * share * (index === 0 ? 1 : 0.8);
  paintFigure(stage, silhouettes[subject.animal], {
    x: home,
    foot: groundAt(home) + ownHeight * 0.02,
    height: ownHeight,
    facing,
    tint: subject.tint,
    depth: 0,
  });
}

/** Paints a line of camels with long shadows along a dune's crest. */
export function paintCaravan(stage: Stage, subject: Subject, crest: readonly Point[]): void {
  const { context, palette, width, light } = stage;
  const random = stage.random.fork('caravan');
  const count = subject.count === 1 ? 3 : Math.max(4, subject.count);
  const facing = light.x < width / 2 ? 'left' : 'right';
  const ownHeight = Math.min(stage.height, width) * (subject.count === 1 ? 0.17 : 0.125);
  const gap = ownHeight * 1.42;
  const start = width * 0.5 - (gap * (count - 1)) / 2 + random.between(-0.08, 0.08) * width;
  const groundAt = (x: number): number =>
    crest.reduce((best, point) => (Math.abs(point.x - x) < Math.abs(best.x - x) ? point : best), {
      x: -9999,
      y: stage.height * 0.75,
    }).y;
  for (let camel = 0; camel < count; camel += 1) {
    const x = start + camel * gap + random.between(-0.06, 0.06) * gap;
    const foot = groundAt(x) + ownHeight * 0.03;
    const size = ownHeight * random.between(0.92, 1.06);
    const shade = context.createLinearGradient(
      x,
      foot,
      x + (facing === 'left' ? 1 : -1) * size * 1.8,
      foot + size * 0.5,
    );
    shade.addColorStop(0, css(palette.ink, 0.4));
    shade.addColorStop(1, css(palette.ink, 0));
    context.fillStyle = shade;
    context.beginPath();
    const away = facing === 'left' ? 1 : -1;
    context.moveTo(x - away * size * 0.35, foot);
    context.lineTo(x + away * size * 1.9, foot + size * 0.62);
    context.lineTo(x + away * size * 2.1, foot + size * 0.42);
    context.lineTo(x + away * size * 0.35, foot);
    context.fill();
    paintFigure(stage, silhouettes.camel, { x, foot, height: size, facing, tint: subject.tint, depth: 0.06 });
  }
}

/** Paints an owl on a bare branch in front of the light. */
export function paintOwl(stage: Stage, subject: Subject): void {
  const { context, width, height, palette, unit, figure } = stage;
  const random = stage.random.fork('branch');
  const foot = height * 0.66;
  const growsFromLeft = figure.x < width / 2;
  const edge = growsFromLeft ? -20 : width + 20;
  const inward = growsFromLeft ? 1 : -1;
  const bark = mix(palette.lit(oklch(0.32, 0.03, 50), 0), palette.ink, 0.7);
  context.strokeStyle = css(bark);
  context.lineCap = 'round';
  const twig = (
    x: number,
    y: number,
    angle: number,
    length: number,
    thickness: number,
    left: number,
  ): void => {
    const toX = x + Math.cos(angle) * length;
    const toY = y + Math.sin(angle) * length;
    context.lineWidth = thickness;
    context.beginPath();
    context.moveTo(x, y);
    context.quadraticCurveTo((x + toX) / 2, (y + toY) / 2 + length * random.between(-0.08, 0.08), toX, toY);
    context.stroke();
    if (left === 0) return;
    for (const turn of [-0.5, 0.42])
      twig(
        toX,
        toY,
        angle + turn * random.between(0.6, 1.3),
        length * random.between(0.5, 0.75),
        thickness * 0.55,
        left - 1,
      );
  };
  context.lineWidth = 26 * unit;
  context.beginPath();
  context.moveTo(edge, foot + 26 * unit);
  context.quadraticCurveTo(
    figure.x - inward * 60 * unit,
    foot - 4 * unit,
    figure.x + inward * 70 * unit,
    foot + 6 * unit,
  );
  context.stroke();
  twig(
    figure.x + inward * 66 * unit,
    foot + 6 * unit,
    growsFromLeft ? -0.2 : Math.PI + 0.2,
    130 * unit,
    15 * unit,
    3,
  );
  twig(
    figure.x - inward * 130 * unit,
    foot + 10 * unit,
    growsFromLeft ? -1.1 : Math.PI + 1.1,
    95 * unit,
    9 * unit,
    3,
  );
  glow(stage, { x: figure.x, y: foot - figure.height * 0.5 }, figure.height, palette.glow, 0.12);
  paintFigure(stage, silhouettes.owl, {
    x: figure.x,
    foot: foot + 2 * unit,
    height: figure.height * 1.1,
    facing: 'right',
    tint: subject.tint,
    depth: 0,
  });
}

/** Paints one broad tree on the ground, with the leaves of the season. */
export function paintLoneTree(stage: Stage, x: number, groundAt: Ground): void {
  const { scene, palette, height, width } = stage;
  const leaves = {
    spring: oklch(0.68, 0.13, 130),
    summer: oklch(0.5, 0.1, 140),
    autumn: oklch(0.64, 0.16, 52),
    winter: oklch(0.9, 0.02, 235),
  }[scene.season];
  paintRoundTree(
    stage,
    stage.random.fork('tree'),
    x,
    groundAt(x) + 5,
    Math.min(height, width) * 0.46,
    ownColour(stage, 'tree', 0) ?? mix(palette.lit(leaves, 0), palette.ink, 0.1),
  );
}
