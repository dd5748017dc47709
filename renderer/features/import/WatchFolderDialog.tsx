// Asks how to watch a folder that the user has chosen.
import { useId, useState } from 'react';
import type { ChosenFolder } from '../../../shared/contract/folders';
import type { ImportMode } from '../../../shared/domain/watched-folders';
import { t } from '../../../shared/languages/translate';
import { useFolders } from '../../state/folders-store';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { Switch } from '../../ui/Switch';
import { ModeChoice } from './ModeChoice';
import styles from './WatchFolderDialog.module.css';

export function WatchFolderDialog() {
  const chosen = useFolders((state) => state.chosen);
  return chosen && <Choice key={chosen.choiceId} chosen={chosen} />;
}

function Choice({ chosen }: { chosen: ChosenFolder }) {
  const { watch, forgetChosen } = useFolders();
  const [mode, setMode] = useState<ImportMode>('copy');
  const [subfolders, setSubfolders] = useState(true);
  const titleId = useId();

  function confirm(): void {
    void watch({ mode, subfolders });
  }

  return (
    <Dialog className={styles['dialog']} aria-labelledby={titleId} onClose={forgetChosen} onConfirm={confirm}>
      <h2 id={titleId}>{t('import.watch_title', { name: chosen.name })}</h2>
      <p dir="auto">{chosen.path}</p>
      <ModeChoice value={mode} onChange={setMode} />
      <div className={styles['subfolders']}>
        <Switch
          label={t('import.watch_subfolders')}
          checked={subfolders}
          onChange={async (checked) => {
            setSubfolders(checked);
            // The choice is stored together with the folder.
            return false;
          }}
        />
      </div>
      <div className={styles['buttons']}>
        <Button onClick={forgetChosen}>{t('ui.cancel')}</Button>
        <Button tone="primary" onClick={confirm}>
          {t('import.watch')}
        </Button>
      </div>
    </Dialog>
  );
}
