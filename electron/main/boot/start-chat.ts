// The chat put together: its context, the queue behind it, and the user's limits in front of the queue.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { keyedProviders } from '../../../shared/domain/keys';
import { limitsOf } from '../../../shared/domain/limits';
import type { ProviderId } from '../../../shared/domain/models';
import type { ChatContext } from '../chat/chat-context';
import { markGenerating } from '../chat/mark-generating';
import { createPrefetchSlot } from '../chat/prefetch-slot';
import type { ReplyStream } from '../chat/reply-stream';
import { type Ended, settle } from '../chat/settle';
import { chooseProvider } from '../config/choose-provider';
import type { Environment } from '../config/environment';
import type { Secrets } from '../config/secrets';
import type { Store } from '../db/open';
import { createAdmission } from '../generation/admission';
import type { Generator } from '../generation/generator-process';
import { createQueue } from '../generation/queue';
import { createRunJob } from '../generation/run-job';
import type { UnsavedPictures } from '../generation/unsaved-pictures';
import { createUsage } from '../generation/usage';
import type { Broadcast } from '../ipc/broadcast';
import type { Logs } from '../logging/app-log';
import type { Metrics } from '../logging/metrics';
import type { Outbox } from '../outbox/outbox';
import { createEvent } from './event';
import { after, soon } from './timers';

/** How long to wait before a change that could not be written is tried again (ms). */
const retryDelayMs = 5_000;

export type ChatParts = {
  environment: Environment;
  dataFolder: string;
  store: Store;
  secrets: Secrets;
  metrics: Metrics;
  broadcast: Broadcast;
  outbox: Outbox;
  generator: Generator;
  replyStream: ReplyStream;
  unsavedPictures: UnsavedPictures;
  logs: Pick<Logs, 'concealPrompt'>;
  /** Called when a change could not be written, such as on a full disk. */
  onWriteError: (error: unknown) => void;
};

export type Chat = ReturnType<typeof startChat>;

export function startChat(parts: ChatParts) {
  const { environment, dataFolder, store, secrets, metrics, broadcast } = parts;
  const { outbox, generator, replyStream, unsavedPictures, logs, onWriteError } = parts;
  const now = Date.now;
  const jobEnded = createEvent<Ended>();
  const jobRefused = createEvent<Ended>();
  const activeProvider = () => chooseProvider(environment, store.settings.read(), secrets.get);
  const limits = (provider: ProviderId) =>
    environment.limits ?? limitsOf(provider, store.settings.read().limits);
  const jobs = createRunJob({
    runInGenerator(job) {
      replyStream.reset(job.jobId);
      return generator.run(job);
    },
    stopInGenerator: generator.stop,
  });
  const queue = createQueue({
    run: jobs.run,
    stop: jobs.stop,
    onStart(job) {
      logs.concealPrompt(job.kind === 'text' ? job.text : job.prompt);
      return markGenerating({ store, broadcast, now }, job);
    },
    onEnd: (job, outcome, requestedAt) => jobEnded.emit({ job, outcome, requestedAt }),
    onWriteError,
    retryLater: (work) => after(retryDelayMs, work),
    after,
    now,
  });
  const unfinishedPictures = queue.pictures;
  const monthlyCap = () => store.settings.read().monthlyCapMicroUsd;
  const admission = createAdmission({ store, limits, monthlyCap, unfinishedPictures, now });
  const prefetch = createPrefetchSlot({
    start: generator.startPrefetch,
    discard: generator.discardPrefetch,
  });
  const context: ChatContext = {
    store,
    metrics,
    broadcast,
    enqueue(job) {
      // A requested job goes before a prefetch.
      prefetch.stop();
      const refused = admission(job);
      if (refused === null) queue.add(job);
      else jobRefused.emit({ job, outcome: refused, requestedAt: now() });
    },
    resume: (job) => queue.add(job),
    admits: (job) =>
      hasKey(secrets, job.provider) && !queue.isPaused(job.provider) && admission(job) === null,
    isIdle: () => queue.size().waiting + queue.size().running === 0,
    prefetch,
    cancel: (jobId) => queue.cancel(jobId),
    pause: (provider, until) => queue.pause(provider, until),
    activeProvider,
    hasFile: (file) => existsSync(path.join(dataFolder, file)),
    now,
    random: Math.random,
    afterReply: soon,
  };
  jobRefused.on((ended) => {
    if (settle(context, ended)) outbox.schedule();
  });
  jobEnded.on((ended) => {
    replyStream.end(ended.job.jobId);
    if (settle(context, ended)) outbox.schedule();
    unsavedPictures.remove(ended.job.jobId);
  });
  const usage = createUsage({ store, activeProvider, limits, unfinishedPictures, now });
  return { context, queue, usage };
}

function hasKey(secrets: Secrets, provider: ProviderId): boolean {
  const keyed = keyedProviders.find((id) => id === provider);
  return keyed === undefined || secrets.get(keyed) !== null;
}
