// Which notes of a picture are shown under it.
import { isUnfinished, type PictureMessage } from '../../../shared/domain/conversations';
import type { PictureNote } from '../../../shared/domain/picture-notes';

/**
 * Returns the notes that apply to a picture in its current state: a failed picture has no differences from the request, and
 * possible changes by a model are not mentioned before it has made any.
 */
export function shownNotes({ notes = [], status }: PictureMessage): PictureNote[] {
  if (status === 'ready') return notes;
  return notes.filter(({ code }) => isTrueWithoutPicture(code, isUnfinished({ status })));
}

function isTrueWithoutPicture(code: PictureNote['code'], isAwaited: boolean): boolean {
  switch (code) {
    // Shown from the placeholder on, so that nothing moves when the picture arrives.
    case 'not_drawn':
    case 'settings_left_out':
      return isAwaited;
    // These belong to the answer, whatever happened to this picture.
    case 'answer_words':
    case 'answer_incomplete':
      return true;
    case 'part_not_exact':
    case 'other_shape':
      return false;
  }
}
