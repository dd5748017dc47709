// The models that the palette offers, each at the services that have it.

import { Cpu, Paintbrush } from 'lucide-react';
import { t } from '../../../shared/languages/translate';
import { chooseModel } from '../../state/composer/choose-model';
import { chosenModels } from '../../state/composer/chosen-models';
import { chosenProvider } from '../../state/composer/chosen-provider';
import { useEngine } from '../../state/engine/engine-store';
import { engineModelsOf } from '../../state/engine/this-computer';
import { connectionFacts, isConnected } from '../../state/models/connected-services';
import { listModels } from '../../state/models/model-entries';
import { useModelUses } from '../../state/models/model-uses-store';
import { useProviders } from '../../state/settings/providers-store';
import { keyLackFact, keyLackOf } from '../../state/settings/service-keys';
import { useServices } from '../../state/settings/services-store';
import type { PaletteItem } from './palette-item';

/** Returns the models of each enabled service: known models, listed models, and the user's choice. */
export function modelItems(): PaletteItem[] {
  const { services } = useServices.getState();
  const { offered } = useProviders.getState();
  const { uses } = useModelUses.getState();
  const facts = connectionFacts();
  const chosen = chosenProvider();
  const { status } = useEngine.getState();
  const engineModels = status ? engineModelsOf(status) : [];
  const { groups } = listModels({
    ...{ services, keyLackOf, offered, uses, engineModels },
    isConnected: (service) => isConnected(service, facts),
    inUse: chosenModels(),
  });
  return groups.flatMap(({ service, entries, more }) =>
    [...entries, ...more].map((entry): PaletteItem => {
      const { serviceId, serviceName, model, label, keyLack } = entry;
      return {
        id: `model ${serviceId} ${model}`,
        group: 'models',
        name: label,
        detail: keyLack === null ? serviceName : `${serviceName} · ${keyLackFact(keyLack)}`,
        icon: service.kind === 'painter' ? Paintbrush : Cpu,
        keywords: `${t('app.palette_keywords_model')} ${model}`,
        isCurrent: chosen.id === serviceId && chosen.pictureModel === model,
        run: () => chooseModel(entry),
      };
    }),
  );
}
