// Sets up a service, tests it, and starts using it.
import { type ErrorCode, explain, isAboutKey } from '../../../shared/domain/errors';
import { isAnotherService, type KnownService, nameOfKnown } from '../../../shared/domain/known-services';
import { firstPictureModel, type OfferedModel } from '../../../shared/domain/models';
import { readAddress } from '../../../shared/domain/read-address';
import { serviceKinds, takesAddress } from '../../../shared/domain/service-kinds';
import {
  distinctName,
  nameOfAddress,
  type Service,
  type ServiceChanges,
} from '../../../shared/domain/services';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import type { Target } from '../../state/connect-store';
import { checkService, type EnteredKey } from '../../state/settings/check-service';
import { namesOfOthers, useServices } from '../../state/settings/services-store';
import { useSettings } from '../../state/settings/settings-store';

/** `name` is null if the user did not enter one. */
export type Entered = EnteredKey & { name: string | null; address: string | null };

/** Returns the target of setting up a known service: the existing service at this address, or a new one. */
export function targetOf(known: KnownService): Target {
  const { kind, address } = known;
  const { services, addresses } = useServices.getState();
  const existing = services.find(
    (service) =>
      service.kind === kind && (service.address === address || Object.hasOwn(addresses, service.id)),
  );
  return existing ? targetOfService(existing) : { kind, name: nameOfKnown(known), address, service: null };
}

/** Returns the target of setting up an existing service again. */
export function targetOfService(service: Service): Target {
  const { kind, name, address } = service;
  return { kind, name, address, service };
}

/** The field that has to be corrected. */
export type WrongField = 'name' | 'address' | 'key';

/** `service`: the saved service; null if it could not be saved. `field`: the field with the problem; null if there is none. */
export type Outcome = { service: Service | null; isGood: boolean; words: string; field: WrongField | null };

const addressCodes: readonly ErrorCode[] = ['bad_address', 'private_address', 'unreachable', 'bad_answer'];

/** Returns the field that a failed test is about. @param hasAddress whether the user can change the address */
export function fieldOf(code: ErrorCode, hasAddress: boolean): WrongField | null {
  if (isAboutKey(code)) return 'key';
  return hasAddress && addressCodes.includes(code) ? 'address' : null;
}

/**
 * Saves the entries and tests the service with a request that generates nothing. Only a working service is put in use.
 * Any other one is kept, so that its key or its address can be corrected.
 *
 * @param target `service` is the one that an earlier attempt has saved, so that none is added twice.
 * @param onSaved gets the service before it is tested.
 * @param signal cancels the attempt after the current step, so that an outdated test changes nothing.
 */
export async function connect(
  target: Target,
  entered: Entered,
  { signal, onSaved }: { signal: AbortSignal; onSaved: (service: Service) => void },
): Promise<Outcome> {
  const service = await save(target, entered);
  const bad = (words: string, field: WrongField | null = null): Outcome => ({
    ...{ service: service ?? target.service, isGood: false, words, field },
  });
  if (!service) return bad(t('connect.service_not_saved'));
  onSaved(service);
  if (signal.aborted) return bad('');
  const tested = await checkService(service.id, entered, signal);
  if (tested === null) return bad('');
  if (!tested.isGood) {
    const { problem } = tested;
    if (!problem) return bad(t('connect.key_not_saved'), 'key');
    return bad(explain(problem), fieldOf(problem.code, takesAddress(target.kind)));
  }
  const words = await describeModels(service);
  if (signal.aborted) return bad('');
  await useSettings.getState().change({ provider: service.id });
  return { service, isGood: true, words, field: null };
}

async function save(target: Target, { name, address }: Entered): Promise<Service | null> {
  const { add, change } = useServices.getState();
  const { kind, service } = target;
  if (!service)
    return add({ kind, name: name ?? (suggestName(target, address ?? '') || target.name), address });
  const isRenamed = name !== null && name !== service.name;
  if (service.enabled && service.address === address && !isRenamed) return service;
  const changes: ServiceChanges = { address, enabled: true, ...(isRenamed && { name }) };
  return (await change(service.id, changes)) ? { ...service, ...changes } : null;
}

/**
 * Returns a name for a new service: its own, or if it has none, the host and port of its address. The name differs from
 * those of other services. Empty while the address is unknown.
 */
export function suggestName({ kind, name, service }: Target, address: string): string {
  const own = isAnotherService(name) ? nameOfAddress(readAddress(kind, address)) : name;
  return own === '' ? '' : distinctName(own, namesOfOthers(service?.id));
}

/** Describes the number of models. A user's own server without the default model gets the first one that it lists. */
async function describeModels({ id, kind, pictureModel }: Service): Promise<string> {
  const reply = await request('provider:models', { provider: id });
  const all = reply.ok ? reply.value : [];
  const models = forPictures(all);
  const first = firstPictureModel(models, null);
  if (!first) return t('connect.works');
  const { anyServer, defaultModel } = serviceKinds[kind];
  const inUse = pictureModel ?? defaultModel;
  if (anyServer && !models.some((model) => model.id === inUse)) {
    await useServices.getState().change(id, { pictureModel: first.id });
  }
  return countModels(all);
}

/** Describes how many models a service lists, and how many of them make pictures if that is known and not all do. */
export function countModels(models: readonly OfferedModel[]): string {
  const pictures = models.filter(({ makes }) => makes === 'pictures').length;
  return pictures === 0 || pictures === models.length
    ? t('connect.works_with_models', { count: models.length })
    : t('connect.works_with_kinds', { count: models.length, pictures });
}

/** Returns the models that make pictures, or may do so, because most services do not say. */
function forPictures(models: readonly OfferedModel[]): OfferedModel[] {
  const sure = models.filter(({ makes }) => makes === 'pictures');
  return sure.length > 0 ? sure : models.filter(({ makes }) => makes === null);
}
