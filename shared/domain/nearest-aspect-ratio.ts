// Finds the aspect ratio that is nearest to a picture's size.
import { type AspectRatio, aspectRatios, pictureSizes } from './models';

/** @param size pixels. */
export function nearestAspectRatio(size: { width: number; height: number }): AspectRatio {
  const differenceTo = (ratio: AspectRatio) => {
    const { width, height } = pictureSizes[ratio];
    return Math.abs(Math.log((size.width / size.height) * (height / width)));
  };
  return aspectRatios.reduce((nearest, ratio) =>
    differenceTo(ratio) < differenceTo(nearest) ? ratio : nearest,
  );
}
