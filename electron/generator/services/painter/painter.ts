// The offline painter as a service: draws pictures on this computer, free and without a network.
import { setTimeout as wait } from 'node:timers/promises';
import { failure } from '../../../../shared/domain/errors';
import { pictureSizes } from '../../../../shared/domain/models';
import { paintPicture } from '../../painter/paint';
import type { Service } from '../service';

// WebP quality, 0 to 100.
const webpQuality = 92;

export const painter: Service = {
  id: 'painter',

  async makePicture({ prompt, params }, { configuration, signal }) {
    try {
      await wait(configuration.painter.delayMs, undefined, { signal });
    } catch {
      return { ...failure('cancelled'), costMicroUsd: null };
    }
    const canvas = paintPicture({ prompt, seed: params.seed, ...pictureSizes[params.aspectRatio] });
    return { ok: true, bytes: await canvas.encode('webp', webpQuality), costMicroUsd: 0 };
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
