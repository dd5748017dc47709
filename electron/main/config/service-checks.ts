// Tests services, and remembers the last result of a test or request until the key or address changes.
import { type ErrorCode, explanationOf, isAboutKey, type Result } from '../../../shared/domain/errors';
import type { ServiceCheck, ServiceId } from '../../../shared/domain/services';
import type { Outcome } from '../../../shared/generator/messages';
import type { Store } from '../db/open';

/** Failures of the app itself, which say nothing about a service. */
const ownFailures: readonly ErrorCode[] = ['cancelled', 'generator_stopped', 'internal', 'not_found'];

export type ServiceChecks = ReturnType<typeof createServiceChecks>;

export type ServiceChecksOptions = {
  store: Pick<Store, 'serviceChecks' | 'transaction'>;
  /**
   * Returns whether the key in use comes from the environment. Its test results last for this run and do not apply to
   * a saved key.
   */
  isOfRun: (service: ServiceId) => boolean;
  now: () => number;
  /** Called when the status of a service has changed, so that another one may be in use. */
  onChange: () => void;
  /** Called when a result could not be written, for example on a full disk. */
  onWriteError: (error: unknown) => void;
};

export function createServiceChecks({ store, isOfRun, now, onChange, onWriteError }: ServiceChecksOptions) {
  /** The newest test of each service. Results of older ones are outdated. */
  const newest = new Map<ServiceId, symbol>();
  const ofRun = new Map<ServiceId, ServiceCheck>();
  /** Refusals by requests of this run, after the last test. */
  const refusals = new Map<ServiceId, ServiceCheck>();
  /** A token that is replaced when the key or the address of a service changes. */
  const configurations = new Map<ServiceId, symbol>();

  function keep(check: ServiceCheck): void {
    if (isOfRun(check.service)) ofRun.set(check.service, check);
    else store.transaction(() => store.serviceChecks.set(check));
  }

  function tests(): ServiceCheck[] {
    return [...store.serviceChecks.list(), ...ofRun.values()].filter(
      (check) => isOfRun(check.service) === (ofRun.get(check.service) === check),
    );
  }

  function list(): ServiceCheck[] {
    return [...tests().filter(({ service }) => !refusals.has(service)), ...refusals.values()];
  }

  function learn(service: ServiceId, outcome: Outcome): void {
    const isRefused = outcome.type === 'failed' && outcome.code === 'key_rejected';
    const isNews = refuses(list(), service) ? outcome.type !== 'failed' : isRefused;
    if (!isNews) return;
    if (isRefused) {
      const problem = { code: outcome.code, ...explanationOf(outcome) };
      refusals.set(service, { service, at: now(), problem });
    } else {
      refusals.delete(service);
      keep({ service, at: now(), problem: null });
    }
    onChange();
  }

  return {
    /** Runs a test and remembers its result. */
    async run<Value>(service: ServiceId, test: () => Promise<Result<Value>>): Promise<Result<Value>> {
      const mine = Symbol();
      newest.set(service, mine);
      const result = await test();
      if (newest.get(service) !== mine || (!result.ok && ownFailures.includes(result.code))) return result;
      const problem = result.ok ? null : { code: result.code, ...explanationOf(result) };
      refusals.delete(service);
      keep({ service, at: now(), problem });
      onChange();
      return result;
    },
    /**
     * Learns from a request whether its service accepts the key. A rejection counts in this run, until a test or another
     * request says otherwise. Ignores a request that used an earlier key. Resolves with the outcome of the request; never
     * rejects.
     */
    async learnFrom(service: ServiceId, request: Promise<Outcome>): Promise<Outcome> {
      const configuration = configurations.get(service);
      const outcome = await request;
      if (configurations.get(service) !== configuration) return outcome;
      try {
        learn(service, outcome);
      } catch (error) {
        onWriteError(error);
      }
      return outcome;
    },
    /** Forgets the status of a service whose key or address has changed. */
    forget(service: ServiceId): void {
      newest.delete(service);
      configurations.set(service, Symbol());
      ofRun.delete(service);
      refusals.delete(service);
      store.transaction(() => store.serviceChecks.remove(service));
      onChange();
    },
    list,
    /** Returns whether what is last known of the key in use is that it is not accepted. */
    isKeyRefused: (id: ServiceId): boolean => refuses(list(), id),
    /** Returns whether its last test has said so. A service does not go out of use in the middle of a chat. */
    isRefusedByTest: (id: ServiceId): boolean => refuses(tests(), id),
  };
}

function refuses(checks: readonly ServiceCheck[], id: ServiceId): boolean {
  const last = checks.find(({ service }) => service === id);
  return last?.problem != null && isAboutKey(last.problem.code);
}
