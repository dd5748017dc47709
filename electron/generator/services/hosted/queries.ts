// Requests to a hosted service other than for pictures: its models, its files, and the check of its key.
import { failureLike } from '../../../../shared/domain/errors';
import { maxOfferedModels, type OfferedModel } from '../../../../shared/domain/models';
import { sentence } from '../../../../shared/languages/sentence';
import { failed, noConnectionFailure } from '../failures';
import { withRetries } from '../http/with-retries';
import { describeCount } from '../name-offered-model';
import type { Service, ServiceContext, ServiceFailure } from '../service';
import { endpointOf } from './endpoint';
import { explain } from './explain';
import type { HostedProfile, Wire } from './profile';
import type { HostedTiming } from './timing';
import { createWire, type JobState } from './wire';

type ListedModels = Exclude<HostedProfile['models'], { check: string }>;

const maxListMs = 20_000;

/** Returns the queries for which the profile has paths. */
export function createQueries(
  profile: HostedProfile,
  timing: HostedTiming,
): Pick<Service, 'listModels' | 'check' | 'listFiles'> {
  const { name, models } = profile;
  return {
    ...('check' in models
      ? {
          async check(context: ServiceContext) {
            const read = await ask(profile, timing, context, (wire) => wire.read(models.check));
            return read.ok
              ? { ok: true, says: sentence('services.key_accepted', { service: name }) }
              : failureLike(read);
          },
        }
      : {
          async listModels(context: ServiceContext) {
            const found = await list(profile, models, timing, context);
            if (!('models' in found)) return failureLike(found);
            return { ok: true, models: found.models };
          },
          async check(context: ServiceContext) {
            const found = await list(profile, models, timing, context);
            if (!('models' in found)) return failureLike(found);
            return { ok: true, says: describeCount(found.count, context.service.apiKey !== null) };
          },
        }),

    ...(profile.listFiles && {
      async listFiles(context: ServiceContext, classes: readonly string[]) {
        const { listFiles } = profile;
        const found = await ask(profile, timing, context, async (wire) => listFiles?.(classes, wire) ?? {});
        if (!found.ok) return failureLike(found);
        return { ok: true, files: found.value };
      },
    }),
  };
}

async function list(
  profile: HostedProfile,
  models: ListedModels,
  timing: HostedTiming,
  context: ServiceContext,
): Promise<{ ok: true; models: OfferedModel[]; count: number } | ServiceFailure> {
  const read = await ask(
    profile,
    timing,
    context,
    async (wire, address) =>
      'list' in models
        ? models.list(wire, address)
        : models.read(await wire.read(models.path), context.service),
    'list' in models ? models.address : undefined,
  );
  if (!read.ok) return read;
  return { ok: true, models: read.value.slice(0, maxOfferedModels), count: read.value.length };
}

/** Runs requests that generate nothing, and for which a user waits. */
async function ask<Value>(
  profile: HostedProfile,
  timing: HostedTiming,
  context: ServiceContext,
  work: (wire: Wire, address: string) => Promise<Value>,
  addressOf = (configured: string): string => configured,
): Promise<{ ok: true; value: Value } | ServiceFailure> {
  const found = endpointOf(profile, context);
  if (!('baseUrl' in found)) return found;
  const endpoint = { ...found, baseUrl: addressOf(found.baseUrl) };
  const jobState: JobState = {
    ...{ accepted: false, stops: [], warnings: [], isSeedChosen: false },
    onProgress: () => {},
  };
  const origin = {
    name: profile.name,
    model: null,
    apiKey: context.service.apiKey,
    destination: context.service,
  };
  const late = noConnectionFailure('late', context.service);
  return withRetries(
    { ...timing, timeoutMs: Math.min(timing.timeoutMs, maxListMs) },
    {
      signal: context.signal,
      onCancel: () => failed('cancelled', null),
      onTimeout: () => late,
      explain: (error, exchange) =>
        explain(error, exchange, { ...origin, accepted: false, possibleCost: null }),
      mayRetry: (_failure, { status }) => status === 503,
    },
    (tools) => work(createWire(endpoint, jobState, tools, timing.pollMs), endpoint.baseUrl),
  );
}
