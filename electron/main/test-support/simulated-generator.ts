// For the simulation: the generator process and the providers behind it, as chance decides.
import { sharesOf } from '../../../shared/domain/answers';
import { priceOf } from '../../../shared/domain/model-lookup';
import type { Arrival } from '../../../shared/generator/arrivals';
import { isBilled } from '../../../shared/generator/billing';
import type { Job, PictureJob, RecoverJob, TextJob } from '../../../shared/generator/jobs';
import { type FromGenerator, failedJob, type ToGenerator } from '../../../shared/generator/messages';
import { newId } from '../db/new-id';
import type { GeneratorChild } from '../generation/generator-process';
import type { SimulatedTime } from './simulated-time';

/** State that outlives the generator process: the disk, and the providers' records. */
export type SimulatedDisk = {
  /** Every request that has left, in order, with the message it was made for. */
  left: { requestId: string; messageId: string; isBilled: boolean }[];
  /** The requests that ended without a charge. */
  free: Set<string>;
  /** Answers that have arrived, by the ids of their requests. */
  arrived: Map<string, Arrival>;
  /** By message: the request whose bytes are the picture's own file. */
  stored: Map<string, string>;
};

type Ending =
  | { type: 'bytes'; arrival: Arrival }
  | {
      type: 'failed';
      code: Parameters<typeof failedJob>[1];
      costMicroUsd: number | null;
      retryAfterMs?: number;
    };

