// The requests for one picture: submitting it with fallbacks, polling its job, and cancelling it.

import { isPrivateHost } from '../../../../shared/domain/addresses';
import { serviceKinds } from '../../../../shared/domain/service-kinds';
import { type Sentence, sentence } from '../../../../shared/languages/sentence';
import { isRecord } from '../error-body';
import type { Exchange } from '../failures';
import type { DetachedStrings } from '../http/detach-base64';
import { notSent } from '../http/tracked-fetch';
import { pause, type RequestTools } from '../http/with-retries';
import { call, StatusError } from './call';
import { listen } from './listen';
import type { Submission, Wire } from './profile';

export type Endpoint = { baseUrl: string; headers: Record<string, string>; isPrivate: boolean };

/** The state that the requests of one job have led to. */
export type JobState = {
  /** Whether the service has accepted the job, so that it may be charged. */
  accepted: boolean;
  /** The requests that end the work at the service. */
  stops: (() => Promise<unknown>)[];
  warnings: Sentence[];
  /** Whether the user chose the seed. Without it, the picture would be a different one. */
  isSeedChosen: boolean;
  /** Reports the progress of the job. */
  onProgress: Wire['progress'];
};

/** Parameters that the app adds by itself. A user who never set them is not told that one was rejected. */
const ownParameters: readonly string[] = [
  ...(['n', 'num_images', 'samples', 'output_format', 'response_format'] as const),
  ...(['watermark', 'prompt_extend'] as const),
];

/** Thrown if a job was accepted and then its state could not be read any more. */
export class LostJobError extends Error {
  override readonly name = 'LostJobError';
}

/** Thrown if an address from a service leads to another server, which must not receive the key. */
export class ForeignAddressError extends Error {
  override readonly name = 'ForeignAddressError';
}

const maxAttempts = 5;
const stopMs = 10_000;
/** Maximum wait after a cancel for the answer with the job's id (ms). The user does not wait for it. */
const lateAnswerMs = 10_000;

/** The tools of a job's requests. `strings` decodes the pictures of answers while they arrive. */
type WireTools = RequestTools & { strings?: DetachedStrings };

/** @param pollMs interval between two polls of the job. */
export function createWire(
  endpoint: Endpoint,
  jobState: JobState,
  { signal, exchange, strings }: WireTools,
  pollMs: number,
): Wire {
  const request = (
    method: 'GET' | 'POST' | 'PUT' | 'DELETE',
    path: string,
    own: Exchange,
    body?: object,
    headers: Readonly<Record<string, string>> = {},
    until = signal,
  ) =>
    call({
      ...{ url: addressWithin(endpoint, path), method, body, signal: until, exchange: own, strings },
      headers: { ...endpoint.headers, ...headers },
    });

  /** Sends the request, and again without each parameter that the service rejects. A rejected request costs nothing. */
  async function submit({
    path,
    body,
    optional = {},
    inside,
    headers,
    form,
    namesJob,
  }: Submission): Promise<unknown> {
    let remaining = optional;
    const until = namesJob ? outlasting(signal, lateAnswerMs) : signal;
    for (;;) {
      const inner = inside === undefined ? undefined : body[inside];
      const complete =
        inside === undefined
          ? { ...body, ...remaining }
          : { ...body, [inside]: { ...(isRecord(inner) ? inner : {}), ...remaining } };
      try {
        const answer = await request(
          'POST',
          path,
          exchange,
          form ? formOf(complete) : complete,
          headers,
          until,
        );
        jobState.accepted = true;
        // Treated like a broken connection, because the service has accepted the request.
        if (answer === undefined) throw new TypeError('An empty answer.');
        return answer;
      } catch (error) {
        const isRefusal = error instanceof StatusError && (error.status === 400 || error.status === 422);
        const fewer = isRefusal ? withoutRefused(remaining, error) : null;
        if (fewer === null) throw error;
        for (const name of Object.keys(remaining)) {
          const isOwn = ownParameters.includes(name) || (name === 'seed' && !jobState.isSeedChosen);
          if (!(name in fewer) && !isOwn)
            jobState.warnings.push(sentence('services.setting_refused', { name }));
        }
        remaining = fewer;
      }
    }
  }

  return {
    pollPause: () => pause(pollMs, signal),
    submit,
    async readWithRetries(path, body) {
      for (let attempts = 1; ; attempts += 1) {
        try {
          return await request(body ? 'POST' : 'GET', path, { ...notSent }, body);
        } catch (error) {
          if (signal.aborted || error instanceof ForeignAddressError) throw error;
          const isLasting = error instanceof StatusError && error.status < 500 && error.status !== 429;
          if (isLasting || attempts >= maxAttempts) throw new LostJobError('Lost.', { cause: error });
          await pause(pollMs, signal);
        }
      }
    },
    read: (path) => request('GET', path, exchange),
    upload: (path, form) => request('POST', path, exchange, form),
    stopBy(method, path, body) {
      const url = addressWithin(endpoint, path);
      const stop = () =>
        call({
          ...{ url, method, headers: endpoint.headers, body, exchange: { ...notSent } },
          signal: AbortSignal.timeout(stopMs),
        });
      // The job was cancelled before the service returned its id, so it must be ended here.
      if (signal.aborted) void stop().catch(() => undefined);
      else jobState.stops.push(stop);
    },
    warn: (warning) => void jobState.warnings.push(warning),
    progress: jobState.onProgress,
    listen: (path, onMessage) => listen(addressWithin(endpoint, path), endpoint.headers, signal, onMessage),
  };
}

