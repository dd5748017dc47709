// Imagen on Google Vertex.
import { failure } from '../../../shared/errors';
import type { Provider } from './provider';

export const imagen: Provider = {
  id: 'imagen',

  async makePicture() {
    return { ...failure('unknown_provider'), costMicroUsd: null };
  },

  async reply() {
    return { ...failure('unknown_provider'), costMicroUsd: null };
  },
};
