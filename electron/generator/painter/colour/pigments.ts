// Pigment data: the colour behind each colour word.
import type { Tint } from '../../../../shared/painter/scene';
import { type Colour, oklch } from './colour';

export const pigments: Record<Tint, Colour> = {
  red: oklch(0.58, 0.21, 27),
  crimson: oklch(0.48, 0.19, 18),
  coral: oklch(0.72, 0.15, 32),
  orange: oklch(0.71, 0.17, 52),
  gold: oklch(0.8, 0.14, 82),
  yellow: oklch(0.88, 0.16, 98),
  lime: oklch(0.84, 0.19, 122),
  green: oklch(0.62, 0.16, 145),
  emerald: oklch(0.66, 0.13, 163),
  teal: oklch(0.62, 0.11, 192),
  cyan: oklch(0.78, 0.12, 210),
  blue: oklch(0.56, 0.17, 256),
  navy: oklch(0.36, 0.12, 268),
  lavender: oklch(0.76, 0.1, 298),
  purple: oklch(0.5, 0.18, 302),
  magenta: oklch(0.62, 0.25, 345),
  pink: oklch(0.76, 0.14, 358),
  brown: oklch(0.46, 0.08, 55),
  beige: oklch(0.87, 0.045, 80),
  black: oklch(0.16, 0.005, 270),
  white: oklch(0.96, 0.005, 90),
  grey: oklch(0.64, 0.005, 250),
};
