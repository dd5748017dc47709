// Answers requests about limits and costs.
import type { usageRequests } from '../../../shared/contract/usage';
import { success } from '../../../shared/domain/errors';
import type { HandlersOf } from '../ipc/handlers';
import type { UsageReader } from './usage';

export function createUsageHandlers(usage: UsageReader): HandlersOf<typeof usageRequests> {
  return {
    'usage:read': () => success(usage.read()),
    'usage:estimate': ({ provider, model, resolution }) =>
      success(usage.estimate(provider, model, resolution)),
    'usage:costs': () => success(usage.costs()),
  };
}
