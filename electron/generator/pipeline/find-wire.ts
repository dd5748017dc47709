// Finds the service of a job, and its implementation.
import { type Failure, failure } from '../../../shared/domain/errors';
import type { ServiceId } from '../../../shared/domain/services';
import type { ServiceConfiguration } from '../../../shared/generator/jobs';
import { wireOf } from '../services/registry';
import type { Service } from '../services/service';

export type FoundService = { ok: true; service: ServiceConfiguration; wire: Service };

/** Returns `unknown_provider` for a service that was removed, or that only another version has. */
export function findWire(services: readonly ServiceConfiguration[], id: ServiceId): FoundService | Failure {
  // A removed service has lost its custom address, and would be requested at its kind's default address.
  const service = services.find((candidate) => candidate.id === id && !candidate.isRemoved);
  return service ? { ok: true, service, wire: wireOf(service.kind) } : failure('unknown_provider');
}
