// Opens the picture that a link from outside named, over the gallery.
import { OpenPicture } from '../../picture/lightbox/OpenPicture';
import { useLinkedPicture } from './linked-picture-store';

export function LinkedPicture() {
  const { id, show } = useLinkedPicture();
  return id && <OpenPicture id={id} onOpen={show} onLeave={() => {}} onClose={() => show(null)} />;
}
