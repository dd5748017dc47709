// What the chat needs of the rest of the app, passed in so that tests can bring their own clock and generator.

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
  /** Says that rows may need work. Returns at once; whatever follows begins after the reply has left. */
  look: () => void;
  /** Returns whether a picture could be requested now: it has a key, and no limit or pause forbids it. */
  admits: (picture: Pick<PictureMessage, 'id' | 'provider' | 'model' | 'params'>) => boolean;
  /** Returns why the limits or the cap do not allow all of these pictures together; null if they do. */
  refusalOf: (
    pictures: readonly Pick<PictureMessage, 'id' | 'provider' | 'model' | 'params'>[],
  ) => Failure | null;
  /** Returns whether no job waits or runs. */
  isIdle: () => boolean;
  prefetch: PrefetchSlot;
  /** Writes how work has ended that is no row's, now or as soon as that is possible. @param name for the log */
  saveEnd: (name: string, write: () => void) => void;
  /** Starts no picture of this provider before `until` (UTC milliseconds). */
  pause: (provider: ServiceId, until: number) => void;
  /** The service and the models in use: those of the settings, or those that were chosen for a chat. */
  activeProvider: () => ActiveProvider;
  /** Returns the service and the models in use for a chosen model. Fails if there is no such service or model. */
  providerOf: (chosen: ChosenModel) => Result<ActiveProvider>;
  /** Returns whether a file exists. @param file relative to the data folder. */
  hasFile: (file: string) => boolean;
  /** UTC milliseconds. */
  now: () => number;
  /** As `now`, for what is deleted permanently by its age: a clock that is too slow would shorten the time until then. */
  deletionTime: () => number;
  /** At least 0, less than 1. */
  random: () => number;
};
