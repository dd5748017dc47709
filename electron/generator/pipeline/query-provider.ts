// Requests to a provider that make nothing: whether its key works, and which models it offers.
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { OfferedModel, ProviderId } from '../../../shared/domain/models';
import type { ProviderConfiguration } from '../../../shared/generator/jobs';
import { services } from '../services/registry';
import type { ServiceContext } from '../services/service';

/** The user cannot cancel these requests, so they time out. */
const timeoutMs = 20_000;

/** Returns a sentence about what works, or why the key or the address does not. */
export async function checkProvider(
  id: ProviderId,
  configuration: ProviderConfiguration,
): Promise<Result<string>> {
  const checked = await withTimeout(configuration, services[id].check);
  return checked?.ok ? success(checked.message) : (checked ?? failure('nothing_to_check'));
}

export async function listModels(
  id: ProviderId,
  configuration: ProviderConfiguration,
): Promise<Result<OfferedModel[]>> {
  const offered = await withTimeout(configuration, services[id].listModels);
  return offered?.ok ? success(offered.models) : (offered ?? failure('nothing_to_list'));
}

/** Returns undefined when the service does not support the request. */
async function withTimeout<Value>(
  configuration: ProviderConfiguration,
  request?: (context: ServiceContext) => Promise<Value>,
): Promise<Value | undefined> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  try {
    return await request?.({ configuration, signal: controller.signal });
  } finally {
    clearTimeout(timer);
  }
}
