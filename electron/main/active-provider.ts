// Which provider the next picture goes to.
import type { ActiveProvider } from '../../shared/ipc';
import type { Settings } from '../../shared/settings';
import type { Environment } from './environment';

/** The environment decides, then the setting; `automatic` takes Google when there is a key. */
export function chooseProvider(environment: Environment, settings: Settings): ActiveProvider {
  if (environment.provider !== null) return { id: environment.provider, reason: 'environment' };
  if (settings.provider !== 'automatic') return { id: settings.provider, reason: 'settings' };
  if (environment.google.apiKey !== null) return { id: 'google', reason: 'key' };
  return { id: 'painter', reason: 'no-key' };
}
