// What a Stable Diffusion web UI is at: it works for whoever asks, one after another, and does not say for whom.
import { z } from 'zod';
import { pause } from '../http/with-retries';
import type { PictureContext } from '../service';
import { callWebUi } from './http';

/** As of modules/shared_state.py: it counts no jobs while it does nothing, and says when it began what it is at. */
const lookSchema = z.object({
  progress: z.number(),
  current_image: z.string().nullish().catch(null),
  state: z
    .object({ job_count: z.number(), job_timestamp: z.string().min(1) })
    .nullish()
    .catch(null),
});
type Look = z.infer<typeof lookSchema>;

/**
 * The one thing that the web UI is at, by the second in which it was begun, as it writes it; `nothing` while it does
 * nothing; null where it cannot be told.
 */
export type Work = string | null;
const nothing = 'nothing';

function workOf(look: Look | null): Work {
  const state = look?.state;
  if (!state) return null;
  return state.job_count === 0 ? nothing : state.job_timestamp;
}

async function look(baseUrl: string, signal: AbortSignal): Promise<Look | null> {
  const answer = await callWebUi({ baseUrl, path: '/sdapi/v1/progress', signal }).catch(() => null);
  return lookSchema.safeParse(answer).data ?? null;
}

/** @returns what it is at before it is asked for ours: somebody else's, which ours has to wait for. */
export async function workBefore(baseUrl: string, signal: AbortSignal): Promise<Work> {
  return workOf(await look(baseUrl, signal));
}

/** @param before what it was at when ours was asked for. */
export type Ours = { baseUrl: string; pollMs: number; before: Work };

function isAnothers(work: Work, { before }: Ours): boolean {
  return work !== null && work !== nothing && work === before;
}

/**
 * Tells how far ours is until it is finished; as long as somebody else's is at work, nothing: that is not for these
 * eyes. A look that fails is passed over: the picture may still come.
 */
export async function watch(
  ours: Ours,
  { onProgress }: Pick<PictureContext, 'onProgress'>,
  finished: AbortSignal,
): Promise<void> {
  let shown = '';
  let told = -1;
  while (!finished.aborted) {
    await pause(ours.pollMs, finished);
    if (finished.aborted) return;
    const read = await look(ours.baseUrl, finished);
    if (!read || finished.aborted || isAnothers(workOf(read), ours)) continue;
    const fraction = Math.min(1, Math.max(0, read.progress));
    const image = read.current_image ?? '';
    const preview = image === shown ? null : bytesOf(image);
    if (preview) onProgress(fraction, preview);
    else if (fraction !== told) onProgress(fraction);
    if (preview) shown = image;
    told = fraction;
  }
}

const lookMs = 5000;
/** Ours may wait for somebody else's for so long, in milliseconds, and then be made for nobody. */
const maxWaitMs = 60 * 60_000;
/** It does nothing for a moment between two pictures; so many looks long, and ours is over. */
const maxIdlePolls = 4;

/**
 * Stops ours, whose answer nobody waits for any more: the web UI does not notice that by itself. All it can be told is
 * to stop what it is at; so while that is somebody else's, ours is waited for. Nothing is to be done where it cannot be
 * told.
 */
export async function stop(ours: Ours): Promise<void> {
  let idleLooks = 0;
  for (let waited = 0; waited < maxWaitMs && idleLooks < maxIdlePolls; waited += ours.pollMs) {
    const work = await inTime((signal) => workBefore(ours.baseUrl, signal));
    if (work === null && ours.before !== null && ours.before !== nothing) return;
    if (work !== nothing && !isAnothers(work, ours)) {
      await inTime((signal) => interrupt(ours.baseUrl, signal));
      return;
    }
    idleLooks = work === nothing ? idleLooks + 1 : 0;
    await pause(ours.pollMs, new AbortController().signal);
  }
}

async function interrupt(baseUrl: string, signal: AbortSignal): Promise<void> {
  await callWebUi({ baseUrl, path: '/sdapi/v1/interrupt', body: {}, signal }).catch(() => null);
}

async function inTime<Value>(ask: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), lookMs);
  try {
    return await ask(giveUp.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** Some of its kin write a data URL. */
export function bytesOf(base64: string | null | undefined): Uint8Array | null {
  const bytes = Buffer.from((base64 ?? '').replace(/^data:[^,]*,/, ''), 'base64');
  return bytes.length > 0 ? bytes : null;
}
