// Shows a picture in the gallery: open, and behind it where it is among the others.
import { everyPicture } from '../../shared/domain/gallery-query';
import { useLinkedPicture } from '../features/desktop/linked-picture-store';
import { isWhole } from '../state/gallery/filters';
import { useGallery } from '../state/gallery/gallery-store';
import { showView } from '../state/navigation';

/** Its distance from the top of the viewport (CSS pixels). */
const offset = 120;

export async function showInGallery(imageId: string): Promise<void> {
  const { query, setQuery, load, rememberPlace } = useGallery.getState();
  if (!isWhole(query)) {
    // A search may not find it. Its place is known once the order of all pictures is there.
    setQuery(everyPicture);
    await load();
  }
  rememberPlace({ id: imageId, offset });
  showView('gallery');
  useLinkedPicture.getState().show(imageId);
}
