// Limits and costs: requests and replies.
import { z } from 'zod';
import { type ProviderId, pictureResolutionSchema, providerIdSchema } from '../domain/models';
import { type RequestDefinition, reply } from './request';
import { noInput } from './schemas';

export const usageRequests = {
  'usage:read': { input: noInput, reply: reply<Usage>() },
  /** Replies null if too few pictures were made to tell. */
  'usage:estimate': {
    input: z.strictObject({
      provider: providerIdSchema,
      model: z.string().max(200),
      resolution: pictureResolutionSchema,
    }),
    reply: reply<Estimate | null>(),
  },
  'usage:costs': { input: noInput, reply: reply<Costs>() },
} satisfies Record<string, RequestDefinition>;

/** How full a limit is. */
export type LimitWindow = {
  used: number;
  /** Null: none. */
  limit: number | null;
  /** From when on there is room again, in UTC milliseconds; null where there is. */
  freeAt: number | null;
};

/** Limits and costs of the provider in use. Money is in micro-dollars. */
export type Usage = {
  provider: ProviderId;
  model: string;
  /** The last 60 seconds, and the last 24 hours. */
  minute: LimitWindow;
  day: LimitWindow;
  spentTodayMicroUsd: number;
  spentMonthMicroUsd: number;
  capMicroUsd: number | null;
};

/** How long a picture takes, in milliseconds, from so many of the user's own. */
export type Estimate = { p50: number; p95: number; count: number };

/** `day` as in ISO 8601, local time; the latest first; only days and providers with attempts. */
export type Costs = {
  /** `unpriced`: how many of the pictures are of a price that nobody knows, and in no sum. */
  days: { day: string; provider: string; pictures: number; costMicroUsd: number; unpriced: number }[];
};
