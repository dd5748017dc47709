// Starts what answers with which key, and through which proxy, a provider is reached.
import { session } from 'electron';
import { keyedProviders } from '../../../shared/domain/keys';
import { type Environment, keysFromEnvironment } from '../config/environment';
import { systemKeychain } from '../config/keychain';
import { providerAddresses } from '../config/provider-configuration';
import { createSecrets } from '../config/secrets';
import { createSystemProxy } from '../config/system-proxy';
import type { ReadStore } from '../db/open';
import type { Logs } from '../logging/app-log';
import { every } from './timers';

export type ConfigParts = {
  environment: Environment;
  dataFolder: string;
  store: Pick<ReadStore, 'settings'>;
  logs: Pick<Logs, 'concealKeys'>;
};

export function startConfig(
  { environment, dataFolder, store, logs }: ConfigParts,
  listeners: { onKeys: () => void; onKeysUnreadable: (movedTo: string) => void; onProxy: () => void },
) {
  const secrets = createSecrets({
    dataFolder,
    keychain: systemKeychain,
    environment: keysFromEnvironment(environment),
    onChange: listeners.onKeys,
    onUnreadable: listeners.onKeysUnreadable,
  });
  logs.concealKeys(() => keyedProviders.map(secrets.get));
  const proxy = createSystemProxy({
    reload: () => session.defaultSession.forceReloadProxyConfig(),
    resolve: (url) => session.defaultSession.resolveProxy(url),
    addresses: () => providerAddresses(environment, store.settings.read(), secrets.get),
    onChange: listeners.onProxy,
    every,
  });
  return { secrets, proxy };
}
