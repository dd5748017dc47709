// What is asked of the internet about newer versions, and when. About and Privacy say it with these words.
import type { Updates } from '../../../shared/contract/updates';
import { t } from '../../../shared/languages/translate';
import { labelOfSection } from '../settings/settings-sections';

/** @param isAllowed whether the user lets the app check by itself. */
export function updateCheckText({ server }: Pick<Updates, 'server'>, isAllowed: boolean): string {
  if (server === null) return t('updates.state_off');
  if (isAllowed) return t('updates.by_itself', { server });
  return t('updates.when_asked', {
    ...{ server, button: t('updates.check') },
    section: t(labelOfSection('about')),
  });
}
