// Suggests a model that a service offers in place of a missing one.

import { explanation } from '../../../shared/domain/errors';
import { findModelOf } from '../../../shared/domain/model-lookup';
import { firstPictureModel, maxOfferedModels } from '../../../shared/domain/models';
import { findService } from '../../../shared/domain/service-directory';
import type { PictureJob } from '../../../shared/generator/jobs';
import { type Sentence, sentence } from '../../../shared/languages/sentence';
import { modelToShow } from './failures';
import type { Service, ServiceContext, ServiceFailure } from './service';

/**
 * Adds a model from the service's own list to a failure with `model_gone`: the one that the button under the
 * picture selects. Reading the list is free; if that fails, the failure stays unchanged.
 */
export async function nameOfferedModel(
  failure: ServiceFailure,
  { listModels }: Pick<Service, 'listModels'>,
  { model, provider }: Pick<PictureJob, 'model' | 'provider'>,
  context: ServiceContext,
): Promise<ServiceFailure> {
  if (failure.code !== 'model_gone' || !listModels || context.signal.aborted) return failure;
  // The catalogue names the successor, which is a better choice than the first of a list.
  const life = findModelOf(provider, model)?.life.state ?? 'available';
  if (life !== 'available' && findService(provider)?.free !== true) return failure;
  const list = await listModels(context);
  const offered = list.ok ? firstPictureModel(list.models, model) : undefined;
  if (!list.ok || !offered) return failure;
  const { name } = context.service;
  // The button under the picture selects the first one.
  const others = list.models.filter(
    ({ id, makes }) => id !== offered.id && id !== model && makes === offered.makes,
  );
  const shown = [offered, ...others.slice(0, maxNamed - 1)].map(({ label }) => modelToShow(label));
  const left = 1 + others.length - shown.length;
  const [first = '', second = '', third = ''] = shown;
  const precise = sentence('services.offered_instead', {
    ...{ service: name, model: modelToShow(model), count: shown.length, left },
    ...{ first, second, third },
  });
  return { ...failure, ...explanation(failure.code, precise) };
}

/** Maximum number of models in a sentence. */
const maxNamed = 3;

/** States that the service answers, and how many models it offers, or that only the first of a very long list are shown. */
export function describeCount(count: number, hasKey: boolean): Sentence {
  const key = hasKey ? 'yes' : 'no';
  return count <= maxOfferedModels
    ? sentence('services.answers', { key, count })
    : sentence('services.answers_with_many', { key, count, max: maxOfferedModels });
}
