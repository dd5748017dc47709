// Where the window was, and where it can be now: always on a screen that is there.
import { z } from 'zod';

const boundsSchema = z.object({ x: z.int(), y: z.int(), width: z.int().min(1), height: z.int().min(1) });

/** `bounds`: of the window when it is neither maximised nor full-screen, in device-independent pixels. */
export const windowStateSchema = z.object({
  bounds: boundsSchema,
  isMaximized: z.boolean(),
  isFullScreen: z.boolean(),
});
export type WindowState = z.infer<typeof windowStateSchema>;
export type Bounds = z.infer<typeof boundsSchema>;

export type Size = { width: number; height: number };

/** So much of the window has to be on a screen for a user to see it and take hold of it, in pixels. */
const graspable = { width: 120, height: 48 };

/**
 * @param saved what was kept, whatever it is.
 * @param workAreas of the screens that are there now, without their bars; the primary one first.
 * @param usual the size where nothing, or nothing sensible, was kept.
 * @param least the smallest size; a screen that is smaller still counts more.
 */
export function restoreWindowState(
  saved: unknown,
  workAreas: readonly Bounds[],
  usual: Size,
  least: Size,
): WindowState {
  const parsed = windowStateSchema.safeParse(saved);
  const wanted = parsed.success ? parsed.data.bounds : null;
  const state = parsed.success ? parsed.data : { isMaximized: false, isFullScreen: false };
  const [primary] = workAreas;
  if (!primary) return { ...state, bounds: { x: 0, y: 0, ...usual } };
  const area = wanted && workAreas.toSorted((a, b) => overlap(b, wanted) - overlap(a, wanted))[0];
  const isInSight = wanted && area && isGraspable(wanted, area);
  const screen = isInSight ? area : primary;
  const size = {
    width: clamp(wanted?.width ?? usual.width, least.width, screen.width),
    height: clamp(wanted?.height ?? usual.height, least.height, screen.height),
  };
  const place = isInSight ? wanted : centred(size, screen);
  const bounds = {
    x: clamp(place.x, screen.x, screen.x + screen.width - size.width),
    y: clamp(place.y, screen.y, screen.y + screen.height - size.height),
    ...size,
  };
  return { bounds, isMaximized: state.isMaximized, isFullScreen: state.isFullScreen };
}

function overlap(a: Bounds, b: Bounds): number {
  const { width, height } = shared(a, b);
  return width * height;
}

function isGraspable(bounds: Bounds, area: Bounds): boolean {
  const { width, height } = shared(bounds, area);
  return width >= graspable.width && height >= graspable.height;
}

function shared(a: Bounds, b: Bounds): Size {
  return {
    width: Math.max(0, Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)),
    height: Math.max(0, Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)),
  };
}

function centred({ width, height }: Size, area: Bounds): { x: number; y: number } {
  return {
    x: area.x + Math.round((area.width - width) / 2),
    y: area.y + Math.round((area.height - height) / 2),
  };
}

/** Where the bounds contradict each other the upper one counts. */
function clamp(value: number, lower: number, upper: number): number {
  return Math.min(Math.max(value, lower), upper);
}
