// The note below a key field: where the key in use comes from, and how long keys are kept.

import { shownOrigin } from '../../../shared/domain/service-origin';
import type { Service } from '../../../shared/domain/services';
import { joinSentences, t } from '../../../shared/languages/translate';
import { lossText, type ServiceKey } from './service-keys';

type Facts = ServiceKey & {
  name: Service['name'];
  /** Whether the service needs a key at its address. */
  isNeeded: boolean;
  /** Null until it is known. */
  canRemember: boolean | null;
  /** The part of the entered text that was used: see `ReadKey`. */
  took: string | null;
};

/** Returns the sentences for a service and its key. */
export function keyNote(facts: Facts): string {
  const { source, canRemember, took, heldFor, isRefused, name } = facts;
  const refused = t('composer.key_refused', { service: name });
  if (heldFor !== null) {
    const held = t('settings.key_held', { origin: shownOrigin(heldFor) });
    return source === 'environment' ? held : joinSentences([held, t('connect.paste_other_key')]);
  }
  if (source === 'environment')
    return joinSentences([t('settings.key_from_environment'), isRefused && refused]);
  return joinSentences([
    took && t('connect.took', { what: took }),
    isRefused ? refused : stateOfKey(facts),
    source === null && canRemember === false && t('connect.no_keychain'),
    source !== null && t('connect.paste_other_key'),
  ]);
}

function stateOfKey({ source, loss, name, isNeeded, canRemember }: Facts): string | false {
  if (source === 'keychain') return t('settings.key_from_keychain');
  if (source === 'session')
    return t(canRemember === false ? 'settings.key_without_keychain' : 'settings.key_of_session');
  if (loss !== null) return lossText(loss, [name]);
  return !isNeeded && t('settings.no_key_needed');
}
