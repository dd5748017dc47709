// The progress of an import and its report.

import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ImportProgress } from '../../../shared/contract/import';
import { explainSkip } from '../../../shared/domain/import';
import { t } from '../../../shared/languages/translate';
import { showView, useView } from '../../state/navigation';
import { Button } from '../../ui/Button';
import { IconButton } from '../../ui/IconButton';
import styles from './ImportPanel.module.css';
import { useImport } from './import-store';
import { describeImport, describeWithoutRecipe, isUnderWay, skippedCount, wentWell } from './import-text';

/** How long the report of an import that went well stays (ms). */
const shownMs = 8000;

export function ImportPanel() {
  const { progress, cancel, dismiss } = useImport();
  const view = useView((state) => state.view);
  const panel = useRef<HTMLElement>(null);
  const closesItself = progress !== null && wentWell(progress);

  useEffect(() => {
    if (!closesItself) return;
    // Not under the pointer or the focus, which may be on their way to a button.
    const timer = setInterval(() => {
      if (!panel.current?.matches(':hover, :focus-within')) dismiss();
    }, shownMs);
    return () => clearInterval(timer);
  }, [closesItself, dismiss]);

  if (!progress) return null;
  const { title, text } = describeImport(progress);
  const isGoing = isUnderWay(progress);
  return (
    <section
      ref={panel}
      className={styles['panel']}
      aria-label={t('import.panel')}
      data-state={progress.state}
    >
      <header className={styles['head']}>
        <p className={styles['title']} role="status">
          {title}
        </p>
        {!isGoing && <IconButton icon={X} label={t('import.close_report')} size={16} onClick={dismiss} />}
      </header>
      {isGoing && (
        <progress
          className={styles['bar']}
          aria-label={title}
          {...(progress.state === 'running' && { max: progress.found, value: progress.done })}
        />
      )}
      {text && <p className={styles['text']}>{text}</p>}
      {!isGoing && <LeftOut progress={progress} />}
      {!isGoing && <WithoutRecipe withoutRecipe={progress.withoutRecipe} />}
      <footer className={styles['actions']}>
        {isGoing && <Button onClick={() => void cancel()}>{t('import.cancel')}</Button>}
        {!isGoing && progress.added > 0 && view !== 'gallery' && (
          <Button onClick={() => showView('gallery')}>{t('import.open_gallery')}</Button>
        )}
      </footer>
    </section>
  );
}

function LeftOut({ progress }: { progress: ImportProgress }) {
  const count = skippedCount(progress);
  const unnamed = count - progress.names.length;
  if (count === 0) return null;
  return (
    <details className={styles['report']} open={count <= 8}>
      <summary>{t('import.left_out', { count })}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long one scrolls, and has to be reachable by keyboard. */}
      <ul tabIndex={0} aria-label={t('import.skipped_files')}>
        {progress.names.map(({ name, reason }, index) => (
          <li key={index}>
            <span className={styles['name']} title={name}>
              {name}
            </span>
            <span className={styles['reason']}>{explainSkip(reason)}</span>
          </li>
        ))}
        {unnamed > 0 && <li>{t('import.more_files', { count: unnamed })}</li>}
      </ul>
    </details>
  );
}

function WithoutRecipe({ withoutRecipe: { count, names } }: Pick<ImportProgress, 'withoutRecipe'>) {
  if (count === 0) return null;
  return (
    <details className={styles['report']} open={count <= 8}>
      <summary>{describeWithoutRecipe(count)}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long one scrolls, and has to be reachable by keyboard. */}
      <ul tabIndex={0} aria-label={t('import.without_recipe_list')}>
        {names.map((name, index) => (
          <li key={index}>
            <span className={styles['name']} title={name}>
              {name}
            </span>
          </li>
        ))}
        {count > names.length && <li>{t('import.more_pictures', { count: count - names.length })}</li>}
      </ul>
    </details>
  );
}
