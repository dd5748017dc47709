// The service and the models that the next message goes to: those chosen for the chat, or those of the settings.
import { useMemo } from 'react';
import type { ActiveProvider } from '../../../shared/contract/services';
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import { modelsOfService } from '../../../shared/domain/default-models';
import {
  optionsOfSettings,
  type PictureOptions,
  supportedOptions,
} from '../../../shared/domain/picture-options';
import type { Service } from '../../../shared/domain/services';
import { useServices } from '../settings/services-store';
import { useSettings } from '../settings/settings-store';
import { useDraft } from './draft-store';

export type ChosenProvider = Pick<ActiveProvider, 'id' | 'pictureModel' | 'textModel'>;

export function useChosenProvider(): ChosenProvider {
  const chosen = useDraft((state) => state.model);
  const provider = useSettings((state) => state.provider);
  const services = useServices((state) => state.services);
  return useMemo(() => resolve(chosen, services) ?? provider, [chosen, services, provider]);
}

/** As `useChosenProvider`, outside a component. */
export function chosenProvider(): ChosenProvider {
  const { model } = useDraft.getState();
  return resolve(model, useServices.getState().services) ?? useSettings.getState().provider;
}

/** Returns null if nothing was chosen, or if its service no longer exists. */
function resolve(chosen: ChosenModel | null, services: readonly Service[]): ChosenProvider | null {
  const service = services.find(({ id }) => id === chosen?.serviceId);
  if (!chosen || service?.enabled !== true) return null;
  const { textModel } = modelsOfService(service);
  return { id: service.id, pictureModel: chosen.model, textModel };
}

/** Returns the options that the next picture gets, chosen here or in the settings. */
export function usePictureOptions(): PictureOptions {
  const provider = useChosenProvider();
  const options = useDraft((state) => state.options);
  const settings = useSettings((state) => state.settings);
  return useMemo(
    () =>
      supportedOptions(provider.id, provider.pictureModel, {
        ...optionsOfSettings(provider.id, settings),
        ...options,
      }),
    [provider, options, settings],
  );
}

/** Returns the fields of a request with the choices of the composer. */
export function chosenFields(): { model?: ChosenModel; options?: PictureOptions } {
  const { model, options } = useDraft.getState();
  const isThere = resolve(model, useServices.getState().services) !== null;
  return {
    ...(isThere && model !== null && { model }),
    ...(Object.keys(options).length > 0 && { options }),
  };
}
