// The chat put together: its context, the queue behind it, and the user's limits in front of that.
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { EventName, Events } from '../../../shared/contract';
import { keyedProviders } from '../../../shared/domain/keys';
import { limitsOf } from '../../../shared/domain/limits';
import type { ProviderId } from '../../../shared/domain/models';
import type { ChatContext } from '../chat/chat-context';
import { begin } from '../chat/mark-generating';
import { createPrefetch } from '../chat/prefetch';
import { createReplyStream } from '../chat/reply-stream';
import { settle } from '../chat/settle';
import { chooseProvider } from '../config/active-provider';
import type { Secrets } from '../config/secrets';
import type { Store } from '../db/open';
import { createAdmission } from '../generation/admission';
import type { Generator } from '../generation/generator-process';
import { createQueue } from '../generation/queue';
import { createRunJob } from '../generation/run-job';
import type { Arrivals } from '../generation/unsaved-pictures';
import { createUsage } from '../generation/usage';
import { broadcast } from '../ipc/serve';
import type { Logs } from '../logging/app-log';
import type { Metrics } from '../logging/metrics';
import { createDrain } from '../outbox/drain';
import type { Environment } from './environment';

/** What could not be written is tried again after this long. */
const tryAgainMs = 5_000;

export type ChatParts = {
  environment: Environment;
  dataFolder: string;
  store: Store;
  secrets: Secrets;
  metrics: Metrics;
  generator: Generator;
  arrivals: Arrivals;
  logs: Pick<Logs, 'concealPrompt'>;
  /** Told all that the screen is told. */
  follow: (event: Events[EventName]) => void;
};

/** @param onTrouble told what could not be written down, such as on a full disk. */
export function startChat(parts: ChatParts, onTrouble: (error: unknown) => void) {
  const { environment, dataFolder, store, secrets, metrics, generator, arrivals, logs, follow } = parts;
  const prefetch = createPrefetch({ begin: generator.startPrefetch, discard: generator.discardPrefetch });
  const context: ChatContext = {
    store,
    metrics,
    broadcast(name, event) {
      broadcast(name, event);
      follow(event);
    },
    enqueue(job) {
      // What is asked for goes before what might be.
      prefetch.stop();
      const refused = admission(job);
      if (refused === null) queue.add(job);
      else if (settle(context, { job, outcome: refused, requestedAt: context.now() })) drain();
    },
    resume: (job) => queue.add(job),
    admits: (job) => hasKey(job.provider) && !queue.isPaused(job.provider) && admission(job) === null,
    isIdle: () => queue.size().waiting + queue.size().running === 0,
    prefetch,
    cancel: (jobId) => queue.cancel(jobId),
    pause: (provider, until) => queue.pause(provider, until),
    activeProvider: () => chooseProvider(environment, store.settings.read(), secrets.get),
    hasFile: (file) => existsSync(path.join(dataFolder, file)),
    now: Date.now,
    random: Math.random,
    afterReply: (work) => void setImmediate(work),
  };
  const drain = createDrain(context, (work) => void setImmediate(work));
  const after = (milliseconds: number, work: () => void) => void setTimeout(work, milliseconds);
  const replyStream = createReplyStream(context, after);
  const jobs = createRunJob({
    give(job) {
      replyStream.begin(job.jobId);
      return generator.run(job);
    },
    stopGiven: generator.stop,
  });
  const queue = createQueue({
    run: jobs.run,
    stop: jobs.stop,
    onStart(job) {
      logs.concealPrompt(job.kind === 'text' ? job.text : job.prompt);
      return begin(context, job);
    },
    onEnd: (job, outcome, requestedAt) => {
      replyStream.end(job.jobId);
      if (settle(context, { job, outcome, requestedAt })) drain();
      arrivals.end(job.jobId);
    },
    onTrouble,
    later: (work) => after(tryAgainMs, work),
    after,
    now: context.now,
  });
  const hasKey = (provider: ProviderId) => {
    const keyed = keyedProviders.find((id) => id === provider);
    return keyed === undefined || secrets.get(keyed) !== null;
  };
  const limits = (provider: ProviderId) =>
    environment.limits ?? limitsOf(provider, store.settings.read().limits);
  const admission = createAdmission({
    store,
    limits,
    monthlyCap: () => store.settings.read().monthlyCapMicroUsd,
    underWay: queue.pictures,
    now: context.now,
  });
  const usage = createUsage({ ...context, limits, underWay: queue.pictures });
  return { context, queue, drain, usage, replyStream };
}
