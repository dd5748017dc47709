// Texts about the database: what happened, what was done, and what may be missing.

import type { DataNotice } from '../../../shared/contract/app';
import { joinSentences, t } from '../../../shared/languages/translate';

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
    text: joinSentences([oldFile(notice), backup(notice, showTime), pictures(notice)]),
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
  return joinSentences([found, unreadable > 0 && t('notices.unreadable', { count: unreadable })]);
}
