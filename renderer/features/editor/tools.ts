// The tools of the editor: their names, icons and keys.
import { Brush, Eraser, Lasso, type LucideIcon, Scaling, SquareDashed } from 'lucide-react';

export const tools = ['brush', 'eraser', 'rectangle', 'lasso', 'extend'] as const;
export type Tool = (typeof tools)[number];

export const toolFacts: Readonly<
  Record<Tool, { name: string; icon: LucideIcon; key: string; hint: string }>
> = {
  brush: { name: 'Brush', icon: Brush, key: 'B', hint: 'Paint what should change' },
  eraser: { name: 'Eraser', icon: Eraser, key: 'E', hint: 'Take away what you have painted' },
  rectangle: { name: 'Rectangle', icon: SquareDashed, key: 'R', hint: 'Mark a rectangle' },
  lasso: { name: 'Lasso', icon: Lasso, key: 'L', hint: 'Mark what you draw around' },
  extend: { name: 'Extend', icon: Scaling, key: 'X', hint: 'Make the picture larger' },
};

/** Part of the picture's shorter side. */
export const [minBrush, maxBrush, defaultBrush] = [0.002, 0.5, 0.05] as const;

/** Returns the radius after some steps, each of a sixth, within what makes sense for a picture. */
export function steppedBrush(brush: number, steps: number): number {
  return Math.min(maxBrush, Math.max(minBrush, brush * 1.18 ** steps));
}
