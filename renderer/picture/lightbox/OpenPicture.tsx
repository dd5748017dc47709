// Loads the open picture's details and preloads its neighbours.
import { useEffect } from 'react';
import { imageUrl } from '../../../shared/domain/pictures';
import { useGallery } from '../../state/gallery/gallery-store';
import { idAt, positionOf } from '../../state/gallery/picture-index';
import { Lightbox } from './Lightbox';

type Props = {
  id: string;
  onOpen: (id: string) => void;
  onLeave: () => void;
  onClose: () => void;
};

export function OpenPicture({ id, onOpen, onLeave, onClose }: Props) {
  const { index, tiles, describe } = useGallery();
  const image = tiles.get(id);
  const at = positionOf(index, id);
  useEffect(() => {
    // A picture that the query does not match, such as the origin of an edit, has no neighbours.
    const beside = at < 0 ? [] : [1, -1, 2, -2].map((by) => idAt(index, at + by));
    void describe([id, ...beside.filter((found) => found !== undefined)]);
  }, [index, id, at, describe]);
  usePreloaded(at < 0 ? [] : [idAt(index, at + 1), idAt(index, at - 1)]);
  if (!image) return null;
  function step(by: 1 | -1): void {
    const next = at < 0 ? undefined : idAt(index, at + by);
    if (next !== undefined) onOpen(next);
  }
  return (
    <Lightbox
      image={image}
      hasPrevious={at > 0}
      hasNext={at >= 0 && at + 1 < index.length}
      onStep={step}
      onOpen={onOpen}
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
