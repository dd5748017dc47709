// The installed version, newer ones and their notes, and the licences.
import { useEffect } from 'react';
import type { Updates } from '../../../shared/contract/updates';
import { request } from '../../ipc';
import { useSettings } from '../../state/settings/settings-store';
import { Button } from '../../ui/Button';
import { formatPercent, formatTime } from '../../ui/format';
import { toast } from '../../ui/toasts';
import styles from './UpdateSection.module.css';
import { useUpdates } from './updates-store';

export function UpdateSection() {
  const { updates, ask } = useUpdates();
  const isDaily = useSettings((state) => state.settings.checkForUpdates);

  useEffect(() => {
    void ask('updates:read');
  }, [ask]);

  if (!updates) return null;
  const { state, problem } = updates;
  return (
    <section className={styles['section']} aria-label="This version" data-setting="version">
      <h3>This version</h3>
      <div className={styles['line']}>
        <p aria-live="polite">
          <span className={styles['version']}>Afterimage {updates.current}</span>
          <span className={styles['state']}>{words(updates, isDaily)}</span>
        </p>
        <Action updates={updates} />
      </div>
      {state.kind === 'downloading' && (
        <progress className={styles['progress']} value={state.fraction} aria-label="Download" />
      )}
      {problem && (
        <p className={styles['problem']} role="alert">
          {problem.message}
        </p>
      )}
      {'notes' in state && state.notes !== null && (
        <section
          className={styles['notes']}
          aria-label={`What’s new in ${state.version}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
          tabIndex={0}
        >
          {state.notes}
        </section>
      )}
      <button type="button" className={styles['licences']} onClick={() => void showLicences()}>
        Licences of what is inside
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
          Look for a newer one
        </Button>
      );
    case 'available':
      return <Button onClick={() => void ask('updates:download')}>Download {state.version}</Button>;
    case 'ready':
      return <Button onClick={() => void ask('updates:install')}>Restart to install</Button>;
    default:
      return null;
  }
}

function words({ state, checkedAt }: Updates, isDaily: boolean): string {
  switch (state.kind) {
    case 'off':
      return 'This copy does not check for updates.';
    case 'checking':
      return 'Checking for updates…';
    case 'none':
      return checkedAt === null
        ? isDaily
          ? 'Checks for updates daily.'
          : 'Checks for updates only when you ask: see Privacy.'
        : `Up to date, checked on ${formatTime(checkedAt)}.`;
    case 'available':
      return `${state.version} is available. It is downloaded only when you choose to.`;
    case 'downloading':
      return `${state.version} is downloading: ${formatPercent(state.fraction)}.`;
    case 'ready':
      return `${state.version} is ready. Restart to install it.`;
  }
}

async function showLicences(): Promise<void> {
  const reply = await request('desktop:show-notices', {});
  if (!reply.ok) toast(reply.message, { tone: 'problem' });
}
