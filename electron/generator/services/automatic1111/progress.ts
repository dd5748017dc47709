// Reads the progress of a Stable Diffusion web UI, which runs one job after another and does not report whose job
// it runs.
import { z } from 'zod';
import { pause } from '../http/with-retries';
import type { PictureContext } from '../service';
import { callWebUi } from './call-web-ui';

/** See modules/shared_state.py: `job_count` is 0 while it is idle, `job_timestamp` is the start of the running job. */
const progressSchema = z.object({
  progress: z.number(),
  current_image: z.string().nullish().catch(null),
  state: z
    .object({ job_count: z.number(), job_timestamp: z.string().min(1) })
    .nullish()
    .catch(null),
});
type Progress = z.infer<typeof progressSchema>;

/** Identifies the running job by its start, to the second; `idle` if there is none, null if it is unknown. */
export type RunningJob = string | null;
const idle = 'idle';

function runningJobOf(progress: Progress | null): RunningJob {
  const state = progress?.state;
  if (!state) return null;
  return state.job_count === 0 ? idle : state.job_timestamp;
}

async function readProgress(baseUrl: string, signal: AbortSignal): Promise<Progress | null> {
  const response = await callWebUi({ baseUrl, path: '/sdapi/v1/progress', signal }).catch(() => null);
  return progressSchema.safeParse(response).data ?? null;
}

/**
 * Reads the running job. Called before our own request, it identifies another user's job, which ours has to wait
 * for.
 */
export async function readRunningJob(baseUrl: string, signal: AbortSignal): Promise<RunningJob> {
  return runningJobOf(await readProgress(baseUrl, signal));
}

/** Our own job. @param before the job that ran when ours was requested. */
export type OwnJob = { baseUrl: string; pollMs: number; before: RunningJob };

function isOtherJob(running: RunningJob, { before }: OwnJob): boolean {
  return running !== null && running !== idle && running === before;
}

/**
 * Reports the progress of our job until it has finished. Reports nothing while another user's job runs, because its
 * previews are not ours to show. Skips polls that fail, because the picture may still arrive.
 */
export async function reportProgress(
  ownJob: OwnJob,
  { onProgress }: Pick<PictureContext, 'onProgress'>,
  finished: AbortSignal,
): Promise<void> {
  let lastImage = '';
  let lastFraction = -1;
  while (!finished.aborted) {
    await pause(ownJob.pollMs, finished);
    if (finished.aborted) return;
    const progress = await readProgress(ownJob.baseUrl, finished);
    if (!progress || finished.aborted || isOtherJob(runningJobOf(progress), ownJob)) continue;
    const fraction = Math.min(1, Math.max(0, progress.progress));
    const image = progress.current_image ?? '';
    const preview = image === lastImage ? null : decodePicture(image);
    if (preview) onProgress(fraction, preview);
    else if (fraction !== lastFraction) onProgress(fraction);
    if (preview) lastImage = image;
    lastFraction = fraction;
  }
}

const pollTimeoutMs = 5000;
/** Maximum time to wait for another user's job before giving up on stopping ours. */
const maxWaitMs = 60 * 60_000;
/** The web UI is briefly idle between two jobs. After this many idle polls, our job has ended. */
const maxIdlePolls = 4;

/**
 * Stops our job after its request was cancelled, which the web UI does not notice. The web UI can only interrupt
 * the running job, so this waits until another user's job has ended. Does nothing if the running job is unknown.
 */
export async function interruptJob(ownJob: OwnJob): Promise<void> {
  let idlePolls = 0;
  for (let waited = 0; waited < maxWaitMs && idlePolls < maxIdlePolls; waited += ownJob.pollMs) {
    const running = await withTimeout((signal) => readRunningJob(ownJob.baseUrl, signal));
    if (running === null && ownJob.before !== null && ownJob.before !== idle) return;
    if (running !== idle && !isOtherJob(running, ownJob)) {
      await withTimeout((signal) => sendInterrupt(ownJob.baseUrl, signal));
      return;
    }
    idlePolls = running === idle ? idlePolls + 1 : 0;
    await pause(ownJob.pollMs, new AbortController().signal);
  }
}

async function sendInterrupt(baseUrl: string, signal: AbortSignal): Promise<void> {
  await callWebUi({ baseUrl, path: '/sdapi/v1/interrupt', body: {}, signal }).catch(() => null);
}

async function withTimeout<Value>(call: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), pollTimeoutMs);
  try {
    return await call(controller.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** Some forks of the web UI send a data URL. */
export function decodePicture(base64: string | null | undefined): Uint8Array | null {
  const bytes = Buffer.from((base64 ?? '').replace(/^data:[^,]*,/, ''), 'base64');
  return bytes.length > 0 ? bytes : null;
}
