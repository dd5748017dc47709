// Moving to another computer: an export of everything, and bringing one in.
import { useExport } from '../../state/pictures/export-store';
import { Button } from '../../ui/Button';
import styles from './Choice.module.css';

export function ArchiveSettings() {
  const { progress, startEverything, bringIn } = useExport();
  return (
    <section className={styles['setting']} data-setting="archive" aria-labelledby="archiveTitle">
      <h3 id="archiveTitle">Move to another computer</h3>
      <div className={styles['options']}>
        <Button disabled={progress !== null} onClick={() => void startEverything()}>
          Export everything…
        </Button>
        <Button disabled={progress !== null} onClick={() => void bringIn()}>
          Bring in an export…
        </Button>
      </div>
      <p className={styles['note']}>
        A folder with all pictures, chats (also as Markdown), collections, costs and settings, without keys.
        Another installation can bring it in: nothing is lost, and nothing is added twice.
      </p>
    </section>
  );
}
