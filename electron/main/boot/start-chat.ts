// Assembles the chat: its context, the dispatcher, and the user's limits that admit work to it.

import { limitsOf } from '../../../shared/domain/limits';
import type { LongTasks } from '../../../shared/domain/long-tasks';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { ServiceId } from '../../../shared/domain/services';
import { chooseTextService, type TextServiceOptions } from '../../../shared/domain/text-service';
import { isBilled } from '../../../shared/generator/billing';
import { isOrphan, settleAdopted } from '../chat/adopt-arrival';
import type { ChatContext } from '../chat/chat-context';
import { endCharge } from '../chat/end-charge';
import { referenceTo } from '../chat/history';
import { jobFor, recoveryOf } from '../chat/job-for';
import { markGenerating } from '../chat/mark-generating';
import { withPossibleCost } from '../chat/possible-cost';
import { createPrefetchSlot } from '../chat/prefetch-slot';
import type { ReplyStream } from '../chat/reply-stream';
import { putBack } from '../chat/retry-and-cancel';
import { reuseFromGallery } from '../chat/reuse';
import { settle } from '../chat/settle';
import { chooseProvider, chosenProvider } from '../config/choose-provider';
import type { Environment } from '../config/environment';
import { createNumberedProvider } from '../config/numbered-provider';
import type { Secrets } from '../config/secrets';
import { createServiceChecks } from '../config/service-checks';
import type { Services } from '../config/services';
import type { Store } from '../db/open';
import { createAdmission } from '../generation/admission';
import { createDispatcher, type DispatcherOptions } from '../generation/dispatcher';
import type { Generator } from '../generation/generator-process';
import { createRunJob } from '../generation/run-job';
import { createSumAdmission } from '../generation/sum-admission';
import type { UnsavedWork } from '../generation/unsaved-work';
import { createUsage } from '../generation/usage';
import type { Broadcast } from '../ipc/broadcast';
import type { Logs } from '../logging/app-log';
import type { Metrics } from '../logging/metrics';
import type { Outbox } from '../outbox/outbox';
import { createSuggestions } from '../suggestions/suggestions';

export type ChatParts = {
  environment: Pick<Environment, 'limits'>;
  store: Store;
  services: Pick<Services, 'find' | 'fromEnvironment' | 'canRunEngine'> & {
    effective: () => TextServiceOptions['services'];
  };
  secrets: Pick<Secrets, 'get' | 'isOfRun' | 'mayHave'>;
  metrics: Metrics;
  longTasks: Pick<LongTasks, 'measure'>;
  broadcast: Broadcast;
  outbox: Pick<Outbox, 'schedule'>;
  generator: Pick<Generator, 'run' | 'stop' | 'mayPrefetch' | 'startPrefetch' | 'discardPrefetch'>;
  replyStream: Pick<ReplyStream, 'reset' | 'end' | 'direct'>;
  unsavedWork: Pick<UnsavedWork, 'add' | 'remove'>;
  logs: Pick<Logs, 'concealPrompt'>;
  /** Called when a change could not be written, such as on a full disk. */
  onWriteError: (error: unknown) => void;
  world: ChatWorld;
};

/** The dependencies that a simulation replaces: clock, randomness, timers and files. */
export type ChatWorld = Pick<ChatContext, 'now' | 'deletionTime' | 'random' | 'hasFile'> &
  Pick<DispatcherOptions, 'after' | 'later'>;

export type Chat = ReturnType<typeof startChat>;

