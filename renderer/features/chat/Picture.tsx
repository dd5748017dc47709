// One picture from its first paint to its last, always in the same element and the same box.
import {
  type MouseEvent,
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { PictureMessage } from '../../../shared/domain/conversations';
import { findModel, findModelOf } from '../../../shared/domain/model-lookup';
import { imageUrl } from '../../../shared/domain/pictures';
import { serviceOf } from '../../../shared/domain/service-directory';
import { useChat } from '../../state/chat/chat-store';
import { pictureIdOf } from '../../state/chat/messages';
import { dragPictures } from '../../state/pictures/drag-pictures';
import { useOpenPicture } from '../../state/pictures/open-picture';
import { deletePicture, locatePicture, restorePicture, saveKept } from '../../state/pictures/picture-actions';
import { selectModel, selectOfferedModel } from '../../state/settings/model-lifecycle';
import { useSettings } from '../../state/settings/settings-store';
import { measureSince } from '../../state/user-timing';
import { Button } from '../../ui/Button';
import { thumbhashBackground } from '../../ui/thumbhash';
import { useIsDelayed } from '../../ui/use-is-delayed';
import { ConnectButton } from './ConnectButton';
import styles from './Picture.module.css';
import { Waiting } from './Waiting';

const fileMissing = 'The file of this picture is missing.';

/** Maximum relative difference of the ratios at which a picture fills its box. Others are shown whole on their blurred preview. */
const maxRatioDifference = 0.06;

/** Delay before an older picture shows its blurred preview (ms). */
const previewDelayMs = 50;

/** @param ratio the box's width divided by its height; the surrounding style uses the same value. */
export function Picture({ message, ratio }: { message: PictureMessage; ratio: number }) {
  const isWaiting = message.status === 'pending' || message.status === 'generating';
  const [isFull, setFull] = useState(false);
  // Only a picture that arrives while its message is on screen fades in.
  const [arrivedLive, setArrivedLive] = useState(isWaiting);
  if (isWaiting && !arrivedLive) setArrivedLive(true);
  const isInTrash = message.image?.state === 'trash';
  const isShown = message.image !== null && message.image.state === undefined;
  // A picture restored from Trash is decoded again before it counts as shown.
  if (isFull && !isShown) setFull(false);
  const visible = isFull && isShown ? 'full' : message.image && !isInTrash ? 'preview' : undefined;

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the action “Open” below is the way for the keyboard.
    // biome-ignore lint/a11y/useKeyWithClickEvents: as above.
    <div
      className={styles['picture']}
      data-testid="picture"
      data-visible={visible}
      data-live={arrivedLive || undefined}
      aria-busy={isWaiting}
      data-picture-id={isShown ? pictureIdOf(message) : undefined}
      onPointerDown={(event) => isShown && dragPictures(event, () => [pictureIdOf(message)])}
      onClick={(event) => isShown && isPlainClick(event) && openPicture(pictureIdOf(message))}
    >
      {isWaiting && <Waiting message={message} />}
      {message.image && isShown && (
        <Content
          message={message}
          image={message.image}
          ratio={ratio}
          isFresh={arrivedLive}
          isShown={isFull}
          onShown={() => setFull(true)}
        />
      )}
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

type ContentProps = {
  message: PictureMessage;
  image: NonNullable<PictureMessage['image']>;
  ratio: number;
  /** Whether the picture has just arrived, so that it has no thumbnail yet. */
  isFresh: boolean;
  /** Whether the full picture is on screen. */
  isShown: boolean;
  onShown: () => void;
};

function Content({ message, image, ratio, isFresh, isShown, onShown }: ContentProps) {
  const thumbnail = useThumbnail(pictureIdOf(message), isFresh);
  const element = useRef<HTMLImageElement>(null);
  const receive = useChat((state) => state.receive);
  const fits = Math.abs(image.width / image.height / ratio - 1) < maxRatioDifference;
  const isDelayed = useIsDelayed(!isFresh, previewDelayMs);
  // The preview stays behind a picture that does not fill its box.
  const hasPreview = isFresh || (isDelayed && !(isShown && fits));
  const preview = useMemo(
    () => (hasPreview ? thumbhashBackground(image.thumbhash) : 'none'),
    [hasPreview, image.thumbhash],
  );

  const onDecoded = useEffectEvent((arrivedAt: number) => {
    onShown();
    if (isFresh) measureSince('Show a picture that has landed', arrivedAt);
  });
  const onBroken = useEffectEvent(() => receive({ ...message, image: { ...image, state: 'missing' } }));

  useLayoutEffect(() => {
    const img = element.current;
    if (!img || thumbnail === 'loading') return;
    let isGone = false;
    const arrivedAt = performance.now();
    // Decoded before it is shown, so that no frame shows a part of it.
    img.decode().then(
      () => !isGone && onDecoded(arrivedAt),
      () => !isGone && onBroken(),
    );
    return () => {
      isGone = true;
    };
  }, [thumbnail]);

  const fit = fits ? 'cover' : 'contain';
  return (
    <>
      <div className={styles['preview']} style={{ backgroundImage: preview }} />
      {thumbnail === 'there' && !isShown && (
        <div
          className={styles['thumbnail']}
          style={{ backgroundImage: `url(${imageUrl(message.id, '512')})`, backgroundSize: fit }}
        />
      )}
      <img
        ref={element}
        className={styles['full']}
        data-fit={fit}
        {...(thumbnail !== 'loading' && { src: imageUrl(pictureIdOf(message), 'full') })}
        alt={message.prompt}
        draggable={false}
      />
    </>
  );
}

/**
 * Loads the thumbnail of an older picture before the full picture is requested: a transcript that is opened or scrolled
 * has many pictures, and thumbnails load fast.
 */
function useThumbnail(imageId: string, isFresh: boolean): 'loading' | 'there' | 'none' {
  const [isNeeded] = useState(!isFresh);
  const [state, setState] = useState<'loading' | 'there' | 'none'>(isNeeded ? 'loading' : 'none');
  useEffect(() => {
    if (!isNeeded) return;
    let isGone = false;
    const image = new Image();
    image.src = imageUrl(imageId, '512');
    image.decode().then(
      () => !isGone && setState('there'),
      () => !isGone && setState('none'),
    );
    return () => {
      isGone = true;
    };
  }, [imageId, isNeeded]);
  return state;
}

function InTrash({ message }: { message: PictureMessage }) {
  return (
    <div className={styles['problem']}>
      <p className={styles['quiet']}>This picture is in Trash</p>
      <Button onClick={() => void restorePicture(pictureIdOf(message))}>Restore</Button>
    </div>
  );
}

function Missing({ message, image }: Pick<ContentProps, 'message' | 'image'>) {
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
  const { id: service, pictureModel } = useSettings((state) => state.provider);
  const life = findModelOf(message.provider, message.model)?.life;
  const isGone = message.error?.code === 'model_gone' && pictureModel === message.model;
  // A server of the user's own has models of its own.
  if (isGone && (!life || life.state === 'available' || serviceOf(service).free)) {
    return (
      <Button
        onClick={() =>
          void selectOfferedModel(service).then((isThere) => (isThere ? retry(message.id) : undefined))
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
