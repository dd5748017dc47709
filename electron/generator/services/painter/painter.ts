// The offline painter as a service: draws pictures on this computer, free and without a network.
import { setTimeout as wait } from 'node:timers/promises';
import { failure } from '../../../../shared/domain/errors';
import { pictureSizes } from '../../../../shared/domain/models';
import type { Service } from '../service';

export const painter: Service = {
  id: 'painter',

  async makePicture({ prompt, params }, { configuration, paint, signal }) {
    try {
      await wait(configuration.painter.delayMs, undefined, { signal });
    } catch {
      return { ...failure('cancelled'), costMicroUsd: null };
    }
    const bytes = await paint({ prompt, seed: params.seed, ...pictureSizes[params.aspectRatio] });
    if (!bytes) return { ...failure('generator_stopped'), costMicroUsd: null };
    return { ok: true, bytes, costMicroUsd: 0, mimeType: 'image/webp' };
  },

  async reply() {
    const text = [
      'I am the offline painter. I cannot hold a conversation, but I can draw. Ask for a picture, such as ' +
        '“paint a picture of a red fox at dawn”, or turn on picture mode next to the message box.',
      'I draw on this computer, free and without a network. To chat with a model and get its pictures, add an API ' +
        'key for Google in Settings.',
    ].join('\n\n');
    return { ok: true, text, pictures: [], costMicroUsd: 0 };
  },
};