export function startChat(parts: ChatParts) {
  const { environment, store, services, secrets, metrics, broadcast, world } = parts;
  const { longTasks, outbox, generator, replyStream, unsavedWork, logs, onWriteError } = parts;
  const { now, deletionTime, random, hasFile } = world;
  const serviceChecks = createServiceChecks({
    ...{ store, isOfRun: secrets.isOfRun, now, onWriteError },
    onChange: () => broadcast('provider:changed', readProvider()),
  });
  const { isKeyRefused, isRefusedByTest } = serviceChecks;
  const activeProvider = () =>
    chooseProvider(services, store.settings.read(), secrets.mayHave, isRefusedByTest);
  const readProvider = createNumberedProvider(activeProvider);
  const limits = (provider: ServiceId) =>
    environment.limits ?? limitsOf(serviceOf(provider), services.find(provider)?.limits ?? null);
  const monthlyCap = () => store.settings.read().monthlyCapMicroUsd;
  const prefetch = createPrefetchSlot({
    mayStart: generator.mayPrefetch,
    start: generator.startPrefetch,
    discard: generator.discardPrefetch,
  });
  const jobs = createRunJob({
    runInGenerator(job) {
      // A requested job takes precedence over a prefetch.
      prefetch.stop();
      replyStream.reset(job.jobId);
      const outcome = generator.run(job);
      // A recovery makes no request.
      return job.kind === 'recover' ? outcome : serviceChecks.learnFrom(job.provider, outcome);
    },
    stopInGenerator: generator.stop,
  });
  const waitingPictures = () => dispatcher.waitingPictures();
  const limitsInUse = { store, limits, monthlyCap, waitingPictures, now };
  const admission = createAdmission(limitsInUse);
  const context: ChatContext = {
    store,
    metrics,
    broadcast,
    wakeDispatcher: () => dispatcher.wake(),
    admits: (picture) =>
      hasKey(secrets, picture.provider) &&
      !isKeyRefused(picture.provider) &&
      !dispatcher.isPaused(picture.provider) &&
      admission.ofPicture(picture) === null,
    refusalOf: createSumAdmission(limitsInUse, admission.spent),
    isIdle: () => dispatcher.isIdle(),
    prefetch,
    saveEnd: (name, write) => dispatcher.saveEnd(name, write),
    pause: (provider, until) => dispatcher.pause(provider, until),
    activeProvider,
    providerOf: (chosen) => chosenProvider(services, chosen),
    hasFile,
    now,
    deletionTime,
    random,
  };
  const dispatcher = createDispatcher({
    unfinished: store.messages.unfinished,
    find: store.messages.find,
    answerFromGallery: (pictures) => reuseFromGallery(context, pictures),
    admit: (message) =>
      message.kind === 'image' ? admission.ofPicture(message) : admission.ofReply(message),
    isReady: (provider) => areKeysLoaded || !isBilled({ provider }),
    jobFor: (message) => jobFor(context, message),
    recoveryOf: (message) => recoveryOf(context, message),
    markGenerating(job, requestedAt) {
      logs.concealPrompt(job.kind === 'text' ? job.text : job.prompt);
      return markGenerating(context, job, requestedAt);
    },
    settle(ended) {
      replyStream.end(ended.job.jobId);
      if (longTasks.measure('Settle', () => settle(context, ended))) outbox.schedule();
      unsavedWork.remove(ended.job.jobId);
    },
    reset: (messageId) => putBack(context, messageId),
    isOrphan: (arrival, isRunning) => isOrphan(context, arrival, isRunning),
    recoverFile: generator.run,
    settleAdopted: (arrival, outcome) => settleAdopted(context, arrival, outcome),
    run: jobs.run,
    stop: jobs.stop,
    ...{ unsavedWork, onWriteError },
    ...world,
  });
  const suggestions = createSuggestions({
    ...{ store, broadcast, onWriteError, ...world },
    saveEnd: dispatcher.saveEnd,
    chooseService: (kind, chosen) =>
      chooseTextService(kind, {
        services: services.effective(),
        preferred: chosen?.serviceId ?? activeProvider().id,
        lacksKey: (id) => !hasKey(secrets, id) || isKeyRefused(id),
      }),
    refusalOf: admission.ofReply,
    referenceTo: (imageId) => referenceTo(context, imageId),
    run: jobs.run,
    stop: jobs.stop,
    replies: replyStream,
    endCharge: (ended, received) =>
      endCharge(
        store,
        withPossibleCost(ended, () => received, now()),
      ),
    concealPrompt: logs.concealPrompt,
  });
  let areKeysLoaded = false;
  const usage = createUsage({ store, activeProvider, limits, waitingPictures, now });
  return {
    context,
    dispatcher,
    suggestions,
    usage,
    ...{ readProvider, serviceChecks },
    /** Returns whether the files of a request or picture are in use, or may still become a message's picture. */
    isHeld: (id: string): boolean =>
      prefetch.current()?.requestId === id ||
      dispatcher.isInWork(id) ||
      store.messages.unfinished().some((work) => work.requestId === id),
    /** Lets billed work begin, now that its keys are loaded. */
    onKeysLoaded(): void {
      areKeysLoaded = true;
      dispatcher.wake();
    },
  };
}

function hasKey(secrets: Pick<Secrets, 'get'>, provider: ServiceId): boolean {
  return !serviceOf(provider).needsKey || secrets.get(provider) !== null;
}
