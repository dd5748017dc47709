// Starts services, keys and proxies: everything needed to reach a provider.
import { session } from 'electron';
import type { ProxyLoginQuestion } from '../../../shared/contract/proxy';
import { type Environment, keysFromEnvironment } from '../config/environment';
import { systemKeychain } from '../config/keychain';
import { createProxyLogins } from '../config/proxy-logins';
import { readServicesFile } from '../config/read-services-file';
import { createSecrets } from '../config/secrets';
import type { EnginePresence } from '../config/service-list';
import { createServices } from '../config/services';
import { systemProxyOf } from '../config/session-proxy';
import type { Store } from '../db/open';
import type { Logs } from '../logging/app-log';

export type ConfigParts = {
  environment: Environment;
  dataFolder: string;
  store: Store;
  logs: Pick<Logs, 'concealKeys'>;
  engine: () => EnginePresence;
};

export function startConfig(
  { environment, dataFolder, store, logs, engine }: ConfigParts,
  listeners: {
    onKeys: () => void;
    onKeysUnreadable: (movedTo: string) => void;
    onServicesUnreadable: (reason: string) => void;
    onProxyQuestion: (question: ProxyLoginQuestion | null) => void;
  },
) {
  const file = environment.services === null ? null : readServicesFile(environment.services);
  if (file?.ok === false) {
    console.error(file.message);
    listeners.onServicesUnreadable(file.message);
  }
  const run = file?.ok ? file : null;
  const services = createServices({ store, environment, run: run?.services ?? null, engine, now: Date.now });
  const environmentKeys = keysFromEnvironment(environment);
  const secrets = createSecrets({
    dataFolder,
    keychain: systemKeychain,
    ids: () => services.list().map(({ id }) => id),
    // With AFTERIMAGE_SERVICES, a variable's key applies to every service of its kind.
    fromEnvironment: (id) =>
      run === null
        ? (environmentKeys.get(id) ?? null)
        : (run.keys.get(id) ?? environmentKeys.get(services.find(id)?.kind ?? id) ?? null),
    origins: services.origins,
    allowOfEnvironment: services.allowEnvironmentKey,
    isStored: run === null,
    onChange: listeners.onKeys,
    onUnreadable: listeners.onKeysUnreadable,
  });
  const proxyLogins = createProxyLogins({
    dataFolder,
    keychain: systemKeychain,
    onQuestion: listeners.onProxyQuestion,
  });
  logs.concealKeys(() => [...secrets.all(), ...proxyLogins.passwords()]);
  return { services, secrets, proxy: systemProxyOf(session.defaultSession), proxyLogins };
}
