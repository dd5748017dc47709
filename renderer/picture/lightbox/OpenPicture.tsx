// Loads the open picture's details and preloads its neighbours.
import { useEffect } from 'react';
import { imageUrl } from '../../../shared/domain/pictures';
import { useGallery } from '../../state/gallery/gallery-store';
import type { Neighbours } from '../../state/gallery/picture-index';
import { Lightbox } from './Lightbox';

type Props = {
  id: string;
  neighbours: Neighbours;
  onOpen: (id: string) => void;
  /** Called before closing, to bring the place on screen where the picture came from. */
  onLeave: () => void;
  onClose: () => void;
};

export function OpenPicture({ id, neighbours, onOpen, onLeave, onClose }: Props) {
  const image = useGallery(({ tiles }) => tiles.get(id));
  const describe = useGallery((state) => state.describe);
  const { previous, next } = neighbours;
  useEffect(() => {
    void describe([id, next, previous].filter((found) => found !== undefined));
  }, [id, next, previous, describe]);
  usePreloaded([next, previous]);
  if (!image) return null;
  function step(by: 1 | -1): void {
    const target = by === 1 ? next : previous;
    if (target !== undefined) onOpen(target);
  }
  /** Goes on, as whoever looks through pictures to delete some expects. */
  async function goOn(): Promise<void> {
    const other = next ?? previous;
    if (other === undefined) return onClose();
    // Loaded first, so that the lightbox stays open in between and keeps the focus.
    await describe([other]);
    onOpen(other);
  }
  return (
    <Lightbox
      image={image}
      hasPrevious={previous !== undefined}
      hasNext={next !== undefined}
      onStep={step}
      onOpen={onOpen}
      onGone={() => void goOn()}
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
