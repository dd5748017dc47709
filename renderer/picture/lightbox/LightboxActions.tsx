// The row of actions below the open picture.
import { ClipboardCopy, Info, X, ZoomIn, ZoomOut } from 'lucide-react';
import type { RefObject } from 'react';
import type { RecipeFacts } from '../../../shared/contract/pictures';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { request } from '../../ipc';
import { useCollections } from '../../state/collections/collections-store';
import { useGallery } from '../../state/gallery/gallery-store';
import { FoldingRow } from '../../ui/FoldingRow';
import { IconButton } from '../../ui/IconButton';
import { toast } from '../../ui/toasts';
import { AddToCollection } from '../AddToCollection';
import type { PictureActionName } from '../action-list';
import { targetOfImage } from '../action-target';
import { FavouriteButton } from '../FavouriteButton';
import { PictureActionButton } from '../PictureActionButton';
import styles from './Lightbox.module.css';
import { usePanel } from './use-facts';
import type { ZoomControl } from './use-zoom';
import { type Sizes, type Zoom, zoomedTo } from './zoom';

const linked = [
  'removeFromCollection',
  'attach',
  'askAgain',
  'showInChat',
] as const satisfies PictureActionName[];
const ofFile = ['showInFolder', 'saveCopy', 'delete'] as const satisfies PictureActionName[];

type Props = {
  image: GalleryImage;
  facts: RecipeFacts | null;
  picture: RefObject<HTMLElement | null>;
  zoom: Zoom;
  sizes: Sizes | null;
  onZoom: ZoomControl['change'];
  /** Closes with an animation back to the tile. */
  onLeave: () => void;
  /** Closes immediately. */
  onClose: () => void;
};

export function LightboxActions(props: Props) {
  const { image, facts, picture, onLeave, onClose } = props;
  const { id } = image;
  const panel = usePanel();
  const collectionId = useGallery((state) => state.query.collectionId);
  const collection = useCollections(({ list }) => list.collections.find((each) => each.id === collectionId));
  const target = targetOfImage(image, facts, collection);
  const isThere = image.state === undefined;
  return (
    <footer className={styles['foot']}>
      {isThere && <ZoomButtons {...props} />}
      <FoldingRow align="center">
        <FavouriteButton imageId={id} favourite={image.favourite} />
        <AddToCollection imageIds={[id]} onDone={onClose} />
        {linked.map((action) => (
          <PictureActionButton key={action} action={action} target={target} onClose={onClose} />
        ))}
        <span className={styles['rule']} />
        {isThere && (
          <IconButton
            icon={ClipboardCopy}
            label="Copy the picture"
            onClick={() => void copyPicture(picture)}
          />
        )}
        {ofFile.map((action) => (
          <PictureActionButton key={action} action={action} target={target} onClose={onClose} />
        ))}
      </FoldingRow>
      <IconButton
        icon={Info}
        label={panel.isOpen ? 'Hide the recipe (i)' : 'Show the recipe (i)'}
        aria-expanded={panel.isOpen}
        onClick={panel.toggle}
      />
      <IconButton icon={X} label="Close" onClick={onLeave} />
    </footer>
  );
}

function ZoomButtons({ zoom, sizes, onZoom }: Props) {
  const by = (factor: number) => onZoom((now, all) => zoomedTo(now, now.scale * factor, { x: 0, y: 0 }, all));
  return (
    <>
      <IconButton
        isRepeatable
        icon={ZoomOut}
        label="Zoom out (-)"
        disabled={zoom.scale <= 1}
        onClick={() => by(1 / 1.5)}
      />
      <output className={styles['percent']} aria-label="Zoom">
        {sizes && `${Math.round((zoom.scale / sizes.actual) * 100)}%`}
      </output>
      <IconButton isRepeatable icon={ZoomIn} label="Zoom in (+)" onClick={() => by(1.5)} />
    </>
  );
}

/** Chromium copies the picture at a point of the window, at its full size. */
async function copyPicture(picture: RefObject<HTMLElement | null>): Promise<void> {
  const box = picture.current?.getBoundingClientRect();
  const stage = picture.current?.parentElement?.getBoundingClientRect();
  if (!box || !stage) return;
  const middle = (from: number, to: number, min: number, max: number) =>
    Math.round((Math.max(from, min) + Math.min(to, max)) / 2);
  const x = middle(box.left, box.right, stage.left, stage.right);
  const y = middle(box.top, box.bottom, stage.top, stage.bottom);
  const reply = await request('images:copy', { x, y });
  toast(reply.ok ? 'Picture copied' : reply.message, reply.ok ? {} : { tone: 'problem' });
}
