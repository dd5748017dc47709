// The requests for pictures in flight. Writes the received bytes to disk before anything decodes them.

import { setTimeout as wait } from 'node:timers/promises';
import { failureLike } from '../../../shared/domain/errors';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { Arrival } from '../../../shared/generator/arrivals';
import { possibleCost } from '../../../shared/generator/billing';
import type { PictureJob, ServiceConfiguration } from '../../../shared/generator/jobs';
import type { EndedPrefetch, FromGenerator } from '../../../shared/generator/messages';
import type { Codec } from '../codec/codec';
import { faultPoint } from '../codec/fault-point';
import { failed } from '../services/failures';
import type { PictureContext, ServiceFailure } from '../services/service';
import { planAnswer, writeParts } from './answer-parts';
import { discardFreeArrival, flushArrival, writeArrival } from './arrivals';
import { makeWithPart } from './change-part';
import { checkAnswer } from './check-answer';
import { type DisplayInfo, displayInfoOf } from './display-info';
import { findWire } from './find-wire';
import { checkLinks } from './read-references';
import { createRequestUpdates, type RequestListener, type RequestUpdates } from './request-updates';
import { fullDiskRetryMs, waitForSpace } from './wait-for-space';

/**
 * `arrivedAt`: when the last byte arrived, by the clock of `performance.now()`. `displayInfo`: null if the bytes do not
 * begin like a picture.
 */
export type RequestResult =
  | { ok: true; arrival: Arrival; arrivedAt: number; displayInfo: DisplayInfo | null }
  | { ok: false; failure: ServiceFailure };

/** The context of services, and the configured services. */
export type RequestContext = Omit<PictureContext, 'signal' | 'service' | 'onProgress'> & {
  services: readonly ServiceConfiguration[];
  /** Prepares and completes changes of a part of a picture. */
  codec: Codec;
};

export type RequestOptions = {
  dataFolder: string;
  context: RequestContext;
  send: (message: FromGenerator) => void;
  /** The id of the message that wants the picture; null for a prefetch. */
  jobId: string | null;
};

type Request = {
  controller: AbortController;
  result: Promise<RequestResult>;
  isFree: boolean;
  /** Sends the request's updates to a message, beginning with those so far. */
  tell: (listener: RequestListener) => void;
};

export type Requests = ReturnType<typeof createRequests>;

/** Tracks requests for pictures by id, from their start until a job has taken their result. */
export function createRequests() {
  const inFlight = new Map<string, Request>();

  function start(job: PictureJob, options: RequestOptions): Request {
    const controller = new AbortController();
    const isFree = serviceOf(job.provider).local;
    const updates = createRequestUpdates(job.requestId, options.send);
    const result = runRequest(job, options, updates, controller.signal);
    const request = { controller, result, isFree, tell: updates.tell };
    inFlight.set(job.requestId, request);
    return request;
  }

  return {
    /** Starts a request before its message exists. It can be taken until it is discarded, even after it has ended. */
    prefetch(job: PictureJob, options: Omit<RequestOptions, 'jobId'>): void {
      start(job, { ...options, jobId: null });
    },
    has: (requestId: string) => inFlight.has(requestId),
    /**
     * Waits for a request in flight, or makes it.
     *
     * @param signal aborted when the user cancels the picture, which also cancels the request.
     * @param listener receives the request's updates, including those before it was taken.
     * @param make starts a request that is not in flight.
     */
    async take(
      job: Pick<PictureJob, 'requestId'>,
      signal: AbortSignal,
      listener: RequestListener,
      make: () => Request,
    ): Promise<RequestResult> {
      const request = inFlight.get(job.requestId) ?? make();
      // The request belongs to the picture from now on, so discarding it has no effect.
      inFlight.delete(job.requestId);
      request.tell(listener);
      const cancel = () => request.controller.abort();
      signal.addEventListener('abort', cancel);
      if (signal.aborted) cancel();
      try {
        return await request.result;
      } finally {
        signal.removeEventListener('abort', cancel);
      }
    },
    start,
    /**
     * Gives up a prefetch that no message has taken. A free one is cancelled. One that may be charged continues,
     * and its arrival stays on disk; the main process adds it to the gallery later (main/chat/adopt-arrival.ts).
     */
    async discard(requestId: string, dataFolder: string): Promise<void> {
      const request = inFlight.get(requestId);
      inFlight.delete(requestId);
      if (request?.isFree) request.controller.abort();
      const result = await request?.result;
      if (result?.ok) await discardFreeArrival(dataFolder, result.arrival);
    },
  };
}

