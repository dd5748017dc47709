// Loads the open picture's details and preloads its neighbours.
import { useEffect } from 'react';
import { type GalleryImage, imageUrl } from '../../../shared/domain/pictures';
import { useGallery } from '../../state/gallery/gallery-store';
import type { Neighbours } from '../../state/gallery/picture-index';
import type { PictureTarget } from '../action-target';
import { Lightbox } from './Lightbox';

type Props = {
  id: string;
  neighbours: Neighbours;
  /** The details of a picture that is not in the gallery. Absent: they are loaded. */
  image?: GalleryImage;
  trash?: PictureTarget['trash'];
  onOpen: (id: string) => void;
  /** Called before closing, to scroll to the picture's place. */
  onLeave: () => void;
  onClose: () => void;
};

export function OpenPicture({ id, neighbours, image: known, trash, onOpen, onLeave, onClose }: Props) {
  const loaded = useGallery(({ tiles }) => tiles.get(id));
  const image = known ?? loaded;
  const describe = useGallery((state) => state.describe);
  const { previous, next, position } = neighbours;
  useEffect(() => {
    void describe([id, next, previous].filter((found) => found !== undefined));
  }, [id, next, previous, describe]);
  usePreloaded([next, previous]);
  if (!image) return null;
  function step(by: 1 | -1): void {
    const target = by === 1 ? next : previous;
    if (target !== undefined) onOpen(target);
  }
  /** Opens a neighbour after a deletion, so that the user can continue to sort pictures. */
  async function openNeighbour(): Promise<void> {
    const other = next ?? previous;
    if (other === undefined) return onClose();
    // Loads the details first, so that the lightbox stays open in between and keeps the focus.
    await describe([other]);
    onOpen(other);
  }
  return (
    <Lightbox
      image={image}
      steps={{ hasPrevious: previous !== undefined, hasNext: next !== undefined, position, onStep: step }}
      trash={trash}
      onOpen={onOpen}
      onGone={() => void openNeighbour()}
      onLeave={onLeave}
      onClose={onClose}
    />
  );
}

/** Preloads the small variants first, because they are shown first. */
function usePreloaded(ids: (string | undefined)[]): void {
  const key = ids.join();
  useEffect(() => {
    const images: HTMLImageElement[] = [];
    for (const variant of ['512', 'full'] as const) {
      for (const id of key.split(',').filter(Boolean)) {
        const image = new Image();
        image.src = imageUrl(id, variant);
        images.push(image);
      }
    }
    return () => {
      // Cancels requests that are no longer needed.
      for (const image of images) image.removeAttribute('src');
    };
  }, [key]);
}
