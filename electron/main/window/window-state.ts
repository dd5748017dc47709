// Decides where a restored window goes, so that it is always visible on a display that is connected now.
import { z } from 'zod';

const boundsSchema = z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) });

/** `bounds` are those of the window while it is neither maximised nor full-screen, in device-independent pixels. */
export const windowStateSchema = z.object({
  bounds: boundsSchema,
  isMaximized: z.boolean(),
  isFullScreen: z.boolean(),
});
export type WindowState = z.infer<typeof windowStateSchema>;
export type Bounds = z.infer<typeof boundsSchema>;

export type Size = { width: number; height: number };

/** The part of a window that has to be on a display for the user to see and drag it, in device-independent pixels. */
const minVisiblePart = { width: 120, height: 48 };

/**
 * @param saved the parsed state file, which may hold anything.
 * @param workAreas usable areas of the connected displays, the primary one first.
 * @param defaultSize used if no valid state was saved.
 * @param minSize minimum size; a smaller display takes precedence.
 */
export function restoreWindowState(
  saved: unknown,
  workAreas: readonly Bounds[],
  defaultSize: Size,
  minSize: Size,
): WindowState {
  const parsed = windowStateSchema.safeParse(saved);
  const savedBounds = parsed.success ? parsed.data.bounds : null;
  const { isMaximized, isFullScreen } = parsed.success
    ? parsed.data
    : { isMaximized: false, isFullScreen: false };
  const [primary] = workAreas;
  if (!primary) return { bounds: { x: 0, y: 0, ...defaultSize }, isMaximized, isFullScreen };
  const nearest =
    savedBounds && workAreas.toSorted((a, b) => overlapArea(b, savedBounds) - overlapArea(a, savedBounds))[0];
  const isVisible = savedBounds && nearest && isReachable(savedBounds, nearest);
  const display = isVisible ? nearest : primary;
  const size = {
    width: clamp(savedBounds?.width ?? defaultSize.width, minSize.width, display.width),
    height: clamp(savedBounds?.height ?? defaultSize.height, minSize.height, display.height),
  };
  const position = isVisible ? savedBounds : centerIn(size, display);
  const bounds = {
    x: clamp(position.x, display.x, display.x + display.width - size.width),
    y: clamp(position.y, display.y, display.y + display.height - size.height),
    ...size,
  };
  return { bounds, isMaximized, isFullScreen };
}

function overlapArea(a: Bounds, b: Bounds): number {
  const { width, height } = overlap(a, b);
  return width * height;
}

function isReachable(bounds: Bounds, area: Bounds): boolean {
  const { width, height } = overlap(bounds, area);
  return width >= minVisiblePart.width && height >= minVisiblePart.height;
}

function overlap(a: Bounds, b: Bounds): Size {
  return {
    width: Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)),
    height: Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)),
  };
}

function centerIn({ width, height }: Size, area: Bounds): { x: number; y: number } {
  return {
    x: area.x + Math.round((area.width - width) / 2),
    y: area.y + Math.round((area.height - height) / 2),
  };
}

/** Returns `upper` if the bounds contradict each other. */
function clamp(value: number, lower: number, upper: number): number {
  return Math.min(Math.max(value, lower), upper);
}
