// Describes which requests check for newer versions, and when. About and Privacy use this text.
import type { Updates } from '../../../shared/contract/updates';
import { t } from '../../../shared/languages/translate';
import { labelOfSection } from '../settings/settings-sections';

/** @param isAllowed whether the user allows automatic checks. */
export function updateCheckText({ server }: Pick<Updates, 'server'>, isAllowed: boolean): string {
  if (server === null) return t('updates.state_off');
  if (isAllowed) return t('updates.by_itself', { server });
  return t('updates.when_asked', {
    ...{ server, button: t('updates.check') },
    section: t(labelOfSection('about')),
  });
}
