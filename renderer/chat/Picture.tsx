// One picture from its first paint to its last: the same element and the same box, whatever it shows.
import { type CSSProperties, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { imageUrl, type PictureMessage } from '../../shared/ipc';
import { pictureSizes } from '../../shared/models';
import { carryPictures } from '../carry/carry';
import { measureSince } from '../diagnostics/measure';
import { deletePicture, locatePicture, restorePicture } from '../picture-actions';
import { Button } from '../ui/Button';
import { thumbhashBackground } from '../ui/thumbhash';
import { useChat } from './chat-store';
import styles from './Picture.module.css';

const fileMissing = 'The file of this picture is not where it was kept.';

/** A picture whose ratio is within this of its box fills it; another is shown whole on its blurred self. */
const closeEnough = 0.06;

export function Picture({ message }: { message: PictureMessage }) {
  const isWaiting = message.status === 'pending' || message.status === 'generating';
  const [isFull, setFull] = useState(false);
  // Only what lands under the person's eyes fades in; what was there before is simply there.
  const [landsLive, setLandsLive] = useState(isWaiting);
  if (isWaiting && !landsLive) setLandsLive(true);
  const { width, height } = pictureSizes[message.params.aspectRatio];
  const ratio = width / height;
  const style: CSSProperties & Record<'--ratio', number> = { '--ratio': ratio };
  const isInTrash = message.image?.state === 'trash';
  const isShown = message.image !== null && message.image.state === undefined;
  // One that comes back from Trash is decoded again before it counts as shown.
  if (isFull && !isShown) setFull(false);
  const visible = isFull && isShown ? 'full' : message.image && !isInTrash ? 'preview' : undefined;

  return (
    <div
      className={styles['picture']}
      style={style}
      data-testid="picture"
      data-visible={visible}
      data-live={landsLive || undefined}
      aria-busy={isWaiting}
      onPointerDown={(event) => isShown && carryPictures(event, () => [message.id])}
    >
      {isWaiting && <div className={styles['sheen']} />}
      {message.image && isShown && (
        <Content message={message} image={message.image} ratio={ratio} onShown={() => setFull(true)} />
      )}
      {isInTrash && <InTrash message={message} />}
      {message.image?.state === 'missing' && <Missing message={message} image={message.image} />}
      {message.status === 'ready' && !message.image && (
        <div className={styles['problem']}>
          <p className={styles['quiet']}>This picture was deleted</p>
        </div>
      )}
      {isWaiting && <Stop message={message} />}
      {message.error && !message.image && <Problem message={message} />}
    </div>
  );
}

type ContentProps = {
  message: PictureMessage;
  image: NonNullable<PictureMessage['image']>;
  ratio: number;
  onShown: () => void;
};

function Content({ message, image, ratio, onShown }: ContentProps) {
  const element = useRef<HTMLImageElement>(null);
  const receive = useChat((state) => state.receive);
  const preview = useMemo(() => thumbhashBackground(image.thumbhash), [image.thumbhash]);
  const fits = Math.abs(image.width / image.height / ratio - 1) < closeEnough;

  useLayoutEffect(() => {
    const img = element.current;
    if (!img) return;
    let isGone = false;
    const landed = performance.now();
    // Decoded before it is shown, so that no frame has half of it.
    img.decode().then(
      () => {
        if (isGone) return;
        onShown();
        measureSince('Show a picture that has landed', landed);
      },
      () => {
        if (!isGone) receive({ ...message, image: { ...image, state: 'missing' } });
      },
    );
    return () => {
      isGone = true;
    };
  }, []);

  return (
    <>
      <div className={styles['preview']} style={{ backgroundImage: preview }} />
      <img
        ref={element}
        className={styles['full']}
        data-fit={fits ? 'cover' : 'contain'}
        src={imageUrl(message.id, 'full')}
        alt={message.prompt}
        draggable={false}
      />
    </>
  );
}

function InTrash({ message }: { message: PictureMessage }) {
  return (
    <div className={styles['problem']}>
      <p className={styles['quiet']}>This picture is in Trash</p>
      <Button onClick={() => void restorePicture(message.id)}>Restore</Button>
    </div>
  );
}

function Missing({ message, image }: Pick<ContentProps, 'message' | 'image'>) {
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <>
      <div className={styles['preview']} style={{ backgroundImage: thumbhashBackground(image.thumbhash) }} />
      <div className={styles['problem']} data-over-picture>
        <p role="alert">{problem ?? fileMissing}</p>
        <div className={styles['buttons']}>
          <Button onClick={() => void locatePicture(message.id).then(setProblem)}>Locate…</Button>
          <Button onClick={() => void deletePicture(message.id)}>Remove</Button>
        </div>
      </div>
    </>
  );
}

function Stop({ message }: { message: PictureMessage }) {
  const cancel = useChat((state) => state.cancel);
  return (
    <button type="button" className={styles['stop']} onClick={() => void cancel(message.id)}>
      Stop
    </button>
  );
}

function Problem({ message }: { message: PictureMessage }) {
  const retry = useChat((state) => state.retry);
  return (
    <div className={styles['problem']}>
      <p role="alert">{message.error?.message}</p>
      <Button onClick={() => void retry(message.id)}>Retry</Button>
    </div>
  );
}
