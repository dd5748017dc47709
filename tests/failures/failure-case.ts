// One way in which a provider can fail, as it is made to happen and as it is told to the user.
import type { ErrorCode } from '../../shared/domain/errors';
import type { ProviderId } from '../../shared/domain/models';

/** How a job ended: the provider's answer, and how many requests had reached the server by then. */
export type Played = { outcome: object; requests: number };

export type FailureCase = {
  /** As in the table; unique within its provider. */
  situation: string;
  code: ErrorCode;
  /** Whether something may have been charged, which the outcome then says. */
  charged: boolean;
  /** How many requests the provider sent; absent: 1. More only where none of them can have been charged. */
  requests?: number;
  /** For how long the provider asks to wait, in milliseconds; then the picture goes by itself. */
  waits?: number;
  /** Makes it happen against a server of its own. */
  play: () => Promise<Played>;
};

export type FailureSection = { provider: ProviderId; title: string; cases: readonly FailureCase[] };
