// The offline painter as a service: draws and changes pictures on this computer, free and without a network.

import { setTimeout as wait } from 'node:timers/promises';
import { failure, failureLike } from '../../../../shared/domain/errors';
import { pictureSizes } from '../../../../shared/domain/models';
import { t } from '../../../../shared/languages/translate';
import type { Service } from '../service';

export const painter: Service = {
  async makePicture(job, { service, paint, changeHere, signal }) {
    const { prompt, params } = job;
    try {
      await wait(service.delayMs, undefined, { signal });
    } catch {
      return { ...failure('cancelled'), costMicroUsd: null };
    }
    if (params.change) {
      const changed = await changeHere(job);
      if (signal.aborted) return { ...failure('cancelled'), costMicroUsd: null };
      if (!changed.ok) return { ...failureLike(changed), costMicroUsd: null };
      return { ok: true, bytes: changed.value, costMicroUsd: 0 };
    }
    const bytes = await paint({ prompt, seed: params.seed, ...pictureSizes[params.aspectRatio] });
    if (!bytes) return { ...failure('generator_stopped'), costMicroUsd: null };
    return { ok: true, bytes, costMicroUsd: 0, mimeType: 'image/webp' };
  },

  async reply() {
    return { ok: true, text: t('services.painter_does_not_talk'), pictures: [], costMicroUsd: 0 };
  },
};
