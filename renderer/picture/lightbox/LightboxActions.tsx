// The row of actions below the open picture.
import {
  ClipboardCopy,
  Download,
  FolderMinus,
  FolderOpen,
  ImagePlus,
  Info,
  MessageSquare,
  RotateCw,
  Trash2,
  X,
  ZoomIn,
  ZoomOut,
} from 'lucide-react';
import type { RefObject } from 'react';
import type { RecipeFacts } from '../../../shared/contract/pictures';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { request } from '../../ipc';
import { useChat } from '../../state/chat/chat-store';
import { removeFromCollection } from '../../state/collections/collection-actions';
import { useCollections } from '../../state/collections/collections-store';
import { askAgain, attachReference } from '../../state/composer/composer-actions';
import { useGallery } from '../../state/gallery/gallery-store';
import { saveCopy, showInFolder } from '../../state/pictures/picture-actions';
import { IconButton } from '../../ui/IconButton';
import { toast } from '../../ui/toasts';
import { AddToCollection } from '../AddToCollection';
import { FavouriteButton } from '../FavouriteButton';
import styles from './Lightbox.module.css';
import { usePanel } from './use-facts';
import type { ZoomControl } from './use-zoom';
import { type Sizes, type Zoom, zoomedTo } from './zoom';

type Props = {
  image: GalleryImage;
  facts: RecipeFacts | null;
  picture: RefObject<HTMLElement | null>;
  zoom: Zoom;
  sizes: Sizes | null;
  onZoom: ZoomControl['change'];
  onRemove: () => void;
  /** Closes with an animation back to the tile. */
  onLeave: () => void;
  /** Closes immediately. */
  onClose: () => void;
};

export function LightboxActions(props: Props) {
  const { image, facts, picture, onRemove, onLeave, onClose } = props;
  const { id, prompt } = image;
  const panel = usePanel();
  const collectionId = useGallery((state) => state.query.collectionId);
  const collection = useCollections(({ list }) => list.collections.find((each) => each.id === collectionId));
  const conversation = facts?.conversation;
  const isThere = image.state === undefined;
  return (
    <footer className={styles['foot']}>
      {isThere && <ZoomButtons {...props} />}
      <span className={styles['gap']} />
      <FavouriteButton imageId={id} favourite={image.favourite} />
      <AddToCollection imageIds={[id]} onDone={onClose} />
      {collection && (
        <IconButton
          icon={FolderMinus}
          label={`Remove from ${collection.name}`}
          onClick={() => {
            onClose();
            void removeFromCollection(collection, [id]);
          }}
        />
      )}
      <IconButton
        icon={ImagePlus}
        label="Use as reference"
        onClick={() => {
          onClose();
          attachReference(id);
        }}
      />
      <IconButton
        icon={RotateCw}
        label="Same prompt again"
        onClick={() => {
          onClose();
          askAgain({ prompt, aspectRatio: image.aspectRatio });
        }}
      />
      <IconButton
        icon={MessageSquare}
        label="Show in chat"
        disabled={!conversation}
        onClick={() => {
          if (!conversation) return;
          onClose();
          void useChat.getState().openAt(conversation.id, conversation.messageId);
        }}
      />
      <span className={styles['rule']} />
      {isThere && (
        <IconButton icon={ClipboardCopy} label="Copy the picture" onClick={() => void copyPicture(picture)} />
      )}
      <IconButton icon={FolderOpen} label="Show in folder" onClick={() => void showInFolder(id)} />
      <IconButton icon={Download} label="Save a copy" onClick={() => void saveCopy(id)} />
      <IconButton icon={Trash2} label="Delete" onClick={onRemove} />
      <span className={styles['gap']} />
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
        icon={ZoomOut}
        label="Zoom out (-)"
        disabled={zoom.scale <= 1}
        onClick={() => by(1 / 1.5)}
      />
      <output className={styles['percent']} aria-label="Zoom">
        {sizes && `${Math.round((zoom.scale / sizes.actual) * 100)}%`}
      </output>
      <IconButton icon={ZoomIn} label="Zoom in (+)" onClick={() => by(1.5)} />
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
