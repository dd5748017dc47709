// The models that a service uses: those that the user has chosen, or else its default ones if it offers them.
import { isUnlisted, listedModels } from './listed-models';
import { firstPictureModel, type OfferedModel } from './models';
import { type ServiceKind, serviceKinds } from './service-kinds';
import type { ServiceId } from './services';

/** `textModel`: null if there is none. */
type ServiceModels = { pictureModel: string; textModel: string | null };
type Chosen = { id: ServiceId; kind: ServiceKind; pictureModel: string | null; textModel: string | null };

/** Returns the models in use. `textModel` is null for a service that writes no text: it ignores a saved one. */
export function modelsOfService({ id, kind, pictureModel, textModel }: Chosen): ServiceModels {
  const usual = defaultModelsOf(id, kind);
  return {
    pictureModel: pictureModel ?? usual.pictureModel,
    textModel: takesTextModel(kind) ? (textModel ?? usual.textModel) : null,
  };
}

/** Returns whether services of a kind may write text. */
export function takesTextModel(kind: ServiceKind): boolean {
  return serviceKinds[kind].defaultTextModel !== null;
}

/**
 * Returns the models of a service for which the user has chosen none. A user's own server may lack the defaults of its
 * kind. Once its list is known, its models come from the list, which may have none for text.
 */
export function defaultModelsOf(id: ServiceId, kind: ServiceKind): ServiceModels {
  const { anyServer, local, defaultModel, defaultTextModel } = serviceKinds[kind];
  const isOther = anyServer && isUnlisted(id, defaultModel);
  const picture = isOther ? firstPictureModel(listedModels(id), null) : undefined;
  const lacksText = (anyServer || local) && defaultTextModel !== null && isUnlisted(id, defaultTextModel);
  return {
    pictureModel: picture?.id ?? defaultModel,
    textModel: lacksText ? (firstTextModel(listedModels(id))?.id ?? null) : defaultTextModel,
  };
}

function firstTextModel(models: readonly OfferedModel[]): OfferedModel | undefined {
  return models.find(({ makes }) => makes === 'text') ?? models.find(({ makes }) => makes === null);
}
