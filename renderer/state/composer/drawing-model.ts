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
 * Returns the first usable model other than the painter: one of the chat's models, then that of the settings, then that of
 * a connected service that is known to work; null if there is none. The painter may be chosen although another model exists.
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

/**
 * Returns whether a service is connected and its last test has not failed. Excludes this computer, which is offered
 * separately.
 */
function isWorking(service: Service, check: Checked | undefined, facts: ConnectionFacts): boolean {
  return isConnected(service, facts) && service.id !== engineServiceId && check?.state !== 'bad';
}
