// Answers requests to change settings.
import type { NumberedProvider } from '../../../shared/contract/services';
import type { settingsRequests } from '../../../shared/contract/settings';
import { failure, success } from '../../../shared/domain/errors';
import type { Settings } from '../../../shared/domain/settings';
import type { Store } from '../db/open';
import type { HandlersOf } from '../ipc/handlers';
import type { Services } from './services';

export type SettingsOptions = {
  store: Pick<Store, 'settings' | 'transaction'>;
  readProvider: () => NumberedProvider;
  services: Pick<Services, 'refuseAddresses' | 'find'>;
  /** Called after a change was saved. */
  onChange: (settings: Settings, before: Settings) => void;
};

export function createSettingsHandlers({
  store,
  readProvider,
  services,
  onChange,
}: SettingsOptions): HandlersOf<typeof settingsRequests> {
  return {
    'settings:set': (changes) => {
      const before = store.settings.read();
      const { provider = 'automatic' } = changes;
      if (provider !== 'automatic' && !services.find(provider)) return failure('unknown_provider');
      const refused = changes.allowPrivateAddresses === false ? services.refuseAddresses(false) : null;
      if (refused !== null) return failure(refused);
      store.transaction(() => store.settings.write(changes));
      const settings = store.settings.read();
      onChange(settings, before);
      return success({ settings, provider: readProvider() });
    },
  };
}
