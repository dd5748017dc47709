// Waits until a started server answers, and finds out whether it is the one that was started.

import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { parseJson } from '../../../../shared/domain/parse-json';

const featuresSchema = z
  .object({ cancel_generating: z.boolean().catch(false) })
  .nullish()
  .catch(null);
const capabilitiesSchema = z.object({
  model: z
    .object({ path: z.string().nullish().catch(null) })
    .nullish()
    .catch(null),
  features: featuresSchema,
  features_by_mode: z.object({ img_gen: featuresSchema }).nullish().catch(null),
});

export type Readiness =
  | {
      state: 'ready';
      /** Whether it can stop a picture that it has started. Otherwise only ending the server does. */
      canCancelGenerating: boolean;
    }
  /** Another program answers at this port. */
  | { state: 'foreign' }
  /** It answers, but does not have the API that Afterimage needs. */
  | { state: 'too-old' };

const pollMs = 150;
const answerMs = 5_000;

/**
 * Asks until the server answers: it listens only when its model is loaded.
 * https://github.com/leejet/stable-diffusion.cpp/blob/master/examples/server/api.md#get-sdcppv1capabilities
 *
 * @param address without a path.
 * @param modelPath what the server must name as its model.
 * @returns null if the signal was aborted first.
 */
export async function waitUntilReady(
  address: string,
  modelPath: string | null,
  signal: AbortSignal,
): Promise<Readiness | null> {
  while (!signal.aborted) {
    const readiness = await ask(address, modelPath, signal);
    if (readiness !== null) return readiness;
    await wait(pollMs, undefined, { signal }).catch(() => {});
  }
  return null;
}

async function ask(
  address: string,
  modelPath: string | null,
  signal: AbortSignal,
): Promise<Readiness | null> {
  let response: Response;
  let text: string;
  try {
    const timeout = AbortSignal.any([signal, AbortSignal.timeout(answerMs)]);
    response = await fetch(`${address}/sdcpp/v1/capabilities`, { signal: timeout, redirect: 'manual' });
    text = await response.text();
  } catch {
    return null;
  }
  // A server that is still starting may answer so.
  if (response.status >= 500) return null;
  const parsed = response.ok ? capabilitiesSchema.safeParse(parseJson(text)) : null;
  if (!parsed?.success) return { state: 'too-old' };
  const { model, features, features_by_mode: byMode } = parsed.data;
  if (modelPath !== null && model?.path !== modelPath) return { state: 'foreign' };
  return { state: 'ready', canCancelGenerating: (byMode?.img_gen ?? features)?.cancel_generating === true };
}
