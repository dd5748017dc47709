// Explains which data leaves this computer, and has the related settings.
import { useEffect } from 'react';
import { serviceOf } from '../../../shared/domain/service-directory';
import type { MessageId } from '../../../shared/languages/en';
import { t } from '../../../shared/languages/translate';
import { useChosenProvider } from '../../state/composer/chosen-provider';
import { useSettings } from '../../state/settings/settings-store';
import { updateCheckText } from '../../state/updates/update-check-text';
import { useUpdates } from '../../state/updates/updates-store';
import { Switch } from '../../ui/Switch';
import { Text } from '../../ui/Text';
import { Setting } from './Choice';
import styles from './Choice.module.css';

/** macOS checks spelling without a download and has its own setting. */
const checksBySystem = navigator.userAgent.includes('Macintosh');

export function PrivacySection() {
  const { settings, change } = useSettings();
  const provider = useChosenProvider();
  const { name } = serviceOf(provider.id);
  const { updates, ask } = useUpdates();
  const canUpdate = updates !== null && updates.server !== null;

  useEffect(() => {
    void ask('updates:read');
  }, [ask]);

  return (
    <>
      <Setting id="leaves" title={t('settings.leaves')}>
        <ul className={styles['facts']}>
          <Fact
            id={provider.id === 'painter' ? 'settings.leaves_nothing_to_painter' : 'settings.leaves_requests'}
            service={name}
          />
          <Fact id="settings.leaves_questions" />
          {settings.prefetchBilled && <Fact id="settings.leaves_prefetch" />}
          {canUpdate && (
            <Fact
              id="settings.leaves_update_check"
              check={updateCheckText(updates, settings.checkForUpdates)}
            />
          )}
          <Fact id="settings.leaves_links" />
          {settings.checkSpelling && !checksBySystem && <Fact id="settings.leaves_dictionaries" />}
          <Fact id="settings.leaves_nothing_else" />
        </ul>
      </Setting>
      <Setting id="checkForUpdates">
        <Switch
          label={t('settings.update_check')}
          checked={settings.checkForUpdates}
          disabled={!canUpdate}
          note={
            updates?.server === null
              ? updateCheckText(updates, settings.checkForUpdates)
              : t('settings.update_check_note')
          }
          onChange={(checkForUpdates) => change({ checkForUpdates })}
        />
      </Setting>
      {!checksBySystem && (
        <Setting id="checkSpelling">
          <Switch
            label={t('settings.spelling')}
            checked={settings.checkSpelling}
            note={t('settings.spelling_note')}
            onChange={(checkSpelling) => change({ checkSpelling })}
          />
        </Setting>
      )}
      <Setting id="promptInNotifications">
        <Switch
          label={t('settings.prompt_in_notifications')}
          checked={settings.promptInNotifications}
          disabled={!settings.notifications}
          note={t(
            settings.notifications ? 'settings.prompt_in_notifications_note' : 'settings.notifications_off',
          )}
          onChange={(promptInNotifications) => change({ promptInNotifications })}
        />
      </Setting>
      <Setting id="embedRecipes">
        <Switch
          label={t('settings.embed_recipes')}
          checked={settings.embedRecipes}
          note={t('settings.embed_recipes_note')}
          onChange={(embedRecipes) => change({ embedRecipes })}
        />
      </Setting>
    </>
  );
}

function Fact({ id, service = '', check = '' }: { id: MessageId; service?: string; check?: string }) {
  return (
    <li>
      <Text id={id} values={{ b: (parts) => <strong>{parts}</strong>, service, check }} />
    </li>
  );
}
