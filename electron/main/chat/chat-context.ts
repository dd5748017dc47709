// The dependencies of the chat, passed in so that tests can use their own clock and generator.

import type { ActiveProvider } from '../../../shared/contract/services';
import type { ChosenModel } from '../../../shared/domain/chosen-model';
import type { PictureMessage } from '../../../shared/domain/conversations';
import type { Failure, Result } from '../../../shared/domain/errors';
import type { ServiceId } from '../../../shared/domain/services';
import type { Store } from '../db/open';
import type { Broadcast } from '../ipc/broadcast';
import type { Metrics } from '../logging/metrics';
import type { PrefetchSlot } from './prefetch-slot';

export type ChatContext = {
  store: Store;
  broadcast: Broadcast;
  metrics: Metrics;
  /** Tells the dispatcher that rows may need work. Returns at once; the work begins after the reply has been sent. */
  wakeDispatcher: () => void;
  /** Returns whether a picture could be requested now: there is a key, and no limit or pause forbids it. */
  admits: (picture: Pick<PictureMessage, 'id' | 'provider' | 'model' | 'params'>) => boolean;
  /** Returns why the limits or the cap refuse these pictures as a whole; null if they allow them. */
  refusalOf: (
    pictures: readonly Pick<PictureMessage, 'id' | 'provider' | 'model' | 'params'>[],
  ) => Failure | null;
  /** Returns whether no job is waiting or running. */
  isIdle: () => boolean;
  prefetch: PrefetchSlot;
  /**
   * Writes the end of work that has no message, such as a prefetch, now or as soon as possible. @param name for the
   * log
   */
  saveEnd: (name: string, write: () => void) => void;
  /** Starts no picture of this provider before `until` (UTC milliseconds). */
  pause: (provider: ServiceId, until: number) => void;
  /** Returns the service and the models in use: those of the settings, or those chosen for the chat. */
  activeProvider: () => ActiveProvider;
  /** Returns the service and the models in use for a chosen model. Fails if there is no such service or model. */
  providerOf: (chosen: ChosenModel) => Result<ActiveProvider>;
  /** Returns whether a file exists. @param file relative to the data folder. */
  hasFile: (file: string) => boolean;
  /** UTC milliseconds. */
  now: () => number;
  /** As `now`, for times from which a retention period is counted: a slow clock would shorten it. */
  deletionTime: () => number;
  /** At least 0, less than 1. */
  random: () => number;
};
