// The tools of the editor: their icons, keys and names.

import { Brush, Eraser, Lasso, type LucideIcon, Scaling, SquareDashed } from 'lucide-react';
import { t } from '../../../shared/languages/translate';

export const tools = ['brush', 'eraser', 'rectangle', 'lasso', 'extend'] as const;
export type Tool = (typeof tools)[number];

export const toolFacts: Readonly<Record<Tool, { icon: LucideIcon; key: string }>> = {
  brush: { icon: Brush, key: 'B' },
  eraser: { icon: Eraser, key: 'E' },
  rectangle: { icon: SquareDashed, key: 'R' },
  lasso: { icon: Lasso, key: 'L' },
  extend: { icon: Scaling, key: 'X' },
};

export function toolName(tool: Tool): string {
  return t(`editor.tool_${tool}`);
}

/** Sizes of the brush as fractions of the picture's shorter side. */
export const [minBrush, maxBrush, defaultBrush] = [0.002, 0.5, 0.05] as const;

/** Returns the size of the brush after some steps of one sixth each, within the limits. */
export function steppedBrush(brush: number, steps: number): number {
  return Math.min(maxBrush, Math.max(minBrush, brush * 1.18 ** steps));
}

/** Fraction of the brush's size that a pen paints with at the lightest touch. */
const lightestTouch = 0.15;

/**
 * Returns the fraction of the brush's size that a pointer paints with. A pen may report no pressure when it has just touched
 * down. A mouse always reports one half, which is ignored.
 */
export function pressureOf({
  pointerType,
  pressure,
}: Pick<PointerEvent, 'pointerType' | 'pressure'>): number {
  return pointerType === 'pen' ? lightestTouch + (1 - lightestTouch) * pressure : 1;
}
