// Opens the gallery with the pictures that are similar to one.
import { everyPicture } from '../../../shared/domain/gallery-query';
import { request } from '../../ipc';
import { showView } from '../navigation';
import { useGallery } from './gallery-store';

export async function showSimilar(imageId: string): Promise<void> {
  // Nothing is found for a picture that was not read yet. If it cannot be read, the gallery says that nothing was found.
  await request('gallery:unread', { imageId });
  useGallery.getState().setQuery({ ...everyPicture, alikeTo: imageId, sort: 'relevance' });
  showView('gallery');
}
