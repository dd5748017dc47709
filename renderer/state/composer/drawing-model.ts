// Chooses the model that makes a picture which the offline painter could not draw.
import { useMemo } from 'react';
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import { modelsOfService } from '../../../shared/domain/default-models';
import { engineServiceId } from '../../../shared/domain/engine';
import type { Service } from '../../../shared/domain/services';
import { type ConnectionFacts, isConnected, useConnectionFacts } from '../models/connected-services';
import { type Checked, useProviders } from '../settings/providers-store';
import { lacksKey } from '../settings/service-keys';
import { useServices } from '../settings/services-store';
import { useSettings } from '../settings/settings-store';
import { useChosenModels } from './chosen-models';

/**
 * Returns the first model that is not the painter and can be asked: of those of the chat, then that of the settings, then
 * that of a service which is connected and works as far as is known; null if there is none. The painter may be chosen
 * although another model is there.
 */
export function useDrawingModel(): ChosenModel | null {
  const models = useChosenModels();
  const { id, pictureModel } = useSettings((state) => state.provider);
  const services = useServices((state) => state.services);
  const checked = useProviders((state) => state.checked);
  const facts = useConnectionFacts();
  return useMemo(() => {
    const others = services.filter((service) => isWorking(service, checked[service.id], facts));
    const candidates: ChosenModel[] = [
      ...models,
      { serviceId: id, model: pictureModel },
      ...others.map((service) => ({ serviceId: service.id, model: modelsOfService(service).pictureModel })),
    ];
    return (
      candidates.find(({ serviceId }) => canDraw(services.find((each) => each.id === serviceId))) ?? null
    );
  }, [models, id, pictureModel, services, checked, facts]);
}

function canDraw(service: Service | undefined): boolean {
  return service?.enabled === true && service.kind !== 'painter' && !lacksKey(service);
}

/** This computer is offered by itself: it may have no model. */
function isWorking(service: Service, check: Checked | undefined, facts: ConnectionFacts): boolean {
  return isConnected(service, facts) && service.id !== engineServiceId && check?.state !== 'bad';
}
