// Opens the gallery with the pictures that are similar to another one.
import { everyPicture } from '../../../shared/domain/gallery-query';
import { request } from '../../ipc';
import { showView } from '../navigation';
import { useGallery } from './gallery-store';

export async function showSimilar(imageId: string): Promise<void> {
  // A picture without a fingerprint finds nothing, so it is computed first. If that fails, the gallery shows no results.
  await request('gallery:unread', { imageId });
  useGallery.getState().setQuery({ ...everyPicture, alikeTo: imageId, sort: 'relevance' });
  showView('gallery');
}
