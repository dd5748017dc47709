// Prefetches the picture that the text in the composer asks for, while the user pauses: one picture at a time.
import type { RequestInput } from '../../../shared/contract';
import { applyStyles } from '../../../shared/domain/apply-styles';
import { maxTextLength } from '../../../shared/domain/conversations';
import type { PictureParams } from '../../../shared/domain/models';
import { needsReference } from '../../../shared/domain/part-support';
import { isBilled } from '../../../shared/generator/billing';
import type { PictureJob } from '../../../shared/generator/jobs';
import { newId } from '../db/new-id';
import { sameParams } from '../db/reusable-pictures';
import type { ChatContext } from './chat-context';
import { withChosenModel } from './chosen-model';
import { modeOf, readIntent } from './intent';
import { paramsFor } from './params-for';
import { isPrefetchAllowed, recordPrefetch } from './prefetch-billed';
import { fitNegatives } from './requested-prompts';
import { findInGallery } from './reuse';

/**
 * Starts the picture that sending this text would request, unless a job is waiting or running or the generator is not
 * running.
 */
export function prefetch(ofSettings: ChatContext, input: RequestInput<'chat:prefetch'>): void {
  const { prefetch } = ofSettings;
  const chosen = withChosenModel(ofSettings, input.model);
  if (!chosen.ok) {
    prefetch.stop();
    return;
  }
  const context = chosen.value;
  const { id: provider, pictureModel: model, textModel } = context.activeProvider();
  const intent = readIntent(input.text, modeOf(input.mode, textModel));
  const isPossible = intent.kind === 'picture' && !needsReference(provider, model);
  if (!isPossible || !isPrefetchAllowed(context, provider, input)) {
    prefetch.stop();
    return;
  }
  const prompt = applyStyles(intent.prompt, input.styles ?? [], maxTextLength);
  if (prompt === null || !fitNegatives(context, input)) {
    prefetch.stop();
    return;
  }
  if (matchingPrefetch(context, prompt, { ...input, count: 1 })) return;
  prefetch.stop();
  if (!context.isIdle() || !prefetch.mayStart()) return;
  const recipe = {
    provider,
    model,
    prompt,
    params: paramsFor(context, input, 0),
  };
  if (findInGallery(context, recipe) !== undefined) return;
  const requestId = newId();
  const job: PictureJob = { kind: 'picture', jobId: requestId, requestId, ...recipe };
  if (!isBilled(job) || recordPrefetch(context, job)) prefetch.start(job);
}

type Requested = Pick<RequestInput<'chat:send'>, 'aspectRatio' | 'options' | 'styles' | 'seed' | 'fresh'> & {
  count: number;
};

/** Returns the prefetched picture if it is exactly what is requested. */
export function matchingPrefetch(
  context: ChatContext,
  prompt: string,
  requested: Requested,
): PictureJob | null {
  const prefetched = context.prefetch.current();
  const { id: provider, pictureModel } = context.activeProvider();
  const matches =
    prefetched !== null &&
    requested.count === 1 &&
    !requested.fresh &&
    prefetched.prompt === prompt &&
    prefetched.provider === provider &&
    prefetched.model === pictureModel &&
    areEquivalent(prefetched.params, paramsFor(context, requested, 0));
  return matches ? prefetched : null;
}

/** Random seeds are interchangeable; chosen seeds are not. */
function areEquivalent(a: PictureParams, b: PictureParams): boolean {
  return sameParams(a, b) && a.seedChosen === b.seedChosen && (a.seed === b.seed || !a.seedChosen);
}
