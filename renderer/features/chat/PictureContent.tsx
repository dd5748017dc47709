// The picture in its box: the blurred preview, the thumbnail and the full picture, one over the other.
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { PictureMessage } from '../../../shared/domain/conversations';
import { hasRatio } from '../../../shared/domain/picture-notes';
import { arrivedUrl, imageUrl, type PictureFacts } from '../../../shared/domain/pictures';
import { useChat } from '../../state/chat/chat-store';
import { pictureIdOf } from '../../state/chat/messages';
import { type ArrivedPicture, useProgress } from '../../state/chat/progress-store';
import { reportBroken, stateOfBroken } from '../../state/pictures/repair-pictures';
import { measureSince } from '../../state/user-timing';
import { decodeLoaded } from '../../ui/decode-loaded';
import { thumbhashBackground } from '../../ui/thumbhash';
import { useIsDelayed } from '../../ui/use-is-delayed';
import styles from './Picture.module.css';
import { useLoadTurn } from './use-load-turn';

/** Delay before an older picture shows its blurred preview (ms). */
const previewDelayMs = 50;

type PictureContentProps = {
  message: PictureMessage;
  /** The blurred preview is known once the picture is stored. */
  image: Pick<PictureFacts, 'width' | 'height'> & Partial<Pick<PictureFacts, 'thumbhash'>>;
  /** The arrived bytes, while the picture is being stored. */
  arrival: ArrivedPicture | undefined;
  /** The element that contains the picture. */
  box: RefObject<Element | null>;
  ratio: number;
  /** Whether the picture has just arrived, so that it has no thumbnail yet. */
  isFresh: boolean;
  /** Whether the full picture is on screen. */
  isShown: boolean;
  /** Whether it also covers the preview beneath it. */
  isCovering: boolean;
  onShown: () => void;
  /** Called when the full picture covers the preview beneath it. */
  onFaded: () => void;
};

/** Decodes a picture before it is shown, over its preview. */
export function PictureContent({
  message,
  image,
  arrival,
  box,
  ratio,
  isFresh,
  isShown,
  isCovering,
  onShown,
  onFaded,
}: PictureContentProps) {
  const thumbnail = useThumbnail(pictureIdOf(message), isFresh);
  // A picture that is shown while it is stored keeps its URL afterwards, so that it is loaded and decoded once.
  const [arrivalId, setArrivalId] = useState(arrival?.requestId ?? null);
  const address =
    arrivalId === null ? imageUrl(pictureIdOf(message), 'full') : arrivedUrl(message.id, arrivalId);
  const element = useRef<HTMLImageElement>(null);
  const isStored = message.image !== null;
  // By then the smaller display file may exist.
  const hasTurn = useLoadTurn(box, isFresh, () => isStored && setArrivalId(null));
  const isLoaded = hasTurn && thumbnail !== 'loading';
  const receive = useChat((state) => state.receive);
  const forgetArrival = useProgress((state) => state.forgetArrival);
  const fits = hasRatio(image, ratio);
  // A live preview shows more than the blurred one would.
  const hasLivePreview = useProgress((state) => (state.known[message.id]?.previewCount ?? 0) > 0);
  const isDelayed = useIsDelayed(!isFresh, previewDelayMs);
  // The preview stays behind a picture that does not fill its box.
  const isNeeded = !(fits && (isFresh ? isCovering : isShown));
  const hasPreview = isNeeded && (isFresh ? !hasLivePreview : isDelayed);
  const preview = useMemo(
    () => (hasPreview && image.thumbhash !== undefined ? thumbhashBackground(image.thumbhash) : 'none'),
    [hasPreview, image.thumbhash],
  );

  /** How many times the picture was repaired and loaded again: see repair-pictures.ts. */
  const [repairs, setRepairs] = useState(0);
  const isBroken = useRef(false);
  const onDecoded = useEffectEvent((arrivedAt: number) => {
    onShown();
    // Not shown: the name of a measurement.
    if (isFresh) measureSince('Show a picture that has landed', arrivedAt);
  });
  function onBroken(): void {
    if (arrivalId === null) {
      const state = stateOfBroken(pictureIdOf(message));
      if (message.image && state) receive({ ...message, image: { ...message.image, state } });
    } else if (message.image) setArrivalId(null);
    // For example a valid header before damaged data. The placeholder keeps waiting for the generator's result.
    else forgetArrival(message.id);
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for each URL, and after each repair.
  useLayoutEffect(() => {
    const img = element.current;
    if (!img || !isLoaded) return;
    let isGone = false;
    const arrivedAt = performance.now();
    // Decodes the picture before it is shown, so that no frame shows a part of it.
    decodeLoaded(img).then(
      () => !isGone && onDecoded(arrivedAt),
      () => {
        if (isGone) return;
        isBroken.current = true;
        reportBroken(img);
      },
    );
    return () => {
      isGone = true;
    };
  }, [isLoaded, address, repairs]);

  const onCovered = useEffectEvent(onFaded);
  useEffect(() => {
    if (!isShown) return;
    const fades = element.current?.getAnimations() ?? [];
    let isGone = false;
    // With reduced motion there are no fades, and the picture appears at once.
    void Promise.allSettled(fades.map(({ finished }) => finished)).then(() => !isGone && onCovered());
    return () => {
      isGone = true;
    };
  }, [isShown]);

  const fit = fits ? 'cover' : 'contain';
  return (
    <>
      <div
        className={styles['preview']}
        style={{ backgroundImage: preview }}
        data-there={preview !== 'none' || undefined}
        data-fit={fit}
      />
      {thumbnail === 'there' && !isShown && (
        <div
          className={styles['thumbnail']}
          style={{ backgroundImage: `url(${imageUrl(message.id, '512')})`, backgroundSize: fit }}
        />
      )}
      {/* Without a source, the browser would lay out the alt text. */}
      {isLoaded && (
        <img
          ref={element}
          className={styles['full']}
          data-fit={fit}
          src={address}
          alt={message.prompt}
          draggable={false}
          onLoad={() => {
            if (isBroken.current) setRepairs((count) => count + 1);
            isBroken.current = false;
          }}
          onError={onBroken}
        />
      )}
    </>
  );
}

/**
 * Loads the thumbnail of an older picture before the full picture is requested, because opening or scrolling a transcript
 * shows many pictures, and thumbnails load fast.
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