function formOf(fields: Readonly<Record<string, unknown>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
  return form;
}

/** Returns a signal that aborts a number of milliseconds after another one. */
function outlasting(signal: AbortSignal, milliseconds: number): AbortSignal {
  const controller = new AbortController();
  const end = () => void setTimeout(() => controller.abort(), milliseconds).unref();
  if (signal.aborted) controller.abort();
  else signal.addEventListener('abort', end, { once: true });
  return controller.signal;
}

/** Returns the optional parameters without those that the rejection names; null if it names none. */
function withoutRefused(
  optional: Readonly<Record<string, unknown>>,
  { message }: StatusError,
): Readonly<Record<string, unknown>> | null {
  if (/moderation|content.?policy|safety/i.test(message)) return null;
  const names = Object.keys(optional).filter((name) =>
    new RegExp(`(^|[^\\w-])${name}([^\\w-]|$)`).test(message),
  );
  if (names.length === 0) return null;
  return Object.fromEntries(Object.entries(optional).filter(([name]) => !names.includes(name)));
}

/**
 * Returns the complete address. An address from the service must belong to the same server or, at a service's
 * default address, to a server of the same domain over https, because the key is sent there. Black Forest Labs
 * returns regional hosts.
 *
 * @throws ForeignAddressError
 */
export function addressWithin({ baseUrl }: Pick<Endpoint, 'baseUrl'>, path: string): string {
  if (!/^https?:/i.test(path)) return `${baseUrl}/${path.replace(/^\/+/, '')}`;
  if (!URL.canParse(path)) throw new ForeignAddressError('Not an address.');
  const base = new URL(baseUrl);
  const url = new URL(path);
  if (url.origin === base.origin) return url.href;
  const isKnown = Object.values(serviceKinds).some(
    ({ address }) => address !== null && new URL(address).hostname === base.hostname,
  );
  const domain = base.hostname.split('.').slice(-2).join('.');
  const isSameDomain = isKnown && !isPrivateHost(base.hostname) && url.hostname.endsWith(`.${domain}`);
  if (url.protocol === 'https:' && url.port === '' && isSameDomain) return url.href;
  throw new ForeignAddressError('Another server.');
}
