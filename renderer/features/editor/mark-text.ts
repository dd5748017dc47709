// The editor's texts about the mask, the frame and the model.

import { maxTextLength } from '../../../shared/domain/conversations';
import { type Frame, framedSize } from '../../../shared/domain/edits';
import type { PartSupport } from '../../../shared/domain/part-support';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { importedProvider } from '../../../shared/domain/read-recipe';
import { t } from '../../../shared/languages/translate';
import { isFramed, type Size } from './frame';
import { coverageText } from './mask/mask';

/**
 * Returns the prompt to send if the user has entered none. Models that follow instructions get one to vary the marked part,
 * or to extend the picture. An engine would try to draw an instruction, so it gets the prompt of the picture; null if the
 * picture has none, so that the user has to describe the change.
 */
export function wordlessText(
  support: PartSupport,
  { provider, prompt }: Pick<GalleryImage, 'provider' | 'prompt'>,
  hasMark: boolean,
): string | null {
  // Every model that takes a mask exactly is an engine. The prompt of an imported picture may be the name of its file.
  const hasPrompt = provider !== importedProvider && prompt.trim() !== '' && prompt.length <= maxTextLength;
  if (support === 'exact') return hasPrompt ? prompt : null;
  return t(hasMark ? 'editor.vary_words' : 'editor.extend_words');
}

/** @param needsWords whether the user has to enter a description. */
export function placeholderFor(hasMark: boolean, isExtended: boolean, needsWords: boolean): string {
  if (needsWords && (hasMark || isExtended)) return t('editor.placeholder_needed');
  if (hasMark) return t('editor.placeholder_marked');
  if (isExtended) return t('editor.placeholder_extended');
  return t('editor.placeholder');
}

/** Describes the marked part and the new size. @param coverage the marked fraction, from 0 to 1. */
export function statusText(coverage: number, size: Size, frame: Frame): string {
  const marked = coverageText(coverage);
  if (!isFramed(frame)) return marked;
  const { width, height } = framedSize(size, frame);
  const framed = t('editor.size', { width, height });
  return coverage === 0
    ? t('editor.extended', { size: framed })
    : t('editor.marked_and_extended', { marked, size: framed });
}

/**
 * Returns a note on how the model treats the marked part; null if it follows the mask exactly. The note is shown from the
 * start, because a line that appears with the first stroke would move the picture.
 */
export function supportNote(support: PartSupport, hasMark: boolean, isExtended: boolean): string | null {
  if (support === 'none') return t('editor.note_none');
  if (support === 'exact') return null;
  if (support === 'guided') return t('editor.note_guided');
  if (isExtended && !hasMark) return t('editor.note_extend');
  return support === 'marked' ? t('editor.note_marked') : t('editor.note_described');
}
