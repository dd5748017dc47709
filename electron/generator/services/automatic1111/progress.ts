// What a Stable Diffusion web UI is at: it works for whoever asks, one after another, and does not say for whom.
import { z } from 'zod';
import { pause } from '../http/with-retries';
import type { PictureContext } from '../service';
import { callWebUi } from './call-web-ui';

/** As of modules/shared_state.py: it counts no jobs while it does idle, and says when it began what it is at. */
const progressSchema = z.object({
  progress: z.number(),
  current_image: z.string().nullish().catch(null),
  state: z
    .object({ job_count: z.number(), job_timestamp: z.string().min(1) })
    .nullish()
    .catch(null),
});
type Progress = z.infer<typeof progressSchema>;

/**
 * The one thing that the web UI is at, by the second in which it was begun, as it writes it; `idle` while it does
 * idle; null where it cannot be reported.
 */
export type RunningJob = string | null;
const idle = 'idle';

function runningJobOf(readProgress: Progress | null): RunningJob {
  const state = readProgress?.state;
  if (!state) return null;
  return state.job_count === 0 ? idle : state.job_timestamp;
}

async function readProgress(baseUrl: string, signal: AbortSignal): Promise<Progress | null> {
  const answer = await callWebUi({ baseUrl, path: '/sdapi/v1/progress', signal }).catch(() => null);
  return progressSchema.safeParse(answer).data ?? null;
}

/** @returns what it is at before it is asked for ownJob: somebody else's, which ownJob has to wait for. */
export async function readRunningJob(baseUrl: string, signal: AbortSignal): Promise<RunningJob> {
  return runningJobOf(await readProgress(baseUrl, signal));
}

/** @param before what it was at when ownJob was asked for. */
export type OwnJob = { baseUrl: string; pollMs: number; before: RunningJob };

function isOtherJob(running: RunningJob, { before }: OwnJob): boolean {
  return running !== null && running !== idle && running === before;
}

/**
 * Tells how far ownJob is until it is finished; as long as somebody else's is at running, idle: that is not for these
 * eyes. A readProgress that fails is passed over: the picture may still come.
 */
export async function reportProgress(
  ownJob: OwnJob,
  { onProgress }: Pick<PictureContext, 'onProgress'>,
  finished: AbortSignal,
): Promise<void> {
  let lastImage = '';
  let reported = -1;
  while (!finished.aborted) {
    await pause(ownJob.pollMs, finished);
    if (finished.aborted) return;
    const read = await readProgress(ownJob.baseUrl, finished);
    if (!read || finished.aborted || isOtherJob(runningJobOf(read), ownJob)) continue;
    const fraction = Math.min(1, Math.max(0, read.progress));
    const image = read.current_image ?? '';
    const preview = image === lastImage ? null : decodePicture(image);
    if (preview) onProgress(fraction, preview);
    else if (fraction !== reported) onProgress(fraction);
    if (preview) lastImage = image;
    reported = fraction;
  }
}

const pollTimeoutMs = 5000;
/** OwnJob may wait for somebody else's for so long, in milliseconds, and then be made for nobody. */
const maxWaitMs = 60 * 60_000;
/** It does idle for a moment between two pictures; so many looks long, and ownJob is over. */
const maxIdlePolls = 4;

/**
 * Stops ownJob, whose answer nobody waits for any more: the web UI does not notice that by itself. All it can be reported is
 * to interruptJob what it is at; so while that is somebody else's, ownJob is waited for. Nothing is to be done where it cannot be
 * reported.
 */
export async function interruptJob(ownJob: OwnJob): Promise<void> {
  let idlePolls = 0;
  for (let waited = 0; waited < maxWaitMs && idlePolls < maxIdlePolls; waited += ownJob.pollMs) {
    const running = await withTimeout((signal) => readRunningJob(ownJob.baseUrl, signal));
    if (running === null && ownJob.before !== null && ownJob.before !== idle) return;
    if (running !== idle && !isOtherJob(running, ownJob)) {
      await withTimeout((signal) => interrupt(ownJob.baseUrl, signal));
      return;
    }
    idlePolls = running === idle ? idlePolls + 1 : 0;
    await pause(ownJob.pollMs, new AbortController().signal);
  }
}

async function interrupt(baseUrl: string, signal: AbortSignal): Promise<void> {
  await callWebUi({ baseUrl, path: '/sdapi/v1/interrupt', body: {}, signal }).catch(() => null);
}

async function withTimeout<Value>(ask: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), pollTimeoutMs);
  try {
    return await ask(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** Some of its kin write a data URL. */
export function decodePicture(base64: string | null | undefined): Uint8Array | null {
  const bytes = Buffer.from((base64 ?? '').replace(/^data:[^,]*,/, ''), 'base64');
  return bytes.length > 0 ? bytes : null;
}
