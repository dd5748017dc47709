// One picture from its first paint to its last: the same element and the same box, whatever it shows.
import { ImageOff } from 'lucide-react';
import { type CSSProperties, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { imageUrl, type PictureMessage } from '../../shared/ipc';
import { pictureSizes } from '../../shared/models';
import { measureSince } from '../diagnostics/measure';
import { thumbhashBackground } from '../ui/thumbhash';
import { useChat } from './chat-store';
import styles from './Picture.module.css';

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
  const visible = isFull ? 'full' : message.image ? 'preview' : undefined;

  return (
    <div
      className={styles['picture']}
      style={style}
      data-testid="picture"
      data-visible={visible}
      data-live={landsLive || undefined}
      aria-busy={isWaiting}
    >
      {isWaiting && <div className={styles['sheen']} />}
      {message.image && (
        <Content message={message} image={message.image} ratio={ratio} onShown={() => setFull(true)} />
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
  const [isMissing, setMissing] = useState(false);
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
        if (!isGone) setMissing(true);
      },
    );
    return () => {
      isGone = true;
    };
  }, []);

  return (
    <>
      <div className={styles['preview']} style={{ backgroundImage: preview }} />
      {!isMissing && (
        <img
          ref={element}
          className={styles['full']}
          data-fit={fits ? 'cover' : 'contain'}
          src={imageUrl(message.id, 'full')}
          alt={message.prompt}
          draggable={false}
        />
      )}
      {isMissing && (
        <div className={styles['problem']} role="alert">
          <ImageOff size={18} strokeWidth={1.75} aria-hidden />
          <p>The file of this picture is not where it was kept. Look in the images folder of your data.</p>
        </div>
      )}
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
      <button type="button" className={styles['retry']} onClick={() => void retry(message.id)}>
        Retry
      </button>
    </div>
  );
}
