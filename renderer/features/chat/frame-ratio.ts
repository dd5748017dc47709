// The shape of the box that a picture stands in.
import { type PictureParams, pictureSizes } from '../../../shared/domain/models';
import { hasRatio } from '../../../shared/domain/picture-notes';

type Asked = {
  image: { width: number; height: number } | null;
  params: Pick<PictureParams, 'aspectRatio' | 'change'>;
};

/**
 * Returns width divided by height: as it was asked for, which is all that a placeholder knows. A picture that is there when its
 * message is first shown, and came in another shape, stands in its own.
 *
 * @param isAsAsked whether it is one of several of a request of which some are still to come: they stand in one grid.
 */
export function frameRatio({ image, params }: Asked, isAsAsked: boolean): number {
  // What is cut out may have any shape.
  const { width, height } = params.change?.crop ?? pictureSizes[params.aspectRatio];
  const asked = width / height;
  return !image || isAsAsked || hasRatio(image, asked) ? asked : image.width / image.height;
}
