// One picture large, with what it was asked for.
import { Copy, Download, FolderMinus, FolderOpen, Trash2, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { type GalleryImage, imageUrl } from '../../shared/ipc';
import { findModel } from '../../shared/models';
import { copyText, deletePicture, locatePicture, saveCopy, showInFolder } from '../picture-actions';
import { Button } from '../ui/Button';
import { formatBytes } from '../ui/format';
import { IconButton } from '../ui/IconButton';
import { thumbhashBackground } from '../ui/thumbhash';
import { AddToCollection } from './collections/AddToCollection';
import { removeFromCollection } from './collections/actions';
import { useCollections } from './collections/collections-store';
import { FavouriteButton } from './FavouriteButton';
import { useGallery } from './gallery-store';
import styles from './Lightbox.module.css';

type Props = { image: GalleryImage; onStep: (by: 1 | -1) => void; onClose: () => void };

export function Lightbox({ image, onStep, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const change = useGallery((state) => state.change);
  /** Closes first: the notice with its way back is under the open picture. */
  function remove(): void {
    onClose();
    void deletePicture(id);
  }
  const { id, prompt, width, height, bytes, createdAt, model } = image;
  const collectionId = useGallery((state) => state.query.collectionId);
  const collection = useCollections(({ list }) => list.collections.find((each) => each.id === collectionId));
  const isMissing = image.state === 'missing';
  const facts = [
    findModel(model)?.label ?? model,
    `${width} × ${height}`,
    formatBytes(bytes),
    new Date(createdAt).toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' }),
  ];
  return (
    <dialog
      ref={dialog}
      className={styles['lightbox']}
      aria-label={prompt}
      onClose={onClose}
      onKeyDown={(event) => {
        if (event.key === 'ArrowRight') onStep(1);
        if (event.key === 'ArrowLeft') onStep(-1);
        if (event.key === 'Delete') remove();
      }}
    >
      <div
        className={styles['stage']}
        onPointerDown={(event) => event.target === event.currentTarget && onClose()}
      >
        {isMissing ? (
          <Missing key={id} imageId={id} onRemove={remove} />
        ) : (
          <img
            key={id}
            onError={() => change([{ ...image, state: 'missing' }])}
            className={styles['picture']}
            style={{
              aspectRatio: `${width} / ${height}`,
              backgroundImage: thumbhashBackground(image.thumbhash),
            }}
            src={imageUrl(id, 'full')}
            alt={prompt}
            width={width}
            height={height}
            draggable={false}
          />
        )}
      </div>
      <footer className={styles['foot']}>
        <div className={styles['words']}>
          <p className={styles['prompt']}>{prompt}</p>
          <p className={styles['facts']}>{facts.join(' · ')}</p>
        </div>
        <FavouriteButton imageId={id} favourite={image.favourite} />
        <AddToCollection imageIds={[id]} onDone={onClose} />
        {collection && (
          <IconButton
            icon={FolderMinus}
            label={`Take out of ${collection.name}`}
            onClick={() => {
              onClose();
              void removeFromCollection(collection, [id]);
            }}
          />
        )}
        <IconButton icon={Copy} label="Copy the prompt" onClick={() => void copyText(prompt)} />
        <IconButton icon={FolderOpen} label="Show in folder" onClick={() => void showInFolder(id)} />
        <IconButton icon={Download} label="Save a copy" onClick={() => void saveCopy(id)} />
        <IconButton icon={Trash2} label="Delete" onClick={remove} />
        <IconButton icon={X} label="Close" onClick={onClose} />
      </footer>
    </dialog>
  );
}

function Missing({ imageId, onRemove }: { imageId: string; onRemove: () => void }) {
  /** Here and not in a notice: that would be under the open picture. */
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <div className={styles['missing']} role="alert">
      <p>{problem ?? 'The file of this picture is not where it was kept.'}</p>
      <Button onClick={() => void locatePicture(imageId).then(setProblem)}>Locate…</Button>
      <Button onClick={onRemove}>Remove</Button>
    </div>
  );
}
