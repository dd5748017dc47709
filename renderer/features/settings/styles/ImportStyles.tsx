// Shows the content of a style file, and asks what to do with names that already exist.
import { useId, useState } from 'react';
import type { ListedStyle } from '../../../../shared/contract/styles';
import type { FoundStyles } from '../../../../shared/domain/style-files';
import {
  type DuplicateChoice,
  duplicateChoices,
  keyOfName,
  type StyleTexts,
} from '../../../../shared/domain/styles';
import { joinSentences, t } from '../../../../shared/languages/translate';
import { useStyles } from '../../../state/styles/styles-store';
import { Button } from '../../../ui/Button';
import { Dialog } from '../../../ui/Dialog';
import { toast } from '../../../ui/toasts';
import styles from './StylesSection.module.css';

export type FoundFile = FoundStyles & { file: string };

type Props = { found: FoundFile; own: readonly ListedStyle[]; onClose: () => void };

export function ImportStyles({ found, own, onClose }: Props) {
  const [choice, setChoice] = useState<DuplicateChoice>('both');
  const [isRunning, setRunning] = useState(false);
  const titleId = useId();
  const groupName = useId();
  const { file, leftOut } = found;
  const count = found.styles.length;
  const duplicates = countDuplicates(own, found.styles);

  async function importStyles(): Promise<void> {
    setRunning(true);
    const done = await useStyles.getState().importStyles(found.styles, choice);
    setRunning(false);
    if (!done) return;
    onClose();
    toast(t('styles.imported', done));
  }

  return (
    <Dialog
      className={styles['dialog']}
      aria-labelledby={titleId}
      onClose={onClose}
      onConfirm={() => {
        if (!isRunning) void importStyles();
      }}
    >
      <h2 id={titleId}>{t('styles.import_title')}</h2>
      <p>
        {joinSentences([
          t('styles.found', { count, file }),
          leftOut.empty > 0 && t('styles.left_out_empty', { count: leftOut.empty }),
          leftOut.tooLong > 0 && t('styles.left_out_too_long', { count: leftOut.tooLong }),
        ])}
      </p>
      {duplicates > 0 && (
        <fieldset className={styles['choices']}>
          <legend>{t('styles.duplicates', { count: duplicates })}</legend>
          {duplicateChoices.map((value) => (
            <label key={value} className={styles['choice']}>
              <input
                type="radio"
                name={groupName}
                checked={choice === value}
                onChange={() => setChoice(value)}
              />
              {t(`styles.duplicates_${value}`)}
            </label>
          ))}
        </fieldset>
      )}
      <div className={styles['buttons']}>
        <Button onClick={onClose}>{t('ui.cancel')}</Button>
        <Button tone="primary" disabled={isRunning} onClick={() => void importStyles()}>
          {t('styles.import_now')}
        </Button>
      </div>
    </Dialog>
  );
}

/** Counts names that already exist, or that occur earlier in the file. */
function countDuplicates(own: readonly ListedStyle[], found: readonly StyleTexts[]): number {
  const names = new Set(own.map(({ name }) => keyOfName(name)));
  let count = 0;
  for (const { name } of found) {
    if (names.has(keyOfName(name))) count += 1;
    names.add(keyOfName(name));
  }
  return count;
}
