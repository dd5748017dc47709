// Tests services, and keeps what each test has said until the key or the address of its service changes.
import { type ErrorCode, explanationOf, isAboutKey, type Result } from '../../../shared/domain/errors';
import type { ServiceCheck, ServiceId } from '../../../shared/domain/services';
import type { Store } from '../db/open';

/** Failures of the app itself, which say nothing of a service. */
const ownFailures: readonly ErrorCode[] = ['cancelled', 'generator_stopped', 'internal', 'not_found'];

export type ServiceChecks = ReturnType<typeof createServiceChecks>;

export type ServiceChecksOptions = {
  store: Pick<Store, 'serviceChecks' | 'transaction'>;
  /** Returns whether the key in use is the environment's. A test of it says nothing of a saved key, and lasts for this run. */
  isOfRun: (service: ServiceId) => boolean;
  now: () => number;
  /** Called when something else is known of a service, so that another one may be in use. */
  onChange: () => void;
};

export function createServiceChecks({ store, isOfRun, now, onChange }: ServiceChecksOptions) {
  /** The newest test of each service: the answer of an older one says nothing about what was changed since. */
  const newest = new Map<ServiceId, symbol>();
  const ofRun = new Map<ServiceId, ServiceCheck>();

  function keep(check: ServiceCheck): void {
    if (isOfRun(check.service)) ofRun.set(check.service, check);
    else store.transaction(() => store.serviceChecks.set(check));
  }

  function list(): ServiceCheck[] {
    return [...store.serviceChecks.list(), ...ofRun.values()].filter(
      (check) => isOfRun(check.service) === (ofRun.get(check.service) === check),
    );
  }

  return {
    /** Runs a test, and keeps what it says. */
    async run<Value>(service: ServiceId, test: () => Promise<Result<Value>>): Promise<Result<Value>> {
      const mine = Symbol();
      newest.set(service, mine);
      const result = await test();
      if (newest.get(service) !== mine || (!result.ok && ownFailures.includes(result.code))) return result;
      const problem = result.ok ? null : { code: result.code, ...explanationOf(result) };
      keep({ service, at: now(), problem });
      onChange();
      return result;
    },
    /** Forgets what is known of a service, whose key or address has changed. */
    forget(service: ServiceId): void {
      newest.delete(service);
      ofRun.delete(service);
      store.transaction(() => store.serviceChecks.remove(service));
      onChange();
    },
    list,
    /** Returns whether the last test of the key in use has found that it is not accepted. */
    isKeyRefused(id: ServiceId): boolean {
      const last = list().find(({ service }) => service === id);
      return last?.problem != null && isAboutKey(last.problem.code);
    },
  };
}
