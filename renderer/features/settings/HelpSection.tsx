// Where to look when something is wrong.
import { useAbout } from '../../state/about-store';
import { showView } from '../../state/navigation';
import { Button } from '../../ui/Button';
import { Setting } from './Choice';
import styles from './Choice.module.css';

export function HelpSection() {
  const openAbout = useAbout((state) => state.open);
  return (
    <Setting id="help" title="Help">
      <p className={styles['note']}>
        Logs, crash reports, counts and timings, for a bug report or for the curious. They stay on this
        computer.
      </p>
      <div className={styles['actions']}>
        <Button onClick={() => showView('diagnostics')}>Open diagnostics</Button>
        <Button onClick={() => void openAbout()}>About Afterimage</Button>
      </div>
    </Setting>
  );
}
