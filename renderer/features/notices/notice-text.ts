// Texts about the database: what happened, what was done, what may be missing.
import type { DataNotice } from '../../../shared/contract/app';
import { formatCount } from '../../ui/format';

/** @param showTime formats UTC milliseconds as a date and time. */
export function wordsFor(
  notice: DataNotice,
  showTime: (at: number) => string,
): { title: string; text: string } {
  if (notice.kind === 'suspected') {
    return {
      title: 'The database is damaged',
      text: 'Restart now: Afterimage repairs the database when it starts, and until then new data goes into the damaged one.',
    };
  }
  return {
    title:
      notice.found === 'damaged'
        ? 'The database was damaged and has been replaced'
        : 'The database was missing',
    text: [oldFile(notice), backup(notice, showTime), pictures(notice)].filter(Boolean).join(' '),
  };
}

function oldFile({ oldFile: name }: DataNotice): string {
  return name === null ? '' : `The old file is kept as ${name}.`;
}

function backup({ backupAt }: DataNotice, showTime: (at: number) => string): string {
  if (backupAt === null) {
    return 'There was no backup, so conversations and settings could not be restored.';
  }
  const at = showTime(backupAt);
  return `The backup of ${at} was restored; conversations and settings changed since then are missing.`;
}

function pictures({ salvaged, unreadable }: DataNotice): string {
  if (salvaged === null) return 'Afterimage is searching for pictures by their files.';
  const found =
    salvaged === 0
      ? 'No picture was missing from the gallery.'
      : `${formatCount(salvaged, 'picture')} ${salvaged === 1 ? 'was' : 'were'} restored to the gallery from ${salvaged === 1 ? 'its file' : 'their files'}.`;
  return unreadable === 0 ? found : `${found} ${formatCount(unreadable, 'picture file')} could not be read.`;
}
