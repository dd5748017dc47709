// Links to help with problems.
import { t } from '../../../shared/languages/translate';
import { useAbout } from '../../state/about-store';
import { showView } from '../../state/navigation';
import { Button } from '../../ui/Button';
import { Setting } from './Choice';
import styles from './Choice.module.css';

export function HelpSection() {
  const openAbout = useAbout((state) => state.open);
  return (
    <Setting id="help" title={t('settings.help')}>
      <p className={styles['note']}>{t('settings.help_note')}</p>
      <div className={styles['actions']}>
        <Button onClick={() => showView('diagnostics')}>{t('settings.open_diagnostics')}</Button>
        <Button onClick={() => void openAbout()}>{t('settings.about')}</Button>
      </div>
    </Setting>
  );
}
