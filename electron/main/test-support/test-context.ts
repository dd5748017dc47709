// For tests: the chat's context on a real database, with everything around it under the test's control.

import type { EventName, Events } from '../../../shared/contract';
import type { Failure } from '../../../shared/domain/errors';
import { serviceOf } from '../../../shared/domain/service-directory';
import {
  builtInService,
  builtInServiceIds,
  type Service,
  type ServiceId,
} from '../../../shared/domain/services';
import type { Job, PictureJob } from '../../../shared/generator/jobs';
import type { ChatContext } from '../chat/chat-context';
import { jobFor } from '../chat/job-for';
import { createPrefetchSlot } from '../chat/prefetch-slot';
import { chosenProvider } from '../config/choose-provider';
import { createAttempts } from '../db/attempts';
import { nativeBinding } from '../db/native-binding';
import { openStore } from '../db/open';
import { openInMemory } from '../db/test-database';
import { createUnsavedEnds } from '../generation/unsaved-ends';
import { createUnsavedWork } from '../generation/unsaved-work';
import type { Broadcast } from '../ipc/broadcast';
import { createMetrics } from '../logging/metrics';
import { createOutbox } from '../outbox/outbox';

export type TestContext = ReturnType<typeof createTestContext>;

/** @param file of the database; give a path if the test opens a connection of its own. */
export function createTestContext(file = ':memory:') {
  const broadcasts: { [Name in EventName]: Events[Name][] } = {
    'message:updated': [],
    'message:text': [],
    'message:progress': [],
    'message:arrived': [],
    'messages:added': [],
    'conversation:updated': [],
    'conversation:removed': [],
    'draft:changed': [],
    'edit:changed': [],
    'windows:chats': [],
    'settings:changed': [],
    'collections:changed': [],
    'styles:changed': [],
    'trash:changed': [],
    'folders:changed': [],
    'gallery:added': [],
    'gallery:unindexed': [],
    'gallery:unread': [],
    'gallery:stacked': [],
    'app:notice': [],
    'app:language': [],
    'services:changed': [],
    'models:listed': [],
    'provider:changed': [],
    'gallery:changed': [],
    'gallery:removed': [],
    'import:progress': [],
    'export:progress': [],
    'desktop:requested': [],
    'updates:changed': [],
    'proxy:asked': [],
    'engine:changed': [],
    'suggestion:changed': [],
    'suggestion:text': [],
  };
  const broadcast: Broadcast = (name, event) => void broadcasts[name].push(event);
  const calls = { wakes: 0 };
  const paused: [ServiceId, number][] = [];
  const prefetches: { started: PictureJob[]; discarded: string[] } = { started: [], discarded: [] };
  const prefetch = createPrefetchSlot({
    mayStart: () => world.mayPrefetch,
    start: (job) => void prefetches.started.push(job),
    discard: (requestId) => void prefetches.discarded.push(requestId),
  });
  const later: (() => void)[] = [];
  const retries: (() => void)[] = [];
  const attempt = createAttempts(
    { onWriteError: () => {}, after: (_milliseconds, work) => void retries.push(work) },
    () => ends.saveAll(),
  );
  const ends = createUnsavedEnds(attempt, createUnsavedWork());
  const world: {
    now: number;
    random: number;
    provider: ServiceId;
    /** The services among which a chat may choose. */
    services: readonly Service[];
    hasFile: (file: string) => boolean;
    isIdle: boolean;
    /** Whether the generator runs. */
    mayPrefetch: boolean;
    admits: boolean;
    refusal: Failure | null;
  } = {
    now: 1_000_000,
    random: 0.5,
    provider: 'painter',
    services: builtInServiceIds.map(builtInService),
    // Every picture has its file, and no bytes wait to be stored.
    hasFile: (file) => !file.startsWith('arrived/') && !file.endsWith('.arrived'),
    isIdle: true,
    mayPrefetch: true,
    admits: true,
    refusal: null,
  };
  const isInMemory = file === ':memory:';
  const store = isInMemory
    ? openInMemory()
    : openStore({ file, nativeBinding: nativeBinding(process.cwd()) });
  const metrics = createMetrics();
  const context: ChatContext = {
    store,
    broadcast,
    metrics,
    wakeDispatcher: () => {
      calls.wakes += 1;
    },
    admits: () => world.admits,
    refusalOf: () => world.refusal,
    isIdle: () => world.isIdle,
    prefetch,
    saveEnd: ends.save,
    pause: (provider, until) => void paused.push([provider, until]),
    activeProvider: () => ({
      id: world.provider,
      reason: 'settings',
      pictureModel: serviceOf(world.provider).defaultModel,
      textModel: serviceOf(world.provider).defaultTextModel,
    }),
    providerOf: (chosen) =>
      chosenProvider({ find: (id) => world.services.find((service) => service.id === id) }, chosen),
    hasFile: (file) => world.hasFile(file),
    now: () => world.now,
    deletionTime: () => world.now,
    random: () => world.random,
  };
  return {
    context,
    store,
    outbox: createOutbox({ store, broadcast, metrics }, (work) => void later.push(work), {
      after: () => {},
      onWriteError: () => {},
    }),
    /** The values that the context returns; a test may change them at any time. */
    world,
    /** Every broadcast, by name, in order. */
    broadcasts,
    /** How often the dispatcher was woken. */
    calls,
    /** The jobs of all waiting messages, as the dispatcher would begin them. */
    waitingJobs: (): Job[] =>
      store.messages
        .unfinished()
        .filter(({ status, isInTrash }) => status === 'pending' && !isInTrash)
        .flatMap(({ id }) => store.messages.find(id) ?? [])
        .map((message) => jobFor(context, message)),
    /** Jobs that the generator was told to prefetch, and ids of requests that it was told to discard. */
    prefetches,
    /** Providers whose pictures were paused, and until when. */
    paused,
    /** Tries again to write what could not be written. */
    tryAgain(): void {
      for (const work of retries.splice(0)) work();
    },
    /** Runs the work that the outbox has left for later. */
    runLater(): void {
      for (const work of later.splice(0)) work();
    },
  };
}
