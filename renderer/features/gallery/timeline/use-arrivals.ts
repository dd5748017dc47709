// Pictures that land while a user browses: they join where that moves nothing on screen, and else wait.
import { useEffect, useState } from 'react';
import type { GalleryImage } from '../../../../shared/domain/pictures';
import { useGallery } from '../../../state/gallery/gallery-store';
import type { PictureIndex } from '../../../state/gallery/picture-index';
import { rowAtHeight } from './find-row';
import { type Grouping, sectionAround } from './sections';
import { topZone, type View } from './view';

/** @returns how many have landed above what is on screen, and how to let the waiting ones in. */
export function useArrivals(view: View, index: PictureIndex, grouping: Grouping) {
  const { waiting, isComplete, query, join } = useGallery();
  /** Joined above the screen, and not looked at yet. */
  const [above, setAbove] = useState(0);
  const isAtTop = view.y <= topZone;
  const { layout } = view;
  const seesFirstSection = layout.rowSection[rowAtHeight(layout, view.y)] === 0;
  if (isAtTop && above > 0) setAbove(0);

  useEffect(() => {
    if (!isComplete || waiting.length === 0) return;
    const isNewer = ({ createdAt }: GalleryImage) =>
      query.sort === 'newest' && createdAt >= (index.createdAt[0] ?? 0);
    const wouldMove = (image: GalleryImage): boolean => {
      if (isAtTop || query.sort === 'oldest') return false;
      if (grouping === 'none') return true;
      // Its row, and all after it in its section, are filled anew.
      return (
        isNewer(image) &&
        seesFirstSection &&
        sectionAround(image.createdAt, grouping).start === layout.sectionStart[0]
      );
    };
    const joining = waiting.filter((image) => !wouldMove(image));
    if (joining.length === 0) return;
    if (!isAtTop) setAbove((count) => count + joining.filter(isNewer).length);
    join(joining.map(({ id }) => id));
  }, [waiting, isComplete, isAtTop, seesFirstSection, index, layout, query.sort, grouping, join]);

  return {
    count: isAtTop ? 0 : above + waiting.length,
    joinAll: () => join(waiting.map(({ id }) => id)),
  };
}
