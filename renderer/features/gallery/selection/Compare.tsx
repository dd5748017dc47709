// Shows two to four pictures side by side with a shared zoom.
import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { GalleryImage } from '../../../../shared/domain/pictures';
import { FullPicture } from '../../../picture/lightbox/FullPicture';
import { useZoom } from '../../../picture/lightbox/use-zoom';
import { fitted, panned, type Zoom } from '../../../picture/lightbox/zoom';
import { modelLabel } from '../../../state/gallery/filters';
import { useGallery } from '../../../state/gallery/gallery-store';
import { Dialog } from '../../../ui/Dialog';
import { IconButton } from '../../../ui/IconButton';
import styles from './Compare.module.css';

export function Compare({ imageIds, onClose }: { imageIds: readonly string[]; onClose: () => void }) {
  const { tiles, describe } = useGallery();
  const [zoom, setZoom] = useState<Zoom>(fitted);
  const onKey = useRef<(key: string) => boolean>(() => false);
  useEffect(() => void describe([...imageIds]), [imageIds, describe]);
  const images = imageIds.map((id) => tiles.get(id)).filter((image) => image !== undefined);
  return (
    <Dialog
      className={styles['compare']}
      aria-label={`Compare ${imageIds.length} pictures`}
      onClose={onClose}
      onKeyDown={(event) => {
        if (!event.ctrlKey && !event.metaKey && onKey.current(event.key)) event.preventDefault();
      }}
    >
      <div className={styles['panes']} data-count={images.length}>
        {images.map((image) => (
          <Pane key={image.id} image={image} zoom={zoom} onZoom={setZoom} onKey={onKey} />
        ))}
      </div>
      <div className={styles['close']}>
        <IconButton icon={X} label="Close" onClick={onClose} />
      </div>
    </Dialog>
  );
}

type PaneProps = {
  image: GalleryImage;
  zoom: Zoom;
  onZoom: (zoom: Zoom) => void;
  /** Set by every pane; any of them can handle a key for all. */
  onKey: React.RefObject<(key: string) => boolean>;
};

function Pane({ image, zoom, onZoom, onKey }: PaneProps) {
  const stage = useRef<HTMLDivElement>(null);
  const change = useGallery((state) => state.change);
  const control = useZoom(stage, image, [zoom, onZoom]);
  const { sizes } = control;
  useEffect(() => {
    onKey.current = control.onKey;
  });
  return (
    <figure className={styles['pane']}>
      <div ref={stage} className={styles['stage']} data-zoomed={zoom.scale > 1.001 || undefined}>
        {image.state === 'missing' ? (
          <p role="alert">The file is missing</p>
        ) : (
          sizes && (
            <FullPicture
              image={image}
              zoom={panned(zoom, 0, 0, sizes)}
              sizes={sizes}
              onMissing={() => change([{ ...image, state: 'missing' }])}
            />
          )
        )}
      </div>
      <figcaption>
        {image.prompt}
        <small>
          {modelLabel(image.model)} · {image.width} × {image.height}
        </small>
      </figcaption>
    </figure>
  );
}
