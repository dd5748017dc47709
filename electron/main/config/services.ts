// The services of this run, and the user's changes to them.
import { isDeepStrictEqual } from 'node:util';
import type { RequestInput } from '../../../shared/contract';
import type { ServiceList } from '../../../shared/contract/services';
import { refuseAddress } from '../../../shared/domain/addresses';
import { engineServiceId, engineServiceName } from '../../../shared/domain/engine';
import { failure, type Result, success } from '../../../shared/domain/errors';
import { useServiceDirectory } from '../../../shared/domain/service-directory';
import { originOf, originsOfHeaders } from '../../../shared/domain/service-origin';
import {
  type Consents,
  distinctName,
  isNameOfAddress,
  nameOfAddress,
  newService,
  type Service,
  type ServiceId,
  serviceIdSchema,
  shownServiceName,
} from '../../../shared/domain/services';
import { createServiceList, noEngine, type ServiceListOptions, withoutRemoval } from './service-list';

export type Services = ReturnType<typeof createServices>;

/** The user's input for a new service; its kind provides the rest. */
export type NewService = RequestInput<'services:add'>;

/** The painter must always be available. */
const alwaysThere: ServiceId = 'painter';

export function createServices(options: ServiceListOptions) {
  const { store, environment, run, engine = () => noEngine, now } = options;
  let listeners: (() => void)[] = [];
  /** Whether the services are those of AFTERIMAGE_SERVICES. */
  const isOfRun = run !== null;
  const chosenBefore = store.settings.read().provider;
  const { list, effective, find, save, ownsEngine, origins } = createServiceList(options);

  /** Adds the engine's service when its first model is installed, or restores it when a new one is. */
  function ensureEngine(isNew: boolean): void {
    if (!engine().isPresent || isOfRun) return;
    const row = store.services.list().find(({ id }) => id === engineServiceId);
    const added = { ...newService(engineServiceId, 'sd-server', engineServiceName), removedAt: null };
    if (row === undefined) store.transaction(() => store.services.add(added));
    // A run with AFTERIMAGE_SERVICES may have used this id for another service.
    else if (row.kind !== 'sd-server') store.transaction(() => store.services.write(added));
    else if (isNew && row.removedAt !== null)
      store.transaction(() => store.services.write({ ...row, removedAt: null }));
  }

  function publish(): void {
    const current = effective();
    const ids = new Set(current.map(({ id }) => id));
    useServiceDirectory([...store.services.list().filter(({ id }) => !ids.has(id)), ...current]);
  }
  publish();

  function publishChange(): void {
    publish();
    for (const listener of listeners) listener();
  }

  /** Returns the origins for a changed service's headers: the previous ones, or for new headers the current one. */
  function headersFor(before: Service, after: Service): Service['headersFor'] {
    if (isDeepStrictEqual(before.headers, after.headers)) {
      const isElsewhere = originOf(before.kind, before.address) !== originOf(after.kind, after.address);
      const hasHeaders = Object.keys(after.headers).length > 0;
      return isElsewhere && hasHeaders ? originsOfHeaders(before) : before.headersFor;
    }
    const saved = originOf(after.kind, after.address);
    // An unchanged address may be overridden by the environment.
    const inUse = after.address === before.address ? origins.inUse(after.id) : saved;
    return inUse === saved ? null : [inUse].filter((origin) => origin !== null);
  }

  function consent(id: ServiceId, given: (service: Service) => Partial<Consents>): Result<null> {
    const service = find(id);
    if (!service) return failure('not_found');
    save({ ...service, ...given(service) });
    publishChange();
    return success(null);
  }

  /** Returns the name, with a number if another service has it. @param id of the service itself; null for a new one */
  function freeName(name: string, id: ServiceId | null): string {
    const others = list().filter((service) => service.id !== id);
    return distinctName(
      name,
      others.flatMap((service) => [service.name, shownServiceName(service)]),
    );
  }

  /** Returns the name of a service after a change of address: a name derived from the address follows it. */
  function nameAt({ id, name, address }: Service, next: string | null | undefined): string {
    if (!next || address === null || !isNameOfAddress(name, address)) return name;
    return nameOfAddress(next) === nameOfAddress(address) ? name : freeName(nameOfAddress(next), id);
  }

  function refusal({ kind, address }: Pick<Service, 'kind' | 'address'>) {
    return address === null
      ? null
      : refuseAddress(kind, address, store.settings.read().allowPrivateAddresses);
  }

  /** Returns what the renderer shows. */
  function describe(): ServiceList {
    const services = list();
    const ids = new Set(services.map(({ id }) => id));
    const removed = store.services.list().filter(({ id }) => !ids.has(id));
    const addresses = effective().flatMap(({ id, address, isAddressFromEnvironment }) =>
      isAddressFromEnvironment && address !== null ? [[id, address] as const] : [],
    );
    return {
      services,
      removed: removed.map(({ id, kind, name, address }) => ({ id, kind, name, address })),
      addresses: Object.fromEntries(addresses),
      isFromEnvironment: isOfRun,
    };
  }

  return {
    ownsEngine,
    origins,
    /** Returns whether the engine can make pictures. */
    canRunEngine: (): boolean => !isOfRun && engine().canRun,
    /**
     * Call when the engine's models have changed, and once at start. @param isNew whether the user made the change
     */
    onEngine(isNew: boolean): void {
      ensureEngine(isNew);
      publishChange();
    },
    /** Call when services were saved elsewhere, for example by importing an export. */
    reload: publishChange,
    list,
    describe,
    effective,
    find,
    /** Returns why the services cannot keep their addresses with this setting; null if they can. */
    refuseAddresses(allowPrivate: boolean) {
      const refused = list().map(({ kind, address }) =>
        address === null || isOfRun ? null : refuseAddress(kind, address, allowPrivate),
      );
      return refused.find((code) => code !== null) ?? null;
    },
    /** Returns the service that the environment puts in use; null if it names none. */
    fromEnvironment(): ServiceId | null {
      if (environment.provider !== null && find(environment.provider)) return environment.provider;
      const { provider } = store.settings.read();
      const services = isOfRun ? list() : [];
      // The user may have chosen another service during this run.
      if (provider !== chosenBefore && services.some(({ id }) => id === provider)) return null;
      return services[0]?.id ?? null;
    },
    /** Calls `listener` after every change of a service. */
    on(listener: () => void): void {
      listeners = [...listeners, listener];
    },
    /** Adds a service after the others. Its id is unique even among removed services. */
    add(added: NewService): Result<Service> {
      if (isOfRun) return failure('services_from_environment');
      const refused = refusal({ kind: added.kind, address: added.address ?? null });
      if (refused !== null) return failure(refused);
      const taken = new Set([...store.services.list(), ...list()].map(({ id }) => id));
      const service: Service = {
        ...newService(freeId(added.kind, taken), added.kind, added.name),
        ...withoutUndefined(added),
        name: freeName(added.name, null),
      };
      store.transaction(() => store.services.add({ ...service, removedAt: null }));
      publishChange();
      return success(service);
    },
    change(id: ServiceId, changes: RequestInput<'services:change'>['changes']): Result<Service> {
      const before = find(id);
      if (!before) return failure('not_found');
      const name = changes.name === undefined ? nameAt(before, changes.address) : freeName(changes.name, id);
      const changed: Service = { ...before, ...withoutUndefined(changes), name };
      const service = { ...changed, headersFor: headersFor(before, changed) };
      // Validate only a new address: renaming must not fail because of an old one.
      const refused = service.address === before.address ? null : refusal(service);
      if (refused !== null) return failure(refused);
      if (id === alwaysThere && !service.enabled) return failure('service_needed');
      save(service);
      publishChange();
      return success(service);
    },
    /** Allows a service's headers to be sent to one more origin. */
    allowHeaders: (id: ServiceId, origin: string) =>
      consent(id, (service) => ({ headersFor: withOrigin(originsOfHeaders(service), origin) })),
    /** Allows keys from the environment to be sent to one more origin. */
    allowEnvironmentKey: (id: ServiceId, origin: string) =>
      consent(id, (service) => ({ environmentKeyFor: withOrigin(service.environmentKeyFor, origin) })),
    /** Removes a service from the list. Its row stays, for the names in the history and for `restore`. */
    remove(id: ServiceId): Result<null> {
      if (isOfRun) return failure('services_from_environment');
      if (id === alwaysThere) return failure('service_needed');
      const service = find(id);
      if (!service) return failure('not_found');
      store.transaction(() => {
        store.services.write({ ...service, removedAt: now() });
        if (store.settings.read().provider === id) store.settings.write({ provider: 'automatic' });
      });
      publishChange();
      return success(null);
    },
    restore(id: ServiceId): Result<Service> {
      const removed = store.services.list().find((service) => service.id === id);
      if (isOfRun || !removed) return failure('not_found');
      // Another service may have taken its name meanwhile.
      const restored = { ...withoutRemoval(removed), name: freeName(removed.name, id) };
      store.transaction(() => store.services.write({ ...restored, removedAt: null }));
      publishChange();
      return success(restored);
    },
    /** Reorders the services. Those not listed come last. */
    order(ids: readonly ServiceId[]): Result<null> {
      if (isOfRun) return failure('services_from_environment');
      const known = store.services.list().map(({ id }) => id);
      const named = [...new Set(ids)].filter((id) => known.includes(id));
      store.transaction(() => store.services.order([...named, ...known.filter((id) => !named.includes(id))]));
      publishChange();
      return success(null);
    },
  };
}

function withOrigin(origins: readonly string[], origin: string): string[] {
  return [...new Set([...origins, origin])];
}

type Defined<Values> = { [Key in keyof Values]?: Exclude<Values[Key], undefined> };

/** A field that is absent from a request is undefined once it is parsed. */
function withoutUndefined<Values extends object>(values: Values): Defined<Values> {
  // Object.fromEntries forgets the names of the keys.
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Defined<Values>;
}

/** Returns the kind's name as the id, with the first free number if it is taken. */
function freeId(kind: string, taken: ReadonlySet<ServiceId>): ServiceId {
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? kind : `${kind}-${count}`;
    if (!taken.has(id)) return serviceIdSchema.parse(id);
  }
}
