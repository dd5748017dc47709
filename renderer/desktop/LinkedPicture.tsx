// Shows the picture that a link led to by itself, over the gallery.
import { Lightbox } from '../gallery/Lightbox';
import { useLinkedPicture } from './linked-picture-store';

export function LinkedPicture() {
  const { image, show } = useLinkedPicture();
  return image && <Lightbox image={image} onStep={() => {}} onClose={() => show(null)} />;
}
