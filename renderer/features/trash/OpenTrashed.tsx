// Opens a picture of Trash in the lightbox, with the others of Trash as its neighbours.
import { useEffect, useMemo, useRef } from 'react';
import type { TrashPage } from '../../../shared/contract/trash';
import { OpenPicture } from '../../picture/lightbox/OpenPicture';
import { type TrashActions, trashActionsFor } from './trash-actions';
import { useTrash } from './trash-store';

type Props = {
  id: string;
  page: TrashPage;
  actions: TrashActions;
  onOpen: (imageId: string | null) => void;
};

export function OpenTrashed({ id, page: { pictures, counts }, actions, onOpen }: Props) {
  const loadMore = useTrash((state) => state.loadMore);
  const found = pictures.findIndex(({ image }) => image.id === id);
  const last = useRef(found);
  if (found >= 0) last.current = found;
  // When the open picture leaves Trash, the one that takes its place is shown.
  const at = found >= 0 ? found : Math.min(last.current, pictures.length - 1);
  const image = pictures[at]?.image;
  const shownId = image?.id ?? null;
  useEffect(() => {
    if (shownId !== id) onOpen(shownId);
  }, [shownId, id, onOpen]);
  const focusOnClose = useRef(shownId);
  if (shownId !== null) focusOnClose.current = shownId;
  // Runs after the dialog has closed, which focuses the picture that was opened first.
  useEffect(
    () => () => {
      const tile = `[data-trash-id="${focusOnClose.current}"] [data-tile]`;
      document.querySelector<HTMLElement>(tile)?.focus();
    },
    [],
  );
  const isLastOfPage = at === pictures.length - 1 && counts.pictures > pictures.length;
  useEffect(() => {
    if (isLastOfPage) void loadMore();
  }, [isLastOfPage, loadMore]);
  const trash = useMemo(() => image && trashActionsFor(actions, image), [actions, image]);
  if (!image) return null;
  return (
    <OpenPicture
      id={image.id}
      image={image}
      trash={trash}
      neighbours={{
        previous: pictures[at - 1]?.image.id,
        next: pictures[at + 1]?.image.id,
        position: { at: at + 1, of: counts.pictures },
      }}
      onOpen={onOpen}
      onLeave={() =>
        document.querySelector(`[data-trash-id="${image.id}"]`)?.scrollIntoView({ block: 'nearest' })
      }
      onClose={() => onOpen(null)}
    />
  );
}
