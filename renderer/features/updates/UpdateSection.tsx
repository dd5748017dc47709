// The installed version, newer ones and their notes, and the licences.
import { useEffect } from 'react';
import type { Updates } from '../../../shared/contract/updates';
import { explain } from '../../../shared/domain/errors';
import { t } from '../../../shared/languages/translate';
import { request } from '../../ipc';
import { useSettings } from '../../state/settings/settings-store';
import { updateCheckText } from '../../state/updates/update-check-text';
import { useUpdates } from '../../state/updates/updates-store';
import { Button } from '../../ui/Button';
import { formatPercent, formatTime } from '../../ui/format';
import { toast } from '../../ui/toasts';
import styles from './UpdateSection.module.css';

export function UpdateSection() {
  const { updates, ask } = useUpdates();
  const isAllowed = useSettings((state) => state.settings.checkForUpdates);

  useEffect(() => {
    void ask('updates:read');
  }, [ask]);

  if (!updates) return null;
  const { state, problem } = updates;
  return (
    <section className={styles['section']} aria-label={t('updates.this_version')} data-setting="version">
      <h3>{t('updates.this_version')}</h3>
      <div className={styles['line']}>
        <p aria-live="polite">
          <span className={styles['version']}>
            {t('updates.installed_version', { version: updates.current })}
          </span>
          <span className={styles['state']}>{words(updates)}</span>
        </p>
        <Action updates={updates} />
      </div>
      <p className={styles['check']}>{updateCheckText(updates, isAllowed)}</p>
      {state.kind === 'downloading' && (
        <progress className={styles['progress']} value={state.fraction} aria-label={t('updates.progress')} />
      )}
      {problem && (
        <p className={styles['problem']} role="alert">
          {explain(problem)}
        </p>
      )}
      {'notes' in state && state.notes !== null && (
        <section
          className={styles['notes']}
          aria-label={t('updates.whats_new_in', { version: state.version })}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
          tabIndex={0}
        >
          {state.notes}
        </section>
      )}
      <button type="button" className={styles['licences']} onClick={() => void showLicences()}>
        {t('updates.licences')}
      </button>
    </section>
  );
}

function Action({ updates: { state } }: { updates: Updates }) {
  const ask = useUpdates((store) => store.ask);
  switch (state.kind) {
    case 'none':
    case 'checking':
      return (
        <Button disabled={state.kind === 'checking'} onClick={() => void ask('updates:check')}>
          {t('updates.check')}
        </Button>
      );
    case 'available':
      return (
        <Button onClick={() => void ask('updates:download')}>
          {t('updates.download_version', { version: state.version })}
        </Button>
      );
    case 'ready':
      return <Button onClick={() => void ask('updates:install')}>{t('updates.restart')}</Button>;
    default:
      return null;
  }
}

function words({ state, checkedAt }: Updates): string {
  switch (state.kind) {
    case 'off':
      return '';
    case 'checking':
      return t('updates.state_checking');
    case 'none':
      return checkedAt === null ? '' : t('updates.state_up_to_date', { at: formatTime(checkedAt) });
    case 'available':
      return t('updates.state_available', { version: state.version });
    case 'downloading':
      return t('updates.state_downloading', {
        version: state.version,
        percent: formatPercent(state.fraction),
      });
    case 'ready':
      return t('updates.state_ready', { version: state.version });
  }
}

async function showLicences(): Promise<void> {
  const reply = await request('desktop:show-notices', {});
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
}
