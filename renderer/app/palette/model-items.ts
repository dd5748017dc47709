// The models that the palette offers, each at the services that have it.
import { Cpu, Paintbrush } from 'lucide-react';
import { models } from '../../../shared/domain/model-catalogue';
import type { Service } from '../../../shared/domain/services';
import { useConnect } from '../../state/connect-store';
import { useProviders } from '../../state/settings/providers-store';
import { factsOfService, useServices } from '../../state/settings/services-store';
import { useSettings } from '../../state/settings/settings-store';
import { toast } from '../../ui/toasts';
import type { PaletteItem } from './palette-item';

/** The models of each service that is switched on: those that are known, those that it lists, and the user's choice. */
export function modelItems(): PaletteItem[] {
  const { provider } = useSettings.getState();
  return useServices
    .getState()
    .services.filter(({ enabled }) => enabled)
    .flatMap((service) => {
      const isLocked = needsKey(service);
      return modelsOf(service).map(({ id, label }): PaletteItem => {
        const use = () => void chooseModel(service, id, label);
        return {
          id: `model ${service.id} ${id}`,
          group: 'Models',
          name: label,
          detail: isLocked ? `${service.name} · needs a key` : service.name,
          icon: service.kind === 'painter' ? Paintbrush : Cpu,
          keywords: `model use make pictures ${id}`,
          isCurrent: provider.id === service.id && provider.pictureModel === id,
          run: isLocked ? () => useConnect.getState().open({ service: service.id, onConnected: use }) : use,
        };
      });
    });
}

/** Returns false until the keys are known. */
function needsKey(service: Service): boolean {
  const { keys } = useProviders.getState();
  if (!keys || !factsOfService(service).needsKey) return false;
  return !keys.sources.some(({ provider, source }) => provider === service.id && source !== null);
}

function modelsOf({ id, kind, pictureModel }: Service): { id: string; label: string }[] {
  const known = models.filter(
    (model) => model.kind === kind && model.makes === 'pictures' && model.life.state !== 'shut-down',
  );
  const listed = (useProviders.getState().offered[id] ?? []).filter(({ makes }) => makes === 'pictures');
  const chosen = pictureModel === null ? [] : [{ id: pictureModel, label: pictureModel }];
  const byId = new Map<string, { id: string; label: string }>();
  for (const model of [...known, ...listed, ...chosen]) if (!byId.has(model.id)) byId.set(model.id, model);
  return [...byId.values()];
}

async function chooseModel({ id, kind }: Service, model: string, label: string): Promise<void> {
  if (kind !== 'painter' && !(await useServices.getState().change(id, { pictureModel: model }))) return;
  await useSettings.getState().change({ provider: id });
  toast(`${label} makes the pictures from now on.`);
}
