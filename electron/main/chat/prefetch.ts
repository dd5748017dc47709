// While the user pauses over a draft, the picture that Enter would ask for is begun: one at a time.

import type { RequestInput } from '../../../shared/contract';
import type { PictureParams } from '../../../shared/domain/models';
import { isBilled } from '../../../shared/generator/billing';
import type { PictureJob } from '../../../shared/generator/messages';
import { newId } from '../db/new-id';
import { sameParams } from '../db/reusable-pictures';
import type { ChatContext } from './chat-context';
import { readIntent } from './intent';
import { paramsFor } from './params-for';
import { mayBegin, writeAhead } from './prefetch-billed';
import { findInGallery } from './reuse';

/** Begins what sending this would ask for. What waits or runs for somebody comes first, so then nothing is begun. */
export function prefetch(context: ChatContext, input: RequestInput<'chat:prefetch'>): void {
  const { prefetch } = context;
  const { id: provider, pictureModel: model } = context.activeProvider();
  const intent = readIntent(input.text, input.mode);
  if (intent.kind !== 'picture' || !mayBegin(context, provider, input)) {
    prefetch.stop();
    return;
  }
  if (matchingPrefetch(context, intent.prompt, { ...input, count: 1 })) return;
  prefetch.stop();
  if (!context.isIdle()) return;
  const recipe = {
    provider,
    model,
    prompt: intent.prompt,
    params: paramsFor(context, input, 0),
  };
  if (findInGallery(context, recipe) !== undefined) return;
  const draft: PictureJob = { kind: 'picture', jobId: newId(), ...recipe };
  if (!isBilled(draft) || writeAhead(context, draft)) prefetch.start(draft);
}

type Asked = Pick<RequestInput<'chat:send'>, 'aspectRatio' | 'count' | 'seed' | 'fresh'>;

/** @returns the draft that is just what is asked for, if there is one. */
export function matchingPrefetch(context: ChatContext, prompt: string, asked: Asked): PictureJob | null {
  const draft = context.prefetch.current();
  const { id: provider, pictureModel } = context.activeProvider();
  const fits =
    draft !== null &&
    asked.count === 1 &&
    !asked.fresh &&
    draft.prompt === prompt &&
    draft.provider === provider &&
    draft.model === pictureModel &&
    areSame(draft.params, paramsFor(context, asked, 0));
  return fits ? draft : null;
}

/** Seeds of chance are as good as each other. */
function areSame(a: PictureParams, b: PictureParams): boolean {
  return sameParams(a, b) && a.seedChosen === b.seedChosen && (a.seed === b.seed || !a.seedChosen);
}
