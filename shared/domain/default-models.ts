// The models that a service uses: those that the user has chosen, or else its usual ones as far as it has them.
import { isUnlisted, listedModels } from './listed-models';
import { firstForPictures, type OfferedModel } from './models';
import { type ServiceKind, serviceKinds } from './service-kinds';
import type { ServiceId } from './services';

type Chosen = { id: ServiceId; kind: ServiceKind; pictureModel: string | null; textModel: string | null };

/** Returns the models in use. `textModel` is null for a service that writes no text: it ignores a saved one. */
export function modelsOfService({ id, kind, pictureModel, textModel }: Chosen): {
  pictureModel: string;
  textModel: string | null;
} {
  const usual = usualModelsOf(id, kind);
  return {
    pictureModel: pictureModel ?? usual.pictureModel,
    textModel: usual.textModel === null ? null : (textModel ?? usual.textModel),
  };
}

/**
 * Returns the models of a service for which the user has chosen none. A server of the user's own may lack the usual ones of
 * its kind: once its list is known, they come from there.
 */
export function usualModelsOf(
  id: ServiceId,
  kind: ServiceKind,
): { pictureModel: string; textModel: string | null } {
  const { anyServer, defaultModel, defaultTextModel } = serviceKinds[kind];
  const listed = (usual: string, first: (models: readonly OfferedModel[]) => OfferedModel | undefined) =>
    anyServer && isUnlisted(id, usual) ? (first(listedModels(id))?.id ?? usual) : usual;
  return {
    pictureModel: listed(defaultModel, (models) => firstForPictures(models, null)),
    textModel: defaultTextModel === null ? null : listed(defaultTextModel, firstForText),
  };
}

function firstForText(models: readonly OfferedModel[]): OfferedModel | undefined {
  return models.find(({ makes }) => makes === 'text') ?? models.find(({ makes }) => makes === null);
}
