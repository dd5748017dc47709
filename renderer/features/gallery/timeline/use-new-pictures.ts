// Handles new pictures while the user browses: inserts them if nothing visible moves, and otherwise holds them back.
import { useEffect, useState } from 'react';
import type { GalleryImage } from '../../../../shared/domain/pictures';
import { useGallery } from '../../../state/gallery/gallery-store';
import type { PictureIndex } from '../../../state/gallery/picture-index';
import { rowAtHeight } from './find-row';
import { type Grouping, sectionAround } from './sections';
import { topZone, type View } from './view';

/**
 * Minimum time between two insertions (ms). Each moves visible rows, which are rendered again and reload their thumbnails,
 * and an import adds pictures several times a second.
 */
const restMs = 1000;

/** Returns the number of new pictures above the viewport, and a function that inserts the waiting ones. */
export function useNewPictures(view: View, index: PictureIndex, grouping: Grouping) {
  const { waiting, isComplete, query, join } = useGallery();
  /** The number of pictures inserted above the viewport and not seen yet. */
  const [above, setAbove] = useState(0);
  const [isResting, setResting] = useState(false);
  const isAtTop = view.y <= topZone;
  const { layout } = view;
  const seesFirstSection = layout.rowSection[rowAtHeight(layout, view.y)] === 0;
  if (isAtTop && above > 0) setAbove(0);

  useEffect(() => {
    if (!isResting) return;
    const timer = setTimeout(() => setResting(false), restMs);
    return () => clearTimeout(timer);
  }, [isResting]);

  useEffect(() => {
    if (!isComplete || isResting || waiting.length === 0) return;
    const isNewer = ({ position }: GalleryImage) =>
      query.sort === 'newest' && BigInt(position) > (index.positions[0] ?? 0n);
    const wouldMove = (image: GalleryImage): boolean => {
      if (isAtTop || query.sort === 'oldest') return false;
      if (grouping === 'none') return true;
      // Inserting the picture lays out its row and all later rows of its section again.
      return (
        isNewer(image) &&
        seesFirstSection &&
        sectionAround(image.createdAt, grouping).start === layout.sectionStart[0]
      );
    };
    const joining = waiting.filter((image) => !wouldMove(image));
    if (joining.length === 0) return;
    setResting(true);
    if (!isAtTop) setAbove((count) => count + joining.filter(isNewer).length);
    join(joining.map(({ id }) => id));
  }, [waiting, isComplete, isResting, isAtTop, seesFirstSection, index, layout, query.sort, grouping, join]);

  return {
    count: isAtTop ? 0 : above + waiting.length,
    joinAll: () => join(waiting.map(({ id }) => id)),
  };
}
