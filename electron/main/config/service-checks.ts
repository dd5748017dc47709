// Tests services, and keeps what each test has said until the key or the address of its service changes.
import { type ErrorCode, explanationOf, isAboutKey, type Result } from '../../../shared/domain/errors';
import type { ServiceCheck, ServiceId } from '../../../shared/domain/services';
import type { Store } from '../db/open';

/** Failures of the app itself, which say nothing of a service. */
const ownFailures: readonly ErrorCode[] = ['cancelled', 'generator_stopped', 'internal', 'not_found'];

export type ServiceChecks = ReturnType<typeof createServiceChecks>;

/** @param onChange called when something else is known of a service, so that another one may be in use. */
export function createServiceChecks(
  store: Pick<Store, 'serviceChecks' | 'transaction'>,
  now: () => number,
  onChange: () => void = () => {},
) {
  /** The newest test of each service: the answer of an older one says nothing about what was changed since. */
  const newest = new Map<ServiceId, symbol>();

  return {
    /** Runs a test, and keeps what it says. */
    async run<Value>(service: ServiceId, test: () => Promise<Result<Value>>): Promise<Result<Value>> {
      const mine = Symbol();
      newest.set(service, mine);
      const result = await test();
      if (newest.get(service) !== mine || (!result.ok && ownFailures.includes(result.code))) return result;
      const problem = result.ok ? null : { code: result.code, ...explanationOf(result) };
      store.transaction(() => store.serviceChecks.set({ service, at: now(), problem }));
      onChange();
      return result;
    },
    /** Forgets what is known of a service, whose key or address has changed. */
    forget(service: ServiceId): void {
      newest.delete(service);
      store.transaction(() => store.serviceChecks.remove(service));
      onChange();
    },
    list: (): ServiceCheck[] => store.serviceChecks.list(),
  };
}

/** Returns whether the last test of a service has found that its key is not accepted. */
export function wasKeyRefused({ serviceChecks }: Pick<Store, 'serviceChecks'>, id: ServiceId): boolean {
  const last = serviceChecks.list().find(({ service }) => service === id);
  return last?.problem != null && isAboutKey(last.problem.code);
}
