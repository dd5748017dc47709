// For tests: the chat's context on a real database, with the rest of the world in the test's hands.
import type { EventName, Events } from '../../../shared/contract';
import { providers } from '../../../shared/domain/model-catalogue';
import type { ProviderId } from '../../../shared/domain/models';
import type { Job, PictureJob } from '../../../shared/generator/messages';
import type { ChatContext } from '../chat/chat-context';
import { createPrefetchSlot } from '../chat/prefetch-slot';
import { nativeBinding } from '../db/native-binding';
import { openStore } from '../db/open';
import type { Broadcast } from '../ipc/broadcast';
import { createMetrics } from '../logging/metrics';
import { createOutbox } from '../outbox/outbox';

export type TestContext = ReturnType<typeof createTestContext>;

/** @param file of the database; give a path where the test looks at it through a connection of its own. */
export function createTestContext(file = ':memory:') {
  const told: { [Name in EventName]: Events[Name][] } = {
    'message:updated': [],
    'message:text': [],
    'message:progress': [],
    'messages:added': [],
    'conversation:updated': [],
    'gallery:added': [],
    'app:notice': [],
    'provider:changed': [],
    'gallery:changed': [],
    'gallery:removed': [],
    'import:progress': [],
    'export:progress': [],
    'desktop:requested': [],
    'updates:changed': [],
  };
  const broadcast: Broadcast = (name, event) => void told[name].push(event);
  const enqueued: Job[] = [];
  const cancelled: string[] = [];
  const paused: [ProviderId, number][] = [];
  /** What the generator was told of drafts: begun by job, discarded by id. */
  const drafts: { begun: PictureJob[]; discarded: string[] } = { begun: [], discarded: [] };
  const prefetch = createPrefetchSlot({
    start: (draft) => void drafts.begun.push(draft),
    discard: (prefetchId) => void drafts.discarded.push(prefetchId),
  });
  const later: (() => void)[] = [];
  /** What the test may change while it runs. */
  const world: {
    now: number;
    random: number;
    provider: ProviderId;
    hasFile: (file: string) => boolean;
    isIdle: boolean;
    admits: boolean;
  } = {
    now: 1_000_000,
    random: 0.5,
    provider: 'painter',
    hasFile: () => true,
    isIdle: true,
    admits: true,
  };
  const store = openStore({ file, nativeBinding: nativeBinding(process.cwd()) });
  const context: ChatContext = {
    store,
    broadcast,
    metrics: createMetrics(),
    enqueue: (job) => void enqueued.push(job),
    resume: (job) => void enqueued.push(job),
    admits: () => world.admits,
    isIdle: () => world.isIdle,
    prefetch,
    cancel: (jobId) => void cancelled.push(jobId),
    pause: (provider, until) => void paused.push([provider, until]),
    activeProvider: () => ({
      id: world.provider,
      reason: 'settings',
      pictureModel: providers[world.provider].defaultModel,
      textModel: providers[world.provider].defaultTextModel,
    }),
    hasFile: (file) => world.hasFile(file),
    now: () => world.now,
    random: () => world.random,
    afterReply: (work) => void later.push(work),
  };
  return {
    context,
    store,
    outbox: createOutbox({ store, broadcast, metrics: context.metrics }, (work) => void later.push(work)),
    world,
    /** Every broadcast, by name, in order. */
    told,
    enqueued,
    drafts,
    cancelled,
    /** Whose pictures were asked to wait, and until when. */
    paused,
    /** Does what was to be done once the reply had left. */
    runAfterReply(): void {
      for (const work of later.splice(0)) work();
    },
  };
}
