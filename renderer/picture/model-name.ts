// The name of a picture's model.
import type { GalleryImage } from '../../shared/domain/pictures';
import { useEngine } from '../state/engine/engine-store';
import { engineModelLabel } from '../state/engine/model-label';
import { modelLabelById } from '../state/gallery/filters';

/** Returns the name of a picture's model. One that the user has added to this computer has the name of its file. */
export function modelNameOf({ provider, model }: Pick<GalleryImage, 'provider' | 'model'>): string {
  return engineModelLabel(provider, model, useEngine.getState().status) ?? modelLabelById(model);
}
