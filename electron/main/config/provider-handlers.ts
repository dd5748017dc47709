// What the screen may ask of keys and providers. No answer carries a key.
import { success } from '../../../shared/domain/errors';
import type { Generator } from '../generation/generator-process';
import type { Handlers } from '../ipc/handlers';
import type { Secrets } from './secrets';

type ProviderHandlers = Pick<
  Handlers,
  'keys:read' | 'keys:set' | 'keys:remove' | 'provider:check' | 'provider:models'
>;

export function createProviderHandlers(
  secrets: Secrets,
  generator: Pick<Generator, 'check' | 'listModels'>,
): ProviderHandlers {
  return {
    'keys:read': async () => success(await secrets.state()),
    'keys:set': ({ provider, key, remember }) => secrets.set(provider, key, remember),
    'keys:remove': ({ provider }) => secrets.remove(provider),
    'provider:check': ({ provider }) => generator.check(provider),
    'provider:models': ({ provider }) => generator.listModels(provider),
  };
}
