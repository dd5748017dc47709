// A picture as large as it is shown: its blurred preview, its thumbnail, then the full one, each over the last.
import { type Ref, useState } from 'react';
import { type GalleryImage, imageUrl } from '../../../shared/domain/pictures';
import { thumbhashBackground } from '../../ui/thumbhash';
import styles from './FullPicture.module.css';
import type { Sizes, Zoom } from './zoom';

type Props = {
  image: GalleryImage;
  zoom: Zoom;
  sizes: Sizes;
  onMissing: () => void;
  ref?: Ref<HTMLDivElement>;
};

/** Past this many pixels of the screen for one of the picture, its own pixels are what there is to see. */
const pixelated = 3;

export function FullPicture({ image, zoom, sizes, onMissing, ref }: Props) {
  const [isFull, setFull] = useState(false);
  const { id, prompt, thumbhash } = image;
  return (
    <div
      ref={ref}
      className={styles['picture']}
      style={{
        width: sizes.fit.width,
        height: sizes.fit.height,
        backgroundImage: thumbhashBackground(thumbhash),
        transform: `translate(-50%, -50%) translate(${zoom.x}px, ${zoom.y}px) scale(${zoom.scale})`,
      }}
      data-zoomed={zoom.scale > 1.001 || undefined}
      data-pixelated={zoom.scale > sizes.actual * pixelated || undefined}
    >
      <img className={styles['thumbnail']} src={imageUrl(id, '512')} alt="" draggable={false} />
      <img
        className={styles['full']}
        src={imageUrl(id, 'full')}
        alt={prompt}
        draggable={false}
        data-full={isFull}
        // Decoded before it covers the thumbnail, so that no frame is empty.
        onLoad={(event) =>
          void event.currentTarget.decode().then(
            () => setFull(true),
            () => {},
          )
        }
        onError={onMissing}
      />
    </div>
  );
}
