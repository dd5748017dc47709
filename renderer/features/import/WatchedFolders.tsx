// The watched folders in Settings: their states, their actions, and a button that adds one.
import { Ellipsis, FolderSync } from 'lucide-react';
import { useEffect } from 'react';
import { explainNote, explainSkip } from '../../../shared/domain/import';
import type { WatchedFolder } from '../../../shared/domain/watched-folders';
import { t } from '../../../shared/languages/translate';
import { useFolders } from '../../state/folders-store';
import { Button } from '../../ui/Button';
import { PopMenu } from '../../ui/PopMenu';
import { FileList } from './FileList';
import { describeChoice, describeState, isImporting } from './folder-text';
import styles from './WatchedFolders.module.css';

export function WatchedFolders() {
  const { folders, problem, load, choose } = useFolders();

  useEffect(() => {
    void load();
  }, [load]);

  return (
    <section
      className={styles['section']}
      data-setting="watchedFolders"
      aria-label={t('import.watched')}
      aria-busy={folders === null && problem === null}
    >
      <h3>{t('import.watched')}</h3>
      <p className={styles['note']}>
        {folders?.length === 0 ? t('import.watched_none') : t('import.watched_note')}
      </p>
      {problem !== null && <p role="alert">{problem}</p>}
      {folders !== null && folders.length > 0 && (
        <ul className={styles['list']} aria-label={t('import.watched')}>
          {folders.map((folder) => (
            <FolderRow key={folder.id} folder={folder} />
          ))}
        </ul>
      )}
      <div>
        <Button onClick={() => void choose()}>{t('import.watch_folder')}</Button>
      </div>
    </section>
  );
}

function FolderRow({ folder }: { folder: WatchedFolder }) {
  const { setEnabled, look, show, remove } = useFolders();
  const { path, enabled, state, progress } = folder;
  return (
    <li className={styles['folder']} data-state={state}>
      <FolderSync className={styles['icon']} size={18} strokeWidth={1.75} aria-hidden />
      <div className={styles['facts']}>
        <p className={styles['path']} title={path}>
          <bdi>{path}</bdi>
        </p>
        <p className={styles['note']}>{describeChoice(folder)}</p>
        <p className={styles['state']} role="status">
          {describeState(folder)}
        </p>
        {isImporting(folder) && (
          <progress
            className={styles['bar']}
            aria-label={t('import.watched_looking')}
            max={progress.found}
            value={progress.done}
          />
        )}
        <Unread folder={folder} />
        <Notes folder={folder} />
      </div>
      <PopMenu
        icon={Ellipsis}
        label={t('import.watched_actions', { name: path })}
        name={t('import.watched_actions', { name: path })}
        side="below"
        options={[
          ...(enabled ? [{ label: t('import.watched_look'), onChoose: () => void look(folder) }] : []),
          {
            label: t(enabled ? 'import.watched_pause' : 'import.watched_resume'),
            onChoose: () => void setEnabled(folder, !enabled),
          },
          { label: t('import.watched_show'), onChoose: () => void show(folder) },
          { label: t('import.watched_stop'), onChoose: () => void remove(folder) },
        ]}
      />
    </li>
  );
}

function Unread({ folder: { path, unread } }: { folder: WatchedFolder }) {
  const { count, files } = unread;
  return (
    <FileList
      summary={t('import.watched_unread', { count })}
      label={t('import.watched_unread_list', { name: path })}
      files={files.map((file) => ({ name: file.name, text: explainSkip(file) }))}
      count={count}
      more={(count) => t('import.more_files', { count })}
    />
  );
}

function Notes({ folder: { path, progress } }: { folder: WatchedFolder }) {
  const { count, files } = progress.notes;
  return (
    <FileList
      summary={t('import.noted', { count })}
      label={t('import.watched_noted_list', { name: path })}
      files={files.map(({ name, note }) => ({ name, text: explainNote(note) }))}
      count={count}
      more={(count) => t('import.more_notes', { count })}
    />
  );
}
