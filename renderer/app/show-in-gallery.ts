// Opens a picture in the lightbox, with the gallery behind it scrolled to its place.
import { everyPicture } from '../../shared/domain/gallery-query';
import { useLinkedPicture } from '../features/desktop/linked-picture-store';
import { isWhole } from '../state/gallery/filters';
import { useGallery } from '../state/gallery/gallery-store';
import { showView } from '../state/navigation';

/** The picture's distance from the top of the viewport (CSS pixels). */
const offset = 120;

export async function showInGallery(imageId: string): Promise<void> {
  const { query, setQuery, load, rememberPlace } = useGallery.getState();
  if (!isWhole(query)) {
    // The current search may not find the picture. Its place is known once the order of all pictures is loaded.
    setQuery(everyPicture);
    await load();
  }
  rememberPlace({ id: imageId, offset });
  showView('gallery');
  useLinkedPicture.getState().show(imageId);
}
