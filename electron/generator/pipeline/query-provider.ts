// Requests to a service that generate nothing: whether its key works, and which models and files it offers.
import { type Failure, failure, failureLike, type Result, success } from '../../../shared/domain/errors';
import type { OfferedModel } from '../../../shared/domain/models';
import type { ServiceId } from '../../../shared/domain/services';
import type { WorkflowFiles } from '../../../shared/domain/workflows';
import type { ServiceConfiguration } from '../../../shared/generator/jobs';
import type { Sentence } from '../../../shared/languages/sentence';
import type { Service, ServiceContext } from '../services/service';
import { findWire } from './find-wire';

/** The user cannot cancel these requests, so they time out. */
const timeoutMs = 20_000;

/** The running check of each service. */
const checks = new Map<ServiceId, AbortController>();

/**
 * Checks a service's key and address. A new check cancels the previous one, whose key or address is no longer in
 * use.
 *
 * @returns a sentence about what works, or the failure.
 */
export async function checkProvider(
  id: ServiceId,
  services: readonly ServiceConfiguration[],
): Promise<Result<Sentence>> {
  checks.get(id)?.abort();
  const controller = new AbortController();
  checks.set(id, controller);
  const checked = await query(id, services, ({ check }) => check, controller);
  if (checks.get(id) === controller) checks.delete(id);
  if (checked?.ok) return success(checked.says);
  return checked ? failureLike(checked) : failure('nothing_to_check');
}

/** Lists a service's models; `nothing_to_list` if it has no list. */
export async function listModels(
  id: ServiceId,
  services: readonly ServiceConfiguration[],
): Promise<Result<OfferedModel[]>> {
  const offered = await query(id, services, ({ listModels: list }) => list);
  if (offered?.ok) return success(offered.models);
  // Omits the cost and the service's own message, which only a failed job has.
  return offered ? failureLike(offered) : failure('nothing_to_list');
}

/** Returns the files that nodes of these classes can load, by `class/input`. */
export async function listFiles(
  id: ServiceId,
  services: readonly ServiceConfiguration[],
  classes: readonly string[],
): Promise<Result<WorkflowFiles>> {
  const listed = await query(id, services, ({ listFiles: list }) =>
    list ? (context) => list(context, classes) : undefined,
  );
  if (listed?.ok) return success(listed.files);
  return listed ? failureLike(listed) : failure('nothing_to_list');
}

/** Sends a request of a service. Returns undefined if the service does not support it. */
async function query<Value>(
  id: ServiceId,
  services: readonly ServiceConfiguration[],
  requestOf: (wire: Service) => ((context: ServiceContext) => Promise<Value>) | undefined,
  controller = new AbortController(),
): Promise<Value | Failure | undefined> {
  const found = findWire(services, id);
  if (!found.ok) return found;
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  try {
    return await requestOf(found.wire)?.({ service: found.service, signal: controller.signal });
  } finally {
    clearTimeout(timer);
  }
}
