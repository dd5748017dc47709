// Shows the picture that a link led to by itself, over the gallery.
import { Lightbox } from '../gallery/lightbox/Lightbox';
import { useLinkedPicture } from './linked-picture-store';

export function LinkedPicture() {
  const { image, show, open } = useLinkedPicture();
  if (!image) return null;
  return (
    <Lightbox
      image={image}
      hasPrevious={false}
      hasNext={false}
      onStep={() => {}}
      onOpen={(id) => void open(id)}
      onLeave={() => {}}
      onClose={() => show(null)}
    />
  );
}
