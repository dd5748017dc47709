// The aspect ratio of a picture's box.
import { type PictureParams, pictureSizes } from '../../../shared/domain/models';
import { hasRatio } from '../../../shared/domain/picture-notes';

type Asked = {
  image: { width: number; height: number } | null;
  params: Pick<PictureParams, 'aspectRatio' | 'change'>;
};

/**
 * Returns width divided by height. A placeholder has the requested ratio. A picture that exists when its message is first
 * shown has its own ratio if that differs.
 *
 * @param keepsRequestedRatio whether to keep the requested ratio, because other pictures of the same request and grid
 *   are still to come.
 */
export function frameRatio({ image, params }: Asked, keepsRequestedRatio: boolean): number {
  // A crop may have any shape.
  const { width, height } = params.change?.crop ?? pictureSizes[params.aspectRatio];
  const asked = width / height;
  return !image || keepsRequestedRatio || hasRatio(image, asked) ? asked : image.width / image.height;
}