/** One generator process. Its death loses what is in flight and nothing that is on disk. */
export function forkSimulatedGenerator(
  disk: SimulatedDisk,
  time: SimulatedTime,
  random: () => number,
  onMessage: (message: unknown) => void,
  onExit: (reason: string) => void,
): GeneratorChild & { crash: () => void } {
  /** Requests in flight, and what waits for each. */
  const inFlight = new Map<string, { isCancelled: boolean; listeners: ((ending: Ending) => void)[] }>();
  const cancelled = new Set<string>();
  let isAlive = true;

  const send = (message: FromGenerator) => onMessage(message);
  const after = (milliseconds: number, work: () => void) =>
    time.after(milliseconds, () => {
      if (isAlive) work();
    });

  function request(job: PictureJob, listener: (ending: Ending) => void): void {
    const entry = { isCancelled: false, listeners: [listener] };
    inFlight.set(job.requestId, entry);
    disk.left.push({ requestId: job.requestId, messageId: job.jobId, isBilled: isBilled(job) });
    after(200 + random() * 8000, () => {
      inFlight.delete(job.requestId);
      const ending = endingOf(job, entry.isCancelled);
      if (ending.type === 'bytes') arrive(ending.arrival);
      else if (ending.costMicroUsd === null) disk.free.add(job.requestId);
      for (const end of entry.listeners) end(ending);
    });
  }

  /** Writes an answer, which now and then has several pictures. */
  function arrive(whole: Arrival): void {
    const further = random() < 0.25 ? [newId(), newId()] : [];
    const [share = null, ...shares] = sharesOf(whole.costMicroUsd, 1 + further.length);
    const parts = further.map((id, index) => ({ id, costMicroUsd: shares[index] ?? null }));
    const { requestId, jobId, costMicroUsd } = whole;
    const answer = parts.length > 0 ? { answer: { costMicroUsd, parts, lost: 0 } } : {};
    disk.arrived.set(requestId, { ...whole, costMicroUsd: share, ...answer });
    for (const part of parts) {
      const facts = { ...whole, requestId: part.id, jobId: part.id, costMicroUsd: part.costMicroUsd };
      disk.arrived.set(part.id, { ...facts, partOf: { requestId, jobId } });
    }
  }

  function endingOf(job: PictureJob, isCancelled: boolean): Ending {
    const cost = isBilled(job) ? (priceOf(job.provider, job.model, job.params) ?? 0) : 0;
    const mayCost = isBilled(job) ? cost : null;
    if (isCancelled) {
      const code = mayCost === null ? 'cancelled' : 'cancelled_late';
      return { type: 'failed', code, costMicroUsd: mayCost };
    }
    const chance = random();
    if (chance < 0.08) return { type: 'failed', code: 'refused', costMicroUsd: null };
    if (chance < 0.14)
      return { type: 'failed', code: 'rate_limited', costMicroUsd: null, retryAfterMs: 2000 };
    if (chance < 0.2) return { type: 'failed', code: 'connection_lost', costMicroUsd: mayCost };
    const { requestId, provider, model, prompt, params } = job;
    // A prefetch's job has the id of its request.
    const jobId = job.jobId === requestId ? null : job.jobId;
    const facts = { requestId, jobId, provider, model, prompt, params, costMicroUsd: cost };
    return { type: 'bytes', arrival: { ...facts, mimeType: null, arrivedAt: 1_700_000_000_000 } };
  }

  function finish(job: PictureJob | RecoverJob, ending: Ending): void {
    if (ending.type === 'failed') {
      const { code, costMicroUsd, retryAfterMs } = ending;
      const outcome = failedJob(job.jobId, code, 1, costMicroUsd);
      send({ ...outcome, ...(retryAfterMs !== undefined && { retryAfterMs }) });
      return;
    }
    send({ type: 'arrived', jobId: job.jobId, requestId: job.requestId });
    store(job);
  }

  function store(job: PictureJob | RecoverJob): void {
    const arrival = disk.arrived.get(job.requestId);
    if (!arrival) {
      send(failedJob(job.jobId, 'nothing_to_recover', 1));
      return;
    }
    const answer = arrival.answer ? { answer: arrival.answer } : {};
    after(random() * 50, () => {
      if (random() < 0.1) {
        const failure = failedJob(job.jobId, 'picture_not_stored', 1, arrival.costMicroUsd || null);
        send({ ...failure, ...answer });
        return;
      }
      disk.stored.set(job.jobId, job.requestId);
      const { provider, model, costMicroUsd } = arrival;
      send({
        ...{ type: 'stored', jobId: job.jobId, requestId: job.requestId, provider, model },
        ...{ file: `images/00/${job.jobId}.png`, width: 3, height: 2, bytes: 10, thumbhash: 'AAH+' },
        ...{ costMicroUsd, durationMs: 1000, storeMs: 10, ...answer },
      });
    });
  }

  function run(job: Job): void {
    const running = inFlight.get(job.requestId);
    if (job.kind === 'text') reply(job);
    else if (running) running.listeners.push((ending) => finish(job, ending));
    else if (disk.arrived.has(job.requestId) || job.kind === 'recover') store(job);
    else request(job, (ending) => finish(job, ending));
  }

  function reply(job: TextJob): void {
    const { jobId, requestId, model } = job;
    const isPaid = model !== null && isBilled(job);
    if (model !== null) disk.left.push({ requestId, messageId: jobId, isBilled: isPaid });
    after(random() * 500, () => send({ type: 'text', jobId, text: 'Once ' }));
    after(500 + random() * 3000, () => {
      const mayCost = isPaid ? 0 : null;
      const pictures = random() < 0.3 ? [{ prompt: 'a fox', aspectRatio: null, count: 2, edits: null }] : [];
      if (cancelled.has(jobId)) send(failedJob(jobId, isPaid ? 'cancelled_late' : 'cancelled', 1, mayCost));
      else if (random() < 0.15) send(failedJob(jobId, 'connection_lost', 1, mayCost));
      else
        send({
          type: 'replied',
          jobId,
          text: 'Once upon a time',
          pictures,
          costMicroUsd: isPaid ? 250 : null,
        });
    });
  }

  function receive(message: ToGenerator): void {
    switch (message.type) {
      case 'configure':
        send({ type: 'ready' });
        return;
      case 'ping':
        send({ type: 'alive' });
        return;
      case 'run':
        run(message.job);
        return;
      case 'cancel':
        cancelled.add(message.jobId);
        return;
      case 'prefetch': {
        const { job } = message;
        request(job, (ending) => {
          if (!isBilled(job)) return;
          const code = ending.type === 'bytes' ? null : ending.code;
          const costMicroUsd = ending.type === 'bytes' ? ending.arrival.costMicroUsd : ending.costMicroUsd;
          send({ type: 'prefetch-ended', requestId: job.requestId, code, costMicroUsd });
        });
        return;
      }
      default:
        return;
    }
  }

  return {
    post: (message) =>
      after(0, () => {
        if (message.type === 'cancel') {
          // A request that is asked to stop ends soon, as cancelled.
          for (const { requestId, messageId } of disk.left) {
            const entry = messageId === message.jobId ? inFlight.get(requestId) : undefined;
            if (entry) entry.isCancelled = true;
          }
        }
        receive(message);
      }),
    kill: () => {
      isAlive = false;
    },
    crash() {
      if (!isAlive) return;
      isAlive = false;
      onExit('crashed');
    },
  };
}
