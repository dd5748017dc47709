// Sets a service up, tests it, and puts it in use.
import { isAnotherService, type KnownService, nameOfKnown } from '../../../shared/domain/known-services';
import { firstForPictures, type OfferedModel } from '../../../shared/domain/models';
import { type ServiceKind, serviceKinds } from '../../../shared/domain/service-kinds';
import { maxServiceNameLength, type Service } from '../../../shared/domain/services';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { useProviders } from '../../state/settings/providers-store';
import { freeServiceName, useServices } from '../../state/settings/services-store';
import { useSettings } from '../../state/settings/settings-store';

/** What the user has chosen: a service that exists, or one that is added as soon as it is tested. */
export type Target = { kind: ServiceKind; name: string; address: string | null; service: Service | null };

export type Entered = { address: string | null; key: string | null; remember: boolean };

/** Returns what is set up when the user chooses a known service: the one that exists at this address, or a new one. */
export function targetOf(known: KnownService): Target {
  const { kind, address } = known;
  const { services, addresses } = useServices.getState();
  const existing = services.find(
    (service) =>
      service.kind === kind && (service.address === address || Object.hasOwn(addresses, service.id)),
  );
  return existing ? targetOfService(existing) : { kind, name: nameOfKnown(known), address, service: null };
}

export function targetOfService(service: Service): Target {
  const { kind, name, address } = service;
  return { kind, name, address, service };
}

export type Outcome = { service: Service | null; isGood: boolean; words: string };

/**
 * Saves what was entered and tests it with a request that generates nothing. Only a service that works is put in use.
 * One that does not is kept, so that its key or its address can be corrected.
 */
export async function connect(target: Target, { address, key, remember }: Entered): Promise<Outcome> {
  const service = await save(target, address);
  if (!service) return { service: target.service, isGood: false, words: t('connect.service_not_saved') };
  const { setKey, check } = useProviders.getState();
  if (key !== null && !(await setKey(service.id, key, remember))) {
    return { service, isGood: false, words: t('connect.key_not_saved') };
  }
  await check(service.id);
  const checked = useProviders.getState().checked[service.id];
  if (checked?.state !== 'good') {
    return { service, isGood: false, words: checked?.state === 'bad' ? checked.words : '' };
  }
  const words = await describeModels(service);
  await useSettings.getState().change({ provider: service.id });
  return { service, isGood: true, words };
}

async function save({ kind, name, service }: Target, address: string | null): Promise<Service | null> {
  const { add, change } = useServices.getState();
  if (!service) return add({ kind, name: freeServiceName(nameFor(name, address)), address });
  if (service.enabled && service.address === address) return service;
  return (await change(service.id, { address, enabled: true })) ? { ...service, address } : null;
}

/** A service that has no name of its own gets that of its computer. */
function nameFor(name: string, address: string | null): string {
  if (!isAnotherService(name) || address === null || !URL.canParse(address)) return name;
  return new URL(address).hostname.slice(0, maxServiceNameLength - 4);
}

/** Says how many models there are. A server of the user's own that lacks the usual one gets the first that it lists. */
async function describeModels({ id, kind, pictureModel }: Service): Promise<string> {
  const reply = await request('provider:models', { provider: id });
  const models = reply.ok ? forPictures(reply.value) : [];
  const first = firstForPictures(models, null);
  if (!first) return t('connect.works');
  const { anyServer, defaultModel } = serviceKinds[kind];
  const inUse = pictureModel ?? defaultModel;
  if (anyServer && !models.some((model) => model.id === inUse)) {
    await useServices.getState().change(id, { pictureModel: first.id });
  }
  return t('connect.works_with_models', { count: models.length });
}

/** Most services do not say what a model makes. */
function forPictures(models: readonly OfferedModel[]): OfferedModel[] {
  const sure = models.filter(({ makes }) => makes === 'pictures');
  return sure.length > 0 ? sure : models.filter(({ makes }) => makes === null);
}
