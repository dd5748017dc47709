// Zoom and pan as plain values. Lengths are CSS pixels, measured from the centre of the stage.

/** `scale` 1: the picture fits. `x`, `y`: the distance of the picture's centre from the stage's. */
export type Zoom = { scale: number; x: number; y: number };

export type Sizes = {
  /** The available space. */
  stage: { width: number; height: number };
  /** The picture's size when it fits, at most its natural size. */
  fit: { width: number; height: number };
  /** The scale at which one picture pixel is one screen pixel. */
  actual: number;
};

export const fitted: Zoom = { scale: 1, x: 0, y: 0 };

/** Maximum number of screen pixels per picture pixel. */
const maxPixelScale = 8;

/**
 * @param density screen pixels per CSS pixel.
 * @param margin beside a picture that fits, and above and below it.
 */
export function sizesOf(
  picture: { width: number; height: number },
  stage: { width: number; height: number },
  density: number,
  margin = { x: 0, y: 0 },
): Sizes {
  const natural = { width: picture.width / density, height: picture.height / density };
  const room = {
    width: Math.max(1, stage.width - 2 * margin.x),
    height: Math.max(1, stage.height - 2 * margin.y),
  };
  const shrink = Math.min(1, room.width / natural.width, room.height / natural.height);
  return {
    stage,
    fit: { width: natural.width * shrink, height: natural.height * shrink },
    actual: 1 / shrink,
  };
}

/** Zooms so that the content under a point does not move. */
export function zoomedTo(zoom: Zoom, scale: number, point: { x: number; y: number }, sizes: Sizes): Zoom {
  const next = Math.min(Math.max(scale, 1), sizes.actual * maxPixelScale);
  const by = next / zoom.scale;
  return within(
    { scale: next, x: point.x - (point.x - zoom.x) * by, y: point.y - (point.y - zoom.y) * by },
    sizes,
  );
}

/** The effect of one press of a key or a button: a zoom factor, and CSS pixels. */
export const zoomStep = 1.5;
const panStepPx = 80;

/** Zooms to the actual size, at which each pixel of the picture is one of the screen. */
export function atActualSize(zoom: Zoom, sizes: Sizes): Zoom {
  return zoomedTo(zoom, sizes.actual, { x: 0, y: 0 }, sizes);
}

/** Returns the zoom after a key press; null for other keys. */
export function zoomAfterKey(key: string, zoom: Zoom, sizes: Sizes): Zoom | null {
  const step = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[key];
  const factor = { '+': zoomStep, '=': zoomStep, '-': 1 / zoomStep }[key];
  if (factor) return zoomedTo(zoom, zoom.scale * factor, { x: 0, y: 0 }, sizes);
  if (key === '0') return fitted;
  if (key === '1') return atActualSize(zoom, sizes);
  if (!step || zoom.scale <= 1.001) return null;
  return panned(zoom, (step[0] ?? 0) * panStepPx, (step[1] ?? 0) * panStepPx, sizes);
}

/** Moves the picture by a distance in CSS pixels, within its limits. */
export function panned({ scale, x, y }: Zoom, dx: number, dy: number, sizes: Sizes): Zoom {
  return within({ scale, x: x + dx, y: y + dy }, sizes);
}

/** Toggles between fitting and actual size. If the two are equal, zooms to twice the size. */
export function toggled(zoom: Zoom, point: { x: number; y: number }, sizes: Sizes): Zoom {
  if (zoom.scale > 1.001) return fitted;
  return zoomedTo(zoom, sizes.actual > 1.05 ? sizes.actual : 2, point, sizes);
}

/** Keeps a picture larger than the stage without gaps at the edges, and centres a smaller one. */
function within({ scale, x, y }: Zoom, { stage, fit }: Sizes): Zoom {
  const max = { x: (fit.width * scale - stage.width) / 2, y: (fit.height * scale - stage.height) / 2 };
  const clamp = (value: number, limit: number) => (limit <= 0 ? 0 : Math.min(Math.max(value, -limit), limit));
  return { scale, x: clamp(x, max.x), y: clamp(y, max.y) };
}
