// Questions to a provider about itself, which nobody can cancel: they give up by themselves.
import { failure, type Result, success } from '../../../shared/domain/errors';
import type { OfferedModel, ProviderId } from '../../../shared/domain/models';
import { services } from '../services/registry';
import type { ServiceContext } from '../services/service';

/** A provider has so long to say whether a key works, or what it offers. */
const questionMs = 20_000;

type Configured = ServiceContext['configuration'];

/** @returns what the provider says of its key or its address. */
export async function check(id: ProviderId, configuration: Configured): Promise<Result<string>> {
  const verdict = await ask(configuration, services[id].check);
  return verdict?.ok ? success(verdict.message) : (verdict ?? failure('nothing_to_check'));
}

export async function listModels(id: ProviderId, configuration: Configured): Promise<Result<OfferedModel[]>> {
  const offered = await ask(configuration, services[id].listModels);
  return offered?.ok ? success(offered.models) : (offered ?? failure('nothing_to_list'));
}

/** @returns undefined where the provider has no answer to such a question. */
async function ask<Value>(
  configuration: Configured,
  question?: (context: ServiceContext) => Promise<Value>,
): Promise<Value | undefined> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), questionMs);
  try {
    return await question?.({ configuration, signal: giveUp.signal });
  } finally {
    clearTimeout(timer);
  }
}
