// Any OpenAI-compatible service.
import { failure } from '../../../shared/errors';
import type { Provider } from './provider';

export const openai: Provider = {
  id: 'openai',

  async makePicture() {
    return { ...failure('unknown_provider'), costMicroUsd: null };
  },

  async reply() {
    return { ...failure('unknown_provider'), costMicroUsd: null };
  },
};
