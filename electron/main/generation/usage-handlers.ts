// Answers requests about limits and costs.
import type { usageRequests } from '../../../shared/contract/usage';
import { success } from '../../../shared/domain/errors';
import type { ReadFunctions } from '../db/read';
import type { HandlersOf } from '../ipc/handlers';
import type { UsageReader } from './usage';
import type { usageReads } from './usage-reads';

export function createUsageHandlers(
  usage: UsageReader,
  reads: ReadFunctions<typeof usageReads>,
): HandlersOf<typeof usageRequests> {
  return {
    'usage:read': ({ model }) => success(usage.read(model)),
    'usage:models': reads.modelUses,
    'usage:estimate': reads.estimate,
    'usage:costs': async () => {
      const days = await reads.costs({});
      return days.ok ? success({ days: days.value }) : days;
    },
  };
}
