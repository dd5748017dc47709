// One picture from its first paint to its last, always in the same element and the same box.
import { type MouseEvent, useEffect, useRef, useState } from 'react';
import type { PictureMessage } from '../../../shared/domain/conversations';
import { findModel, findModelOf } from '../../../shared/domain/model-lookup';
import { serviceOf } from '../../../shared/domain/service-directory';
import { useChat } from '../../state/chat/chat-store';
import { pictureIdOf } from '../../state/chat/messages';
import { useProgress } from '../../state/chat/progress-store';
import { useChosenProvider } from '../../state/composer/chosen-provider';
import { dragPictures } from '../../state/pictures/drag-pictures';
import { useOpenPicture } from '../../state/pictures/open-picture';
import { deletePicture, locatePicture, restorePicture, saveKept } from '../../state/pictures/picture-actions';
import { selectModel, selectOfferedModel } from '../../state/settings/model-lifecycle';
import { Button } from '../../ui/Button';
import { hasTransparency, thumbhashBackground } from '../../ui/thumbhash';
import { ConnectButton } from './ConnectButton';
import styles from './Picture.module.css';
import { PictureContent } from './PictureContent';
import { Backdrop, Waiting } from './Waiting';

const fileMissing = 'The file of this picture is missing.';

/** @param ratio the box's width divided by its height; the surrounding style uses the same value. */
export function Picture({ message, ratio }: { message: PictureMessage; ratio: number }) {
  const isWaiting = message.status === 'pending' || message.status === 'generating';
  const [isFull, setFull] = useState(false);
  const [hasFaded, setFaded] = useState(false);
  // Only a picture that arrives while its message is on screen fades in.
  const [arrivedLive, setArrivedLive] = useState(isWaiting);
  if (isWaiting && !arrivedLive) setArrivedLive(true);
  const arrival = useProgress((state) => (isWaiting ? state.arrived[message.id] : undefined));
  const isInTrash = message.image?.state === 'trash';
  const isStored = message.image !== null && message.image.state === undefined;
  // What has arrived is shown while it is stored.
  const content = isStored ? message.image : arrival;
  const isShown = Boolean(content);
  // A picture restored from Trash, or made anew, is decoded again before it counts as shown.
  if (isFull && !isShown) setFull(false);
  if (hasFaded && !isFull) setFaded(false);
  const opensWhenStored = useRef(false);
  useEffect(() => {
    if (isStored && opensWhenStored.current) openPicture(pictureIdOf(message));
    if (isStored || !isShown) opensWhenStored.current = false;
  }, [isStored, isShown, message]);
  const visible = isFull && isShown ? 'full' : message.image && !isInTrash ? 'preview' : undefined;

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the action “Open” below is the way for the keyboard.
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above.
    <div
      className={styles['picture']}
      data-testid="picture"
      data-visible={visible}
      data-live={arrivedLive || undefined}
      data-transparent={hasTransparency(message.image?.thumbhash) || undefined}
      aria-busy={isWaiting}
      data-picture-id={isStored ? pictureIdOf(message) : undefined}
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
      {message.image?.state === 'missing' && <Missing message={message} image={message.image} />}
      {message.status === 'ready' && !message.image && (
        <div className={styles['problem']}>
          <p className={styles['quiet']}>This picture was deleted</p>
        </div>
      )}
      {message.error && !message.image && !isWaiting && <Problem message={message} />}
    </div>
  );
}

function openPicture(id: string): void {
  useOpenPicture.getState().show(id);
}

function isPlainClick({ target, ctrlKey, metaKey, shiftKey, altKey }: MouseEvent): boolean {
  if (ctrlKey || metaKey || shiftKey || altKey) return false;
  return target instanceof Element && target.closest('button') === null;
}

function InTrash({ message }: { message: PictureMessage }) {
  return (
    <div className={styles['problem']}>
      <p className={styles['quiet']}>This picture is in Trash</p>
      <Button onClick={() => void restorePicture(pictureIdOf(message))}>Restore</Button>
    </div>
  );
}

type MissingProps = { message: PictureMessage; image: NonNullable<PictureMessage['image']> };

function Missing({ message, image }: MissingProps) {
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <>
      <div className={styles['preview']} style={{ backgroundImage: thumbhashBackground(image.thumbhash) }} />
      <div className={styles['problem']} data-over-picture>
        <p role="alert" aria-live="off">
          {problem ?? fileMissing}
        </p>
        <div className={styles['buttons']}>
          <Button onClick={() => void locatePicture(pictureIdOf(message)).then(setProblem)}>Locate…</Button>
          <Button onClick={() => void deletePicture(pictureIdOf(message))}>Remove</Button>
        </div>
      </div>
    </>
  );
}

function Problem({ message }: { message: PictureMessage }) {
  const retry = useChat((state) => state.retry);
  return (
    <div className={styles['problem']}>
      <p role="alert" aria-live="off">
        {message.error?.message}
      </p>
      <div className={styles['buttons']}>
        <RetryWithReplacement message={message} />
        <ConnectButton message={message} />
        <Button onClick={() => void retry(message.id)}>Retry</Button>
        {mayBeKept(message) && (
          <Button tone="primary" onClick={() => void saveKept(message.id)}>
            Save what came
          </Button>
        )}
      </div>
    </div>
  );
}

/** What the provider sent is on disk, although Afterimage cannot open it. */
function mayBeKept({ error }: PictureMessage): boolean {
  return error?.code === 'unreadable_picture' || error?.code === 'picture_too_large';
}

/** Offers to retry with the replacement of a model that is deprecated or shut down. */
function RetryWithReplacement({ message }: { message: PictureMessage }) {
  const retry = useChat((state) => state.retry);
  const { id: service, pictureModel } = useChosenProvider();
  const life = findModelOf(message.provider, message.model)?.life;
  const isGone = message.error?.code === 'model_gone' && pictureModel === message.model;
  // A server of the user's own has models of its own.
  if (isGone && (!life || life.state === 'available' || serviceOf(service).free)) {
    return (
      <Button
        onClick={() =>
          void selectOfferedModel(service, pictureModel).then((isThere) =>
            isThere ? retry(message.id) : undefined,
          )
        }
      >
        Use a model that it offers
      </Button>
    );
  }
  if (!life || life.state === 'available' || pictureModel === life.replacement) return null;
  const { replacement } = life;
  return (
    <Button onClick={() => void selectModel(replacement).then(() => retry(message.id))}>
      Use {findModel(replacement)?.label}
    </Button>
  );
}
