// Starts what answers with which key, and through which proxy, a provider is reached.
import { session } from 'electron';
import type { ProxyLoginQuestion } from '../../../shared/contract/proxy';
import { keyedProviders } from '../../../shared/domain/keys';
import { type Environment, keysFromEnvironment } from '../config/environment';
import { systemKeychain } from '../config/keychain';
import { createProxyLogins } from '../config/proxy-logins';
import { createSecrets } from '../config/secrets';
import { systemProxyOf } from '../config/session-proxy';
import type { Logs } from '../logging/app-log';

export type ConfigParts = {
  environment: Environment;
  dataFolder: string;
  logs: Pick<Logs, 'concealKeys'>;
};

export function startConfig(
  { environment, dataFolder, logs }: ConfigParts,
  listeners: {
    onKeys: () => void;
    onKeysUnreadable: (movedTo: string) => void;
    onProxyQuestion: (question: ProxyLoginQuestion | null) => void;
  },
) {
  const secrets = createSecrets({
    dataFolder,
    keychain: systemKeychain,
    environment: keysFromEnvironment(environment),
    onChange: listeners.onKeys,
    onUnreadable: listeners.onKeysUnreadable,
  });
  const proxyLogins = createProxyLogins({
    dataFolder,
    keychain: systemKeychain,
    onQuestion: listeners.onProxyQuestion,
  });
  logs.concealKeys(() => [...keyedProviders.map(secrets.get), ...proxyLogins.passwords()]);
  return { secrets, proxy: systemProxyOf(session.defaultSession), proxyLogins };
}
