// The names of models. Those on this computer have names from the engine's catalogue or from their files.
import type { PictureMessage } from '../../../shared/domain/conversations';
import { type EngineStatus, engineServiceId } from '../../../shared/domain/engine';
import { labelOfModel } from '../../../shared/domain/model-lookup';
import { t } from '../../../shared/languages/translate';

/** The fields that identify a model, because the same id may be a different model at another service. */
type ModelOf = Pick<PictureMessage, 'provider' | 'model' | 'tile'>;

/** Returns the display name of a model. */
export function modelLabel({ provider, model }: ModelOf, status: EngineStatus | null): string {
  return engineModelLabel(provider, model, status) ?? labelOfModel(model, provider);
}

/** Returns the name of a model on this computer; undefined for those of other services. */
export function engineModelLabel(
  service: string,
  model: string,
  status: EngineStatus | null,
): string | undefined {
  if (service !== engineServiceId || !status) return undefined;
  const here = status.installed.find(({ id }) => id === model);
  // The model may have been removed since it made the picture.
  return (here ?? status.offers.find((offer) => offer.model === model))?.label;
}

/**
 * Returns the names of the models of some pictures, each once; only their number if each picture names its own model.
 *
 * @param ownerOf returns the name of a model's service if several have the model.
 */
export function modelLabels(
  messages: readonly ModelOf[],
  status: EngineStatus | null,
  ownerOf: (service: string, model: string) => string | null = () => null,
): string {
  const nameOf = (message: ModelOf) =>
    [modelLabel(message, status), ownerOf(message.provider, message.model)]
      .filter((part) => part !== null)
      .join(' · ');
  const names = [...new Set(messages.map(nameOf))];
  return names.length > 1 && messages.some(({ tile }) => tile?.ofSeveral)
    ? t('engine.several_models', { count: names.length })
    : names.join(', ');
}
