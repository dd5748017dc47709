// The model lists of the services, loaded when the list of models opens.

import { create } from 'zustand';
import type { OfferedModel } from '../../../shared/domain/models';
import type { Service, ServiceId } from '../../../shared/domain/services';
import { request } from '../../ipc';
import { useProviders } from '../settings/providers-store';
import { lacksKey } from '../settings/service-keys';
import { useServices } from '../settings/services-store';
import { connectionFacts, isConnected } from './connected-services';
import { useModelUses } from './model-uses-store';

/** Age after which a list is read again when the user opens it (ms). */
const maxAgeMs = 10 * 60_000;

type Fetched = { at: number; models: readonly OfferedModel[]; address: string | null };

type ModelListsState = {
  /** Why the list of a service could not be read, in a sentence. */
  problems: Readonly<Record<ServiceId, string>>;
  /** The services whose lists are being read. */
  loading: ReadonlySet<ServiceId>;
  /** Returns whether there is nothing to read. */
  isComplete: () => boolean;
  /** Returns whether lists have to be read whose contents are unknown. */
  isUnknown: () => boolean;
  /** Reads missing and old lists. Called only when the user opens the list, because it sends requests to the services. */
  load: () => Promise<void>;
};

export const useModelLists = create<ModelListsState>()((set, get) => {
  const fetched = new Map<ServiceId, Fetched>();

  function isFresh({ id, address }: Service): boolean {
    const known = fetched.get(id);
    return known !== undefined && known.address === address && performance.now() - known.at < maxAgeMs;
  }

  async function read(service: Service): Promise<void> {
    const { id, address } = service;
    if (get().loading.has(id)) return;
    set(({ loading }) => ({ loading: new Set([...loading, id]) }));
    const reply = await request('provider:models', { provider: id });
    const loading = new Set(get().loading);
    loading.delete(id);
    if (reply.ok) {
      fetched.set(id, { at: performance.now(), models: reply.value, address });
      const { [id]: _solved, ...problems } = get().problems;
      useProviders.getState().receiveModels(id, reply.value);
      set({ loading, problems });
      return;
    }
    // It is not a problem if a service has no list: its known models are offered.
    const isProblem = reply.code !== 'nothing_to_list';
    set({ loading, ...(isProblem && { problems: { ...get().problems, [id]: reply.message } }) });
    if (!isProblem) fetched.set(id, { at: performance.now(), models: [], address });
  }

  function stale(): Service[] {
    const facts = connectionFacts();
    return useServices
      .getState()
      .services.filter((service) => isConnected(service, facts) && mayList(service) && !isFresh(service));
  }

  return {
    problems: {},
    loading: new Set(),
    isComplete: () => stale().length === 0,
    isUnknown() {
      const { offered } = useProviders.getState();
      return stale().some(({ id }) => offered[id] === undefined && get().problems[id] === undefined);
    },
    async load() {
      // Both determine which services are connected.
      await Promise.all([useModelUses.getState().read(), useProviders.getState().readKeys()]);
      await Promise.all(stale().map(read));
    },
  };
});

function mayList(service: Service): boolean {
  const { enabled, kind } = service;
  return enabled && kind !== 'painter' && !lacksKey(service);
}
