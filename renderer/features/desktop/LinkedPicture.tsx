// Opens the picture of an external link over the gallery.
import { OpenPicture } from '../../picture/lightbox/OpenPicture';
import { useGallery } from '../../state/gallery/gallery-store';
import { neighboursOf } from '../../state/gallery/picture-index';
import { countHidden } from '../../state/gallery/stacks';
import { useLinkedPicture } from './linked-picture-store';

export function LinkedPicture() {
  const { id, show } = useLinkedPicture();
  const { index, stacks, isComplete } = useGallery();
  if (id === null) return null;
  return (
    <OpenPicture
      id={id}
      neighbours={neighboursOf(index, id, isComplete, countHidden(stacks))}
      onOpen={show}
      onLeave={() => {}}
      onClose={() => show(null)}
    />
  );
}
