// Draws picture sizes that are as varied as those of several services and imports.
import { type AspectRatio, commonAspectRatios, pictureSizes } from '../../shared/domain/models';
import { between, pick, type Random } from '../harness/random';

export type PictureSize = { aspectRatio: AspectRatio; width: number; height: number };

/** Shares of the requested size; small pictures are painted faster. */
const scales = [0.25, 0.375, 0.5, 0.625, 0.75];

/** @returns a size in pixels. A few are far wider or taller than any aspect ratio that the app offers. */
export function drawSize(random: Random): PictureSize {
  const aspectRatio = pick(random, commonAspectRatios);
  const scale = pick(random, scales);
  const { width, height } = pictureSizes[aspectRatio];
  const size = {
    width: Math.round(width * scale) + between(random, -9, 9),
    height: Math.round(height * scale) + between(random, -9, 9),
  };
  if (random() >= 0.04) return { aspectRatio, ...size };
  const factor = 1.4 + random();
  return size.width >= size.height
    ? {
        aspectRatio: '21:9',
        width: Math.round(size.width * factor),
        height: Math.round(size.height / factor),
      }
    : {
        aspectRatio: '9:16',
        width: Math.round(size.width / factor),
        height: Math.round(size.height * factor),
      };
}
