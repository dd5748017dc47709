// Texts about the database: what happened, what was done, what may be missing.

import type { DataNotice } from '../../../shared/contract/app';
import { t } from '../../../shared/languages/translate';

/** @param showTime formats UTC milliseconds as a date and time. */
export function wordsFor(
  notice: DataNotice,
  showTime: (at: number) => string,
): { title: string; text: string } {
  if (notice.kind === 'suspected') {
    return {
      title: t('notices.damaged_now_title'),
      text: t('notices.damaged_now'),
    };
  }
  return {
    title: notice.found === 'damaged' ? t('notices.replaced_title') : t('notices.missing_title'),
    text: [oldFile(notice), backup(notice, showTime), pictures(notice)].filter(Boolean).join(' '),
  };
}

function oldFile({ oldFile: name }: DataNotice): string {
  return name === null ? '' : t('notices.old_file', { file: name });
}

function backup({ backupAt }: DataNotice, showTime: (at: number) => string): string {
  if (backupAt === null) {
    return t('notices.no_backup');
  }
  return t('notices.backup', { at: showTime(backupAt) });
}

function pictures({ salvaged, unreadable }: DataNotice): string {
  if (salvaged === null) return t('notices.searching');
  const found = t('notices.salvaged', { count: salvaged });
  return unreadable === 0 ? found : `${found} ${t('notices.unreadable', { count: unreadable })}`;
}
