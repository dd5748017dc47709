// The services of this run, and their changes. The main process owns the list.
import { create } from 'zustand';
import type { RequestInput } from '../../../shared/contract';
import type { ServiceList } from '../../../shared/contract/services';
import { useServiceDirectory } from '../../../shared/domain/service-directory';
import {
  builtInService,
  builtInServiceIds,
  factsOf,
  isSameName,
  maxServiceNameLength,
  type Service,
  type ServiceChanges,
  type ServiceFacts,
  type ServiceId,
  serviceNameSchema,
  shownServiceName,
} from '../../../shared/domain/services';
import { lengthProblem } from '../../../shared/domain/text-length';
import { onLanguageChange, t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { toast } from '../../ui/toasts';
import { useSettings } from './settings-store';

type ServicesState = ServiceList & {
  receive: (list: ServiceList) => void;
  /** @returns the new service; null if it was refused. */
  add: (service: RequestInput<'services:add'>) => Promise<Service | null>;
  /** @returns whether the change was saved. */
  change: (id: ServiceId, changes: ServiceChanges) => Promise<boolean>;
  remove: (service: Service) => Promise<void>;
  /** @returns whether the order was saved. */
  order: (ids: readonly ServiceId[]) => Promise<boolean>;
};

export const useServices = create<ServicesState>()((set, get) => ({
  services: builtInServiceIds.map(builtInService),
  removed: [],
  addresses: {},
  isFromEnvironment: false,

  receive(list) {
    received = list;
    const services = list.services.map(named);
    const removed = list.removed.map(named);
    useServiceDirectory([...removed, ...services.map((service) => withAddress(service, list))]);
    set({ ...list, services, removed });
  },

  async add(service) {
    const reply = await request('services:add', service);
    if (reply.ok) return reply.value;
    toast(reply.message, { tone: 'problem' });
    return null;
  },

  async change(id, changes) {
    const before = get().services;
    // Applied at once, and reverted if it could not be saved.
    set({ services: before.map((service) => (service.id === id ? { ...service, ...changes } : service)) });
    const reply = await request('services:change', { id, changes });
    if (reply.ok) return true;
    set({ services: before });
    toast(reply.message, { tone: 'problem' });
    return false;
  },

  async remove(service) {
    const { id, name } = service;
    const wasInUse = useSettings.getState().settings.provider === id;
    const reply = await request('services:remove', { id });
    if (!reply.ok) {
      toast(reply.message, { tone: 'problem' });
      return;
    }
    async function restore(): Promise<void> {
      const restored = await request('services:restore', { id });
      if (!restored.ok) return toast(restored.message, { tone: 'problem' });
      // A service that the user has started to use since stays in use.
      const { settings, change } = useSettings.getState();
      const isFree = settings.provider === id || settings.provider === 'automatic';
      if (wasInUse && isFree) await change({ provider: id });
    }
    toast(t('settings.service_removed', { name }), {
      undo: { run: restore, undone: t('ui.is_back', { name }), again: () => get().remove(service) },
    });
  },

  async order(ids) {
    const reply = await request('services:order', { ids: [...ids] });
    if (!reply.ok) toast(reply.message, { tone: 'problem' });
    return reply.ok;
  },
}));

/** The list as received from the main process, with English names. */
let received: ServiceList | null = null;
onLanguageChange(() => {
  if (received) useServices.getState().receive(received);
});

function named<Row extends Pick<Service, 'id' | 'kind' | 'name'>>(service: Row): Row {
  return { ...service, name: shownServiceName(service) };
}

function withAddress(service: Service, { addresses }: Pick<ServiceList, 'addresses'>): Service {
  const address = Object.hasOwn(addresses, service.id) ? addresses[service.id] : undefined;
  return address === undefined ? service : { ...service, address };
}

/** Returns the row of a service; undefined if it is not in the list. */
export function useService(id: ServiceId): Service | undefined {
  return useServices((state) => state.services.find((service) => service.id === id));
}

/** Returns the address in use: that of the environment, or else the saved one; null for the default one. */
export function addressOfService(service: Service): string | null {
  return withAddress(service, useServices.getState()).address;
}

/** Returns the facts about a service with the address in use. */
export function factsOfService(service: Service): ServiceFacts {
  return factsOf(withAddress(service, useServices.getState()));
}

/** Returns the names of all services but one, which must not use them. */
export function namesOfOthers(id: ServiceId | undefined): string[] {
  return useServices.getState().services.flatMap((service) => (service.id === id ? [] : [service.name]));
}

/** Returns the problem with a name that the user has entered for a service; null if it is valid. */
export function nameProblem(name: string, id: ServiceId | undefined): string | null {
  const tooLong = lengthProblem(name, maxServiceNameLength);
  if (tooLong !== null) return t('settings.service_name_too_long', { problem: tooLong });
  if (!serviceNameSchema.safeParse(name).success) return t('settings.enter_service_name');
  return namesOfOthers(id).some((other) => isSameName(other, name)) ? t('settings.service_name_taken') : null;
}
