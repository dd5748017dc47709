// A Stable Diffusion web UI on this machine.
import { failure } from '../../../shared/errors';
import type { Provider } from './provider';

export const automatic1111: Provider = {
  id: 'automatic1111',

  async makePicture() {
    return { ...failure('unknown_provider'), costMicroUsd: null };
  },

  async reply() {
    return { ...failure('unknown_provider'), costMicroUsd: null };
  },
};
