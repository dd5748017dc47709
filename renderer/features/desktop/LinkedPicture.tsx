// Opens the picture of an external link over the gallery.
import { OpenPicture } from '../../picture/lightbox/OpenPicture';
import { useGallery } from '../../state/gallery/gallery-store';
import { neighboursOf } from '../../state/gallery/picture-index';
import { useLinkedPicture } from './linked-picture-store';

export function LinkedPicture() {
  const { id, show } = useLinkedPicture();
  const { index, isComplete } = useGallery();
  if (id === null) return null;
  return (
    <OpenPicture
      id={id}
      neighbours={neighboursOf(index, id, isComplete)}
      onOpen={show}
      onLeave={() => {}}
      onClose={() => show(null)}
    />
  );
}
