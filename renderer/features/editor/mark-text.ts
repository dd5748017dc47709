// What the editor says about the mask, the frame and the model.
import { type Frame, framedSize } from '../../../shared/domain/edits';
import type { PartSupport } from '../../../shared/domain/part-support';
import { isFramed, type Size } from './frame';
import { coverageText } from './mask/mask';

/** Sent where a picture is extended without words. */
export const extendWords = 'Extend the picture beyond its edges.';

export function placeholderFor(hasMark: boolean, isExtended: boolean): string {
  if (hasMark) return 'Describe what the marked part should become';
  if (isExtended) return 'Describe what the new area should show, or leave it to the model';
  return 'Paint over what should change, and describe it here';
}

export function statusText(coverage: number, size: Size, frame: Frame): string {
  const marked = coverageText(coverage);
  if (!isFramed(frame)) return marked;
  const { width, height } = framedSize(size, frame);
  const extended = `Extended to ${width} × ${height}`;
  return coverage === 0 ? extended : `${marked} · ${extended.toLowerCase()}`;
}

/**
 * Returns what the model does with what is marked; null if it does just what one expects. It is said from the start, because
 * a line that comes with the first stroke would move the picture.
 */
export function supportNote(support: PartSupport, hasMark: boolean, isExtended: boolean): string | null {
  if (support === 'none') return 'This model takes no pictures. Choose another model to change one.';
  if (support === 'exact') return null;
  if (support === 'guided') return 'This model may also change something outside of the marked part.';
  if (isExtended && !hasMark)
    return 'This model takes no mask: words and the new shape tell it how to extend the picture.';
  return support === 'marked'
    ? 'This model takes no mask: the marked picture goes along as a second picture, with words that explain it.'
    : 'This model takes no mask: words tell it where the marked part is.';
}
