// Texts about an import.

import type { ImportProgress } from '../../../shared/contract/import';
import { isSeenNote } from '../../../shared/domain/import';
import { joinSentences, t } from '../../../shared/languages/translate';

/** Returns whether an import has not ended. */
export function isUnderWay({ state }: ImportProgress): boolean {
  return state === 'looking' || state === 'running';
}

/** Returns the number of skipped files, for all reasons. */
export function skippedCount({ skipped }: ImportProgress): number {
  return Object.values(skipped).reduce((sum, count) => sum + count, 0);
}

/** Returns the number of notes of all kinds. */
export function noteCount({ notes }: ImportProgress): number {
  return Object.values(notes).reduce((sum, count) => sum + count, 0);
}

/** Returns whether an import added everything, so that the user does not need to read its report. */
export function wentWell(progress: ImportProgress): boolean {
  const { state, added, notes } = progress;
  const isNoted = Object.keys(notes).some(isSeenNote);
  return state === 'done' && added > 0 && skippedCount(progress) === 0 && !isNoted;
}

/** Returns a title and, if more is to be said, an explanation or the next step. */
export function describeImport(progress: ImportProgress): { title: string; text: string | null } {
  const { state, found, done, added, skipped } = progress;
  const howToContinue = t('import.how_to_continue');
  const addedBefore = t('import.added_before', { count: added });
  const count = skipped.duplicate ?? 0;
  const present = count > 0 ? [t('import.present', { count })] : [];
  switch (state) {
    case 'looking':
      return { title: t('import.looking'), text: t('import.found_so_far', { count: found }) };
    case 'running':
      return { title: t('import.running'), text: t('import.progress', { done, found }) };
    case 'done':
      return {
        title: added > 0 ? t('import.added', { count: added }) : t('import.nothing_new'),
        text: joinSentences(present) || null,
      };
    case 'cancelled':
      return {
        title: t('import.cancelled'),
        text: joinSentences([addedBefore, ...present, howToContinue]),
      };
    case 'stopped':
      return {
        title: t('import.stopped'),
        text: joinSentences([t('import.why_stopped'), addedBefore, ...present, howToContinue]),
      };
    case 'source-gone':
      return {
        title: t('import.stopped'),
        text: joinSentences([t('import.source_gone'), addedBefore, ...present, howToContinue]),
      };
    case 'interrupted':
      return {
        title: t('import.interrupted'),
        text: joinSentences([t('import.added_are_there'), howToContinue]),
      };
  }
}
