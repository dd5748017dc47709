// Finds the service of a job, and its implementation.
import { type Failure, failure } from '../../../shared/domain/errors';
import type { ServiceId } from '../../../shared/domain/services';
import type { ServiceConfiguration } from '../../../shared/generator/jobs';
import { wireOf } from '../services/registry';
import type { Service } from '../services/service';

export type FoundService = { ok: true; service: ServiceConfiguration; wire: Service };

/** Returns `unknown_provider` for a service that is not there any more, or that another version has added. */
export function findWire(services: readonly ServiceConfiguration[], id: ServiceId): FoundService | Failure {
  // Without the address that it had, a removed service would be asked at the usual one of its kind.
  const service = services.find((candidate) => candidate.id === id && !candidate.isRemoved);
  return service ? { ok: true, service, wire: wireOf(service.kind) } : failure('unknown_provider');
}
