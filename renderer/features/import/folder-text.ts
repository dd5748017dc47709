// Texts about a watched folder.
import { pollIntervalMs, type WatchedFolder } from '../../../shared/domain/watched-folders';
import { t } from '../../../shared/languages/translate';

/** Returns whether pictures are being imported. */
export function isImporting({ state, progress }: WatchedFolder): boolean {
  return (state === 'looking' || state === 'importing') && progress.found > progress.done;
}

/** Describes the user's choice, such as "Copied · with subfolders". */
export function describeChoice({ mode, subfolders }: WatchedFolder): string {
  const parts = [t(`import.watched_${mode}`), ...(subfolders ? [t('import.watched_subfolders')] : [])];
  return parts.join(' · ');
}

/** Describes the state of the folder, and its last import. */
export function describeState(folder: WatchedFolder): string {
  const { state, progress, isPolled } = folder;
  const seconds = pollIntervalMs / 1000;
  if (isImporting(folder)) {
    return t('import.watched_importing', { done: progress.done, found: progress.found });
  }
  switch (state) {
    case 'missing':
    case 'stopped':
      return t(`import.watched_${state}`, { seconds });
    case 'unreadable':
    case 'off':
      return t(`import.watched_${state}`);
    case 'looking':
      return t('import.watched_looking');
    default: {
      const { added, present } = progress;
      const parts = [
        added > 0 ? t('import.watched_added', { count: added }) : null,
        present > 0 ? t('import.watched_present', { count: present }) : null,
      ].filter((part) => part !== null);
      const last = parts.length === 0 ? t('import.watched_waiting') : parts.join(' · ');
      return isPolled ? `${last} · ${t('import.watched_polled', { seconds })}` : last;
    }
  }
}