async function runRequest(
  job: PictureJob,
  { dataFolder, context, send, jobId }: RequestOptions,
  updates: RequestUpdates,
  signal: AbortSignal,
): Promise<RequestResult> {
  const { requestId, provider, model, prompt, params } = job;
  const startedAt = performance.now();
  faultPoint('generator: before the request');
  const made = checkAnswer(await makePicture());
  const arrivedAt = performance.now();
  faultPoint('generator: the answer is in memory');
  const result = made.ok ? await arrive() : { ok: false as const, failure: made };
  // A free prefetch counts toward no limit.
  if (jobId === null && !serviceOf(provider).local) {
    send({ type: 'prefetch-ended', requestId, ...endOf(result) });
  }
  return result;

  async function makePicture() {
    try {
      const { services, codec, ...tools } = context;
      const found = findWire(services, provider);
      if (!found.ok) return { ...failureLike(found), costMicroUsd: null };
      const changed = await checkLinks(job.references);
      if (changed) return { ...changed, costMicroUsd: null };
      const { service, wire } = found;
      return await makeWithPart(
        job,
        { dataFolder, codec, workflows: service.workflows },
        tools.readReference,
        (asked, readReference) =>
          wire.makePicture(asked, {
            ...{ ...tools, readReference, service, signal },
            onProgress: updates.onProgress,
          }),
      );
    } catch (error) {
      // A bug. It fails only this request, because other requests in this process may have been paid for.
      console.error(`The service ${provider} failed:`, error);
      return failed('bad_answer', possibleCost(job));
    }
  }

  /** Waits for free space on a full disk. */
  function write(facts: Arrival, bytes: Uint8Array) {
    return waitForSpace(() => writeArrival(dataFolder, facts, bytes), {
      onFull: () => send({ type: 'disk-full' }),
      pause: () => wait(fullDiskRetryMs, undefined, { signal }),
      signal,
    });
  }

  async function arrive(): Promise<RequestResult> {
    if (!made.ok) return { ok: false, failure: made };
    const { bytes, costMicroUsd, signature, mimeType = null, warnings } = made;
    const displayInfo = displayInfoOf(bytes);
    updates.onArrived(displayInfo);
    const { further = [], lost = 0, words = '' } = made;
    const plan = planAnswer({ further, lost, words, costMicroUsd });
    const shared = {
      ...{ requestId, jobId, provider, model, prompt, params, costMicroUsd: plan.share, mimeType },
      arrivedAt: Date.now(),
      durationMs: Math.round(arrivedAt - startedAt),
    };
    const facts: Arrival = {
      ...shared,
      ...(plan.answer !== undefined && { answer: plan.answer }),
      ...(signature !== undefined && { signature }),
      ...(warnings !== undefined && {
        warnings: warnings.slice(0, 20),
      }),
    };
    const written = await write(facts, bytes);
    if (!written.ok) return { ok: false, failure: failureAfter(written.code, costMicroUsd) };
    // Write all parts before the first one is opened. After a crash in between, the missing parts are reported.
    await writeParts(dataFolder, plan, { ...shared, requestId: written.value.requestId }, write);
    // A job flushes the bytes while they are decoded.
    if (jobId === null) await flushArrival(dataFolder, written.value.requestId).catch(console.error);
    return { ok: true, arrival: written.value, arrivedAt, displayInfo };
  }
}

/**
 * Returns the failure of a picture that has arrived.
 *
 * @param costMicroUsd null if its price is unknown, so that it may have been charged.
 */
export function failureAfter(code: ServiceFailure['code'], costMicroUsd: number | null): ServiceFailure {
  const isCharged = costMicroUsd !== 0;
  const lateCode = code === 'cancelled' && isCharged ? 'cancelled_late' : code;
  // For failures, null means that nothing was charged, and zero that the cost is unknown.
  return failed(lateCode, isCharged ? (costMicroUsd ?? 0) : null);
}

function endOf(result: RequestResult): Pick<EndedPrefetch, 'code' | 'costMicroUsd' | 'retryAfterMs'> {
  if (result.ok) return { code: null, costMicroUsd: result.arrival.costMicroUsd };
  const { code, costMicroUsd, retryAfterMs } = result.failure;
  return { code, costMicroUsd, ...(retryAfterMs !== undefined && { retryAfterMs }) };
}
