// Says which model a service offers in place of one that it does not have.
import { findModelOf } from '../../../shared/domain/model-lookup';
import { firstForPictures } from '../../../shared/domain/models';
import { findService } from '../../../shared/domain/service-directory';
import type { PictureJob } from '../../../shared/generator/jobs';
import { modelToShow } from './failures';
import type { Service, ServiceContext, ServiceFailure } from './service';

/**
 * Adds a model of the service's own list to a failure with `model_gone`: the one that the button under the picture
 * selects. The list makes nothing and costs nothing; if it cannot be read, the failure stays as it is.
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
  const offered = list.ok ? firstForPictures(list.models, model) : undefined;
  if (!offered) return failure;
  const { name } = context.service;
  const message = `${name} does not offer the model “${modelToShow(model)}”. It offers “${modelToShow(offered.label)}”. Choose a model that it offers, then try again.`;
  return { ...failure, message };
}
