// One picture large, with what it was asked for.
import { Copy, Download, FolderOpen, X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { type GalleryImage, imageUrl } from '../../shared/ipc';
import { findModel } from '../../shared/models';
import { copyText, saveCopy, showInFolder } from '../picture-actions';
import { formatBytes } from '../ui/format';
import { IconButton } from '../ui/IconButton';
import { thumbhashBackground } from '../ui/thumbhash';
import styles from './Lightbox.module.css';

type Props = { image: GalleryImage; onStep: (by: 1 | -1) => void; onClose: () => void };

export function Lightbox({ image, onStep, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const { id, prompt, width, height, bytes, createdAt, model } = image;
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
      }}
    >
      <div
        className={styles['stage']}
        onPointerDown={(event) => event.target === event.currentTarget && onClose()}
      >
        <img
          key={id}
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
      </div>
      <footer className={styles['foot']}>
        <div className={styles['words']}>
          <p className={styles['prompt']}>{prompt}</p>
          <p className={styles['facts']}>{facts.join(' · ')}</p>
        </div>
        <IconButton icon={Copy} label="Copy the prompt" onClick={() => void copyText(prompt)} />
        <IconButton icon={FolderOpen} label="Show in folder" onClick={() => void showInFolder(id)} />
        <IconButton icon={Download} label="Save a copy" onClick={() => void saveCopy(id)} />
        <IconButton icon={X} label="Close" onClick={onClose} />
      </footer>
    </dialog>
  );
}
