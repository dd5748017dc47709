// Admits the pictures of one message as a whole: all of them fit the user's limits and cap, or none is requested.

import { type Failure, failure } from '../../../shared/domain/errors';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { ServiceId } from '../../../shared/domain/services';
import { sentence } from '../../../shared/languages/sentence';
import {
  type AdmissionOptions,
  maxLimitWaitMs,
  priceForCap,
  requestTimesOf,
  type WantedPicture,
} from './admission';
import { admit } from './rate-limit';

/**
 * Returns a function that says why pictures are refused together; null if each of them may be requested.
 *
 * @param spent returns what counts toward the cap so far, in micro-dollars.
 */
export function createSumAdmission(options: AdmissionOptions, spent: () => number) {
  const { store, limits, monthlyCap, waitingPictures, now } = options;

  /** Pictures over the limit per minute may wait, as in `overLimit`, but none may be refused. */
  function sumOverLimit(provider: ServiceId, count: number): Failure | null {
    const at = now();
    const allowed = limits(provider);
    const admitted = new Set(waitingPictures().map(({ id }) => id));
    const times = requestTimesOf({ ...options, now: () => at }, provider);
    const slots = store.messages
      .limitSlots(provider, '')
      .flatMap((slot) => (admitted.has(slot.id) ? [] : slot.retryAt));
    for (let index = 0; index < count; index += 1) {
      const admission = admit(times, allowed, at, slots);
      if (admission.ok) times.push(at);
      else if (admission.window === 'minute' && admission.freeAt - at <= maxLimitWaitMs) {
        slots.push(admission.freeAt);
      } else {
        const { window } = admission;
        const limit = window === 'minute' ? allowed.perMinute : allowed.perDay;
        const service = serviceOf(provider).name;
        return failure(
          window === 'minute' ? 'limit_minute' : 'limit_day',
          sentence('services.limit_of_sum', { service, limit: limit ?? 0, window, room: index, count }),
        );
      }
    }
    return null;
  }

  function sumOverCap(pictures: readonly WantedPicture[]): Failure | null {
    const cap = monthlyCap();
    const price = pictures.reduce(
      (sum, { provider, model, params }) => sum + priceForCap(provider, model, params),
      0,
    );
    if (cap === null || price === 0) return null;
    const left = cap - spent();
    if (price <= left) return null;
    return failure(
      'cap_reached',
      sentence('services.cap_of_sum', {
        ...{ count: pictures.length, price: dollars(price) },
        ...{ isLeft: left > 0 ? 'yes' : 'no', left: dollars(left) },
      }),
    );
  }

  return (pictures: readonly WantedPicture[]): Failure | null => {
    const counts = new Map<ServiceId, number>();
    for (const { provider } of pictures) counts.set(provider, (counts.get(provider) ?? 0) + 1);
    const over = [...counts].map(([provider, count]) => sumOverLimit(provider, count));
    return sumOverCap(pictures) ?? over.find((problem) => problem !== null) ?? null;
  };
}

/** Converts micro-dollars to dollars, keeping the significant digits of amounts below a cent. */
function dollars(amount: number): number {
  const value = amount / 1_000_000;
  return Number(value.toFixed(value < 0.1 ? 3 : 2));
}
