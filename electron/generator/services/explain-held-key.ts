// Extends the failure of a missing key if there is a key that was entered for another address.
import { explanation, type Failure } from '../../../shared/domain/errors';
import { shownOrigin } from '../../../shared/domain/service-origin';
import type { ServiceConfiguration } from '../../../shared/generator/jobs';
import { sentence } from '../../../shared/languages/sentence';

/** Returns an answer unchanged, or with the reason why the service received no key. */
export function explainHeldKey<Answer extends { ok: true } | Failure>(
  answer: Answer,
  { heldFor, name }: Pick<ServiceConfiguration, 'heldFor' | 'name'>,
): Answer {
  if (answer.ok || heldFor === null) return answer;
  if (answer.code !== 'key_missing' && answer.code !== 'key_rejected') return answer;
  const precise = sentence('services.key_held', { service: name, origin: shownOrigin(heldFor) });
  return { ...answer, code: 'key_missing', ...explanation('key_missing', precise) };
}
