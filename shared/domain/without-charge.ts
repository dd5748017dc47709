// Adapts a failure for which nothing can have been charged.
import type { MessageId } from '../languages/en';
import { sentence } from '../languages/sentence';
import { type ErrorCode, type Explanation, explanation } from './errors';

/** Sentences that mention a possible charge, and their replacements. */
const withoutCharge: { [Id in MessageId]?: MessageId } = {
  'errors.interrupted': 'chat.interrupted_free',
  'errors.connection_lost': 'chat.connection_lost_free',
  'errors.timed_out': 'chat.timed_out_free',
  'answer_errors.interrupted': 'chat.answer_interrupted_free',
  'answer_errors.connection_lost': 'chat.answer_connection_lost_free',
  'answer_errors.timed_out': 'chat.timed_out_free',
  'services.answer_broke_off': 'chat.broke_off_free',
  'services.suggestion_interrupted': 'services.suggestion_interrupted_free',
};

type Failed = { code: ErrorCode; costMicroUsd: number | null } & Explanation;

/** Replaces sentences about a charge in a failure that has cost nothing. */
export function asUncharged<Kind extends Failed>(failed: Kind): Kind {
  const { code } = failed;
  if (code === 'cancelled_late')
    return { ...failed, code: 'cancelled', ...explanation('cancelled'), costMicroUsd: null };
  const said = withoutCharge[failed.sentence?.id ?? `errors.${code}`];
  return { ...failed, ...(said && explanation(code, sentence(said))), costMicroUsd: null };
}
