// Answers requests to change settings.
import type { ActiveProvider } from '../../../shared/contract/services';
import type { settingsRequests } from '../../../shared/contract/settings';
import { failure, success } from '../../../shared/domain/errors';
import { refuseSettings, type Settings } from '../../../shared/domain/settings';
import type { Store } from '../db/open';
import type { HandlersOf } from '../ipc/handlers';

export type SettingsOptions = {
  store: Pick<Store, 'settings' | 'transaction'>;
  activeProvider: () => ActiveProvider;
  /** Called after a change was saved. */
  onChange: (settings: Settings, before: Settings) => void;
};

export function createSettingsHandlers({
  store,
  activeProvider,
  onChange,
}: SettingsOptions): HandlersOf<typeof settingsRequests> {
  return {
    'settings:set': (changes) => {
      const before = store.settings.read();
      const refusal = refuseSettings({
        addresses: changes.addresses ?? before.addresses,
        allowPrivateAddresses: changes.allowPrivateAddresses ?? before.allowPrivateAddresses,
      });
      if (refusal !== null) return failure(refusal);
      store.transaction(() => store.settings.write(changes));
      const settings = store.settings.read();
      onChange(settings, before);
      return success({ settings, provider: activeProvider() });
    },
  };
}
