// Layers a picture's blurred preview, its thumbnail and the full picture over each other.
import { type Ref, useState } from 'react';
import { type GalleryImage, imageUrl, type PictureState } from '../../../shared/domain/pictures';
import { reportBroken, stateOfBroken } from '../../state/pictures/repair-pictures';
import { decodeLoaded } from '../../ui/decode-loaded';
import { hasTransparency, thumbhashBackground } from '../../ui/thumbhash';
import styles from './FullPicture.module.css';
import type { Sizes, Zoom } from './zoom';

type Props = {
  image: GalleryImage;
  zoom: Zoom;
  sizes: Sizes;
  /** Called with the state of the broken file, if known. */
  onBroken: (state: PictureState) => void;
  ref?: Ref<HTMLDivElement>;
};

/** From this many screen pixels per picture pixel on, the picture's pixels are drawn with sharp edges. */
const pixelatedFrom = 3;

export function FullPicture({ image, zoom, sizes, onBroken, ref }: Props) {
  const [isFull, setFull] = useState(false);
  const { id, prompt, thumbhash } = image;
  const isTransparent = hasTransparency(thumbhash);
  return (
    <div
      ref={ref}
      className={styles['picture']}
      style={{
        width: sizes.fit.width,
        height: sizes.fit.height,
        ...(!(isTransparent && isFull) && { backgroundImage: thumbhashBackground(thumbhash) }),
        transform: `translate(-50%, -50%) translate(${zoom.x}px, ${zoom.y}px) scale(${zoom.scale})`,
      }}
      data-transparent={(isTransparent && isFull) || undefined}
      data-zoomed={zoom.scale > 1.001 || undefined}
      data-pixelated={zoom.scale > sizes.actual * pixelatedFrom || undefined}
    >
      <img className={styles['thumbnail']} src={imageUrl(id, '512')} alt="" draggable={false} />
      <img
        className={styles['full']}
        src={imageUrl(id, 'full')}
        alt={prompt}
        draggable={false}
        data-full={isFull}
        // Decodes the picture before it covers the thumbnail, so that no frame is blank.
        onLoad={({ currentTarget }) =>
          void decodeLoaded(currentTarget).then(
            () => setFull(true),
            () => reportBroken(currentTarget),
          )
        }
        onError={() => {
          const state = stateOfBroken(id);
          if (state) onBroken(state);
        }}
      />
    </div>
  );
}
