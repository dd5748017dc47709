// The progress of an import and its report.

import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { ImportProgress } from '../../../shared/contract/import';
import { explainNote, explainSkip } from '../../../shared/domain/import';
import { t } from '../../../shared/languages/translate';
import { openWholeGallery } from '../../state/collections/whole-gallery';
import { useView } from '../../state/navigation';
import { Button } from '../../ui/Button';
import { IconButton } from '../../ui/IconButton';
import { FileList } from './FileList';
import styles from './ImportPanel.module.css';
import { useImport } from './import-store';
import { describeImport, isUnderWay, noteCount, skippedCount, wentWell } from './import-text';

/** Maximum number of files in a list that is initially open. Longer ones are closed, to leave room for the view. */
const maxOpen = 3;
/** How long the report of a successful import stays (ms). */
const shownMs = 8000;

export function ImportPanel() {
  const { progress, cancel, dismiss } = useImport();
  const view = useView((state) => state.view);
  const panel = useRef<HTMLElement>(null);
  const closesItself = progress !== null && wentWell(progress);

  useEffect(() => {
    if (!closesItself) return;
    // Keeps the report while it has the pointer or the focus, which may be moving to a button, and while it is above the
    // pointer, because the content under the pointer would move.
    const timer = setInterval(() => {
      const isNear = panel.current?.matches(':hover, :focus-within') ?? false;
      if (!isNear && document.querySelector('main:hover') === null) dismiss();
    }, shownMs);
    return () => clearInterval(timer);
  }, [closesItself, dismiss]);

  if (!progress) return null;
  const { title, text } = describeImport(progress);
  const isGoing = isUnderWay(progress);
  return (
    <section
      ref={panel}
      className={styles['strip']}
      aria-label={t('import.panel')}
      data-state={progress.state}
    >
      <div className={styles['words']}>
        <p className={styles['title']} role="status">
          {title}
        </p>
        {text && <p className={styles['text']}>{text}</p>}
      </div>
      <div className={styles['actions']}>
        {isGoing && <Button onClick={() => void cancel()}>{t('import.cancel')}</Button>}
        {!isGoing && progress.added > 0 && view !== 'gallery' && (
          <Button onClick={openWholeGallery}>{t('import.open_gallery')}</Button>
        )}
        {!isGoing && <IconButton icon={X} label={t('import.close_report')} size={16} onClick={dismiss} />}
      </div>
      {isGoing && (
        <progress
          className={styles['bar']}
          aria-label={title}
          {...(progress.state === 'running' && { max: progress.found, value: progress.done })}
        />
      )}
      {!isGoing && skippedCount(progress) + noteCount(progress) > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard.
        <div className={styles['report']} tabIndex={0}>
          <Skipped progress={progress} />
          <Notes progress={progress} />
        </div>
      )}
    </section>
  );
}

function Skipped({ progress }: { progress: ImportProgress }) {
  const count = skippedCount(progress);
  return (
    <FileList
      summary={t('import.left_out', { count })}
      label={t('import.skipped_files')}
      files={progress.names.map((file) => ({ name: file.name, text: explainSkip(file) }))}
      count={count}
      isOpen={count <= maxOpen}
      more={(count) => t('import.more_files', { count })}
    />
  );
}

function Notes({ progress }: { progress: ImportProgress }) {
  const count = noteCount(progress);
  return (
    <FileList
      summary={t('import.noted', { count })}
      label={t('import.noted_list')}
      files={progress.noted.map(({ name, note }) => ({ name, text: explainNote(note) }))}
      count={count}
      isOpen={count <= maxOpen}
      more={(count) => t('import.more_notes', { count })}
    />
  );
}
