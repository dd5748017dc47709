// How large a picture is shown and where, as plain values. Lengths are CSS pixels, from the middle of the stage.

/** `scale` 1: as large as fits. `x`, `y`: how far the picture's middle is from the stage's. */
export type Zoom = { scale: number; x: number; y: number };

export type Sizes = {
  /** What there is room for. */
  stage: { width: number; height: number };
  /** The picture as large as fits, never larger than it is. */
  fit: { width: number; height: number };
  /** The scale at which one pixel of the picture is one pixel of the screen. */
  actual: number;
};

export const fitted: Zoom = { scale: 1, x: 0, y: 0 };

/** So many pixels of the screen may one of the picture be wide. */
const maxPixelScale = 8;

/**
 * @param density pixels of the screen in one CSS pixel.
 * @param padding around a picture that fits.
 */
export function sizesOf(
  picture: { width: number; height: number },
  stage: { width: number; height: number },
  density: number,
  padding = 0,
): Sizes {
  const natural = { width: picture.width / density, height: picture.height / density };
  const room = (length: number) => Math.max(1, length - 2 * padding);
  const shrink = Math.min(1, room(stage.width) / natural.width, room(stage.height) / natural.height);
  return {
    stage,
    fit: { width: natural.width * shrink, height: natural.height * shrink },
    actual: 1 / shrink,
  };
}

/** @returns the zoom in which what is under a point stays there. */
export function zoomedTo(zoom: Zoom, scale: number, point: { x: number; y: number }, sizes: Sizes): Zoom {
  const next = Math.min(Math.max(scale, 1), sizes.actual * maxPixelScale);
  const by = next / zoom.scale;
  return within(
    { scale: next, x: point.x - (point.x - zoom.x) * by, y: point.y - (point.y - zoom.y) * by },
    sizes,
  );
}

export function panned({ scale, x, y }: Zoom, dx: number, dy: number, sizes: Sizes): Zoom {
  return within({ scale, x: x + dx, y: y + dy }, sizes);
}

/** To the pixels, and from anywhere else back to the whole. Where the two are the same, to twice the pixels. */
export function switched(zoom: Zoom, point: { x: number; y: number }, sizes: Sizes): Zoom {
  if (zoom.scale > 1.001) return fitted;
  return zoomedTo(zoom, sizes.actual > 1.05 ? sizes.actual : 2, point, sizes);
}

/** A picture larger than the stage leaves no gap at an edge; a smaller one stands in the middle. */
function within({ scale, x, y }: Zoom, { stage, fit }: Sizes): Zoom {
  const most = { x: (fit.width * scale - stage.width) / 2, y: (fit.height * scale - stage.height) / 2 };
  const clamp = (value: number, limit: number) => (limit <= 0 ? 0 : Math.min(Math.max(value, -limit), limit));
  return { scale, x: clamp(x, most.x), y: clamp(y, most.y) };
}
