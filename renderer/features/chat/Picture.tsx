// One picture, from placeholder to finished, always in the same element and the same box.

import { type KeyboardEvent, type MouseEvent, useEffect, useRef, useState } from 'react';
import type { PictureMessage } from '../../../shared/domain/conversations';
import { lacksFile } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { isThere, pictureIdOf } from '../../state/chat/messages';
import { useProgress } from '../../state/chat/progress-store';
import { dragPictures } from '../../state/pictures/drag-pictures';
import { useOpenPicture } from '../../state/pictures/open-picture';
import { deletePicture, locatePicture, restorePicture } from '../../state/pictures/picture-actions';
import { Button } from '../../ui/Button';
import { hasTransparency, thumbhashBackground } from '../../ui/thumbhash';
import { FailureButtons } from './failures/FailureButtons';
import { FailureSentence } from './failures/FailureSentence';
import styles from './Picture.module.css';
import { PictureContent } from './PictureContent';
import { useNearness } from './use-load-turn';
import { Backdrop, Waiting } from './Waiting';

/** @param ratio the box's width divided by its height; the surrounding style uses the same value. */
export function Picture({ message, ratio }: { message: PictureMessage; ratio: number }) {
  const isWaiting = message.status === 'pending' || message.status === 'generating';
  const [isFull, setFull] = useState(false);
  const [hasFaded, setFaded] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  useNearness(box, isWaiting);
  // Only a picture that arrives while its message is on screen fades in.
  const [arrivedLive, setArrivedLive] = useState(isWaiting);
  if (isWaiting && !arrivedLive) setArrivedLive(true);
  const arrival = useProgress((state) => (isWaiting ? state.arrived[message.id] : undefined));
  const isInTrash = message.image?.state === 'trash';
  const isStored = isThere(message);
  // The arrived bytes are shown while they are stored.
  const content = isStored ? message.image : arrival;
  const isShown = Boolean(content);
  // A picture that was restored from Trash, or made again, is decoded again before it counts as shown.
  if (isFull && !isShown) setFull(false);
  if (hasFaded && !isFull) setFaded(false);
  const opensWhenStored = useRef(false);
  useEffect(() => {
    if (isStored && opensWhenStored.current) openPicture(pictureIdOf(message));
    if (isStored || !isShown) opensWhenStored.current = false;
  }, [isStored, isShown, message]);
  const visible = isFull && isShown ? 'full' : message.image && !isInTrash ? 'preview' : undefined;

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a button would hide the picture inside it from screen readers.
    <div
      ref={box}
      className={styles['picture']}
      data-testid="picture"
      data-visible={visible}
      data-live={arrivedLive || undefined}
      data-transparent={hasTransparency(message.image?.thumbhash) || undefined}
      aria-busy={isWaiting}
      data-picture-id={isStored ? pictureIdOf(message) : undefined}
      // Its shortcuts apply while it has the focus. A click does not move the focus from the composer.
      tabIndex={isStored ? 0 : undefined}
      onMouseDown={(event) => isStored && event.preventDefault()}
      onKeyDown={(event) => isStored && isPlainEnter(event) && openPicture(pictureIdOf(message))}
      onPointerDown={(event) => isStored && dragPictures(event, () => [pictureIdOf(message)])}
      onClick={(event) => {
        if (!isPlainClick(event)) return;
        if (isStored) openPicture(pictureIdOf(message));
        else opensWhenStored.current = visible === 'full';
      }}
    >
      {arrivedLive && (isWaiting || isShown) && !hasFaded && (
        <Backdrop message={message} isCovered={isFull} />
      )}
      {content && (
        <PictureContent
          message={message}
          image={content}
          arrival={arrival}
          box={box}
          ratio={ratio}
          isFresh={arrivedLive}
          isShown={isFull}
          isCovering={hasFaded}
          onShown={() => setFull(true)}
          onFaded={() => setFaded(true)}
        />
      )}
      {isWaiting && visible !== 'full' && <Waiting message={message} />}
      {isInTrash && <InTrash message={message} />}
      {message.image && lacksFile(message.image.state) && (
        <WithoutFile message={message} image={message.image} />
      )}
      {message.status === 'ready' && !message.image && (
        <div className={styles['problem']}>
          <p className={styles['quiet']}>{t('picture.deleted')}</p>
        </div>
      )}
      {message.error && !message.image && !isWaiting && (
        <div className={styles['problem']}>
          <FailureSentence error={message.error} />
          <FailureButtons message={message} />
        </div>
      )}
    </div>
  );
}

function openPicture(id: string): void {
  useOpenPicture.getState().show(id);
}

function isPlainEnter(event: KeyboardEvent): boolean {
  const { key, repeat, ctrlKey, metaKey, shiftKey, altKey, target, currentTarget } = event;
  if (key !== 'Enter' || repeat || target !== currentTarget) return false;
  return !ctrlKey && !metaKey && !shiftKey && !altKey;
}

function isPlainClick({ target, ctrlKey, metaKey, shiftKey, altKey }: MouseEvent): boolean {
  if (ctrlKey || metaKey || shiftKey || altKey) return false;
  return target instanceof Element && target.closest('button') === null;
}

function InTrash({ message }: { message: PictureMessage }) {
  return (
    <div className={styles['problem']}>
      <p className={styles['quiet']}>{t('picture.in_trash')}</p>
      <Button onClick={() => void restorePicture(pictureIdOf(message))}>{t('picture.restore')}</Button>
    </div>
  );
}

type WithoutFileProps = { message: PictureMessage; image: NonNullable<PictureMessage['image']> };

function WithoutFile({ message, image }: WithoutFileProps) {
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <>
      <div className={styles['preview']} style={{ backgroundImage: thumbhashBackground(image.thumbhash) }} />
      <div className={styles['problem']} data-over-picture>
        <p role="alert" aria-live="off">
          {problem ?? t(image.state === 'damaged' ? 'picture.file_damaged' : 'picture.file_missing')}
        </p>
        <div className={styles['buttons']}>
          <Button onClick={() => void locatePicture(pictureIdOf(message)).then(setProblem)}>
            {t('picture.locate')}
          </Button>
          <Button onClick={() => void deletePicture(pictureIdOf(message))}>{t('picture.remove')}</Button>
        </div>
      </div>
    </>
  );
}
