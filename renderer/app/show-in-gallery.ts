// Shows a picture in the gallery: open, and behind it where it is among the others.
import { everyPicture } from '../../shared/domain/gallery-query';
import { useLinkedPicture } from '../features/desktop/linked-picture-store';
import { isWhole, useGallery } from '../state/gallery/gallery-store';
import { showView } from '../state/navigation';

/** Its distance from the top of the viewport (CSS pixels). */
const offset = 120;

export function showInGallery(imageId: string): void {
  const { query, setQuery, rememberPlace } = useGallery.getState();
  // A search may not find it.
  if (!isWhole(query)) setQuery(everyPicture);
  rememberPlace({ id: imageId, offset });
  showView('gallery');
  useLinkedPicture.getState().show(imageId);
}
