// Which notes of a picture are shown under it.
import { isUnfinished, type PictureMessage } from '../../../shared/domain/conversations';
import type { PictureNote } from '../../../shared/domain/picture-notes';

/**
 * Returns the notes that are true of a picture as it is: one that failed differs in nothing from what was asked, and what a
 * model may have changed is not said before it has changed anything.
 */
export function shownNotes({ notes = [], status }: PictureMessage): PictureNote[] {
  if (status === 'ready') return notes;
  return notes.filter(({ code }) => isTrueWithoutPicture(code, isUnfinished({ status })));
}

function isTrueWithoutPicture(code: PictureNote['code'], isAwaited: boolean): boolean {
  switch (code) {
    // There from the placeholder on, so that nothing moves when the picture comes.
    case 'not_drawn':
    case 'settings_left_out':
      return isAwaited;
    // Said by the answer, whatever became of this picture.
    case 'answer_words':
    case 'answer_incomplete':
      return true;
    case 'part_not_exact':
    case 'other_shape':
      return false;
  }
}
