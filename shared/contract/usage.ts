// Limits and costs: requests and replies.

import { z } from 'zod';
import { chosenModelSchema } from '../domain/chosen-model';
import { pictureResolutionSchema } from '../domain/models';
import { type ServiceId, serviceIdSchema } from '../domain/services';
import { type RequestDefinition, reply } from './request';
import { noInput } from './schemas';

export const usageRequests = {
  'usage:read': {
    input: z.strictObject({ model: chosenModelSchema.optional() }),
    reply: reply<Usage>(),
  },
  /** Returns the models that have made pictures, most recently used first. */
  'usage:models': { input: noInput, reply: reply<ModelUse[]>() },
  /** Replies null if too few pictures were made for an estimate. */
  'usage:estimate': {
    input: z.strictObject({
      provider: serviceIdSchema,
      model: z.string().max(200),
      resolution: pictureResolutionSchema,
    }),
    reply: reply<Estimate | null>(),
  },
  'usage:costs': { input: noInput, reply: reply<Costs>() },
} satisfies Record<string, RequestDefinition>;

/** The state of a limit on the number of pictures. */
export type LimitWindow = {
  used: number;
  /** Null: unlimited. */
  limit: number | null;
};

/** Limits and costs of the chosen model's service, or of the provider in use. Money is in micro-dollars. */
export type Usage = {
  provider: ServiceId;
  /** Usage in the last 60 seconds, and in the last 24 hours. */
  minute: LimitWindow;
  day: LimitWindow;
  /** After how many milliseconds `minute` changes without an event; null if nothing is in it. */
  minuteChangesInMs: number | null;
  spentMonthMicroUsd: number;
  capMicroUsd: number | null;
};

/** `usualMs`: the median of the newest pictures' durations. */
export type ModelUse = { provider: string; model: string; usualMs: number };

/** The time that a picture takes, in milliseconds, measured on the user's own pictures. */
export type Estimate = { p50: number; p95: number };

/** `day`: an ISO 8601 day in local time, latest first. Only days and providers with attempts are listed. */
export type Costs = {
  /** `unpriced`: number of pictures with an unknown price, which are not in the sum. */
  days: { day: string; provider: string; pictures: number; costMicroUsd: number; unpriced: number }[];
};
