// The label of a field for a key, and its placeholder while a key is stored.
import { isAnotherService } from '../../shared/domain/known-services';
import { t } from '../../shared/languages/translate';

/** Returns "Google API key"; "API key" for a service without a name of its own, such as "Another … service". */
export function keyLabel(serviceName: string): string {
  return isAnotherService(serviceName) ? t('ui.api_key') : t('ui.api_key_of', { service: serviceName });
}

/** The placeholder for a stored key. The note below the field explains what can be done. */
export const storedKeyDots = '••••••••••••';
