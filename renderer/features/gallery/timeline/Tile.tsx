// One picture of the timeline: first its average colour, then its blurred preview, then its thumbnail.

import { Layers } from 'lucide-react';
import { memo, useEffect, useMemo, useRef, useState } from 'react';
import { type GalleryImage, imageUrl, lacksFile } from '../../../../shared/domain/pictures';
import { t } from '../../../../shared/languages/translate';
import { FavouriteButton } from '../../../picture/FavouriteButton';
import { firstThumbnails } from '../../../state/gallery/first-thumbnails';
import { useGallery } from '../../../state/gallery/gallery-store';
import { selectedInOrder, useSelection } from '../../../state/gallery/selection-store';
import { sharpTurns } from '../../../state/gallery/sharp-turns';
import { shownThumbnails } from '../../../state/gallery/shown-thumbnails';
import { showStack } from '../../../state/gallery/stack-actions';
import { dragPictures } from '../../../state/pictures/drag-pictures';
import { locatePicture } from '../../../state/pictures/picture-actions';
import { reportBroken, stateOfBroken } from '../../../state/pictures/repair-pictures';
import { Button } from '../../../ui/Button';
import { formatNumber } from '../../../ui/format';
import { focusHome } from '../../../ui/keep-focus';
import { hasTransparency, thumbhashBackground } from '../../../ui/thumbhash';
import { toast } from '../../../ui/toasts';
import { useIsDelayed } from '../../../ui/use-is-delayed';
import { SelectButton } from '../selection/SelectButton';
import styles from './Tile.module.css';
import { tileVariants } from './tile-variants';

type Props = {
  id: string;
  column: number;
  /** Distance from the start of the row (CSS pixels). */
  left: number;
  width: number;
  height: number;
  colour: string | undefined;
  /** False while the user scrolls too fast for the thumbnail to arrive in time. */
  mayLoad: boolean;
  /** Whether scrolling has stopped, so that the buttons are needed. */
  isResting: boolean;
  isFocusStop: boolean;
};

/** The grid handles clicks and keys: see Timeline.tsx. */
export const Tile = memo(function Tile({
  id,
  column,
  left,
  width,
  height,
  colour,
  mayLoad,
  isResting,
  isFocusStop,
}: Props) {
  const image = useGallery(({ tiles }) => tiles.get(id));
  const stackSize = useGallery(({ stacks }) => (stacks.under.get(id)?.length ?? 0) + 1);
  const isSelected = useSelection(({ ids }) => ids.has(id));
  // A load that has started continues, even if the user then scrolls fast.
  const [hasStarted, setStarted] = useState(mayLoad);
  if (mayLoad && !hasStarted) setStarted(true);
  const [hasButtons, setButtons] = useState(isResting);
  if (isResting && !hasButtons) setButtons(true);
  const name = image?.prompt ?? t('gallery.picture');
  const [variant, sharper] = tileVariants({ width, height }, image, window.devicePixelRatio);
  const url = imageUrl(id, variant);
  return (
    // biome-ignore lint/a11y/useSemanticElements: the grid is not a table.
    <div
      role="gridcell"
      className={styles['tile']}
      style={{ insetInlineStart: left, width, height, backgroundColor: colour }}
      data-image-id={id}
      aria-colindex={column}
      aria-label={stackSize > 1 ? t('gallery.stack_tile', { name, count: stackSize }) : name}
      tabIndex={isFocusStop ? 0 : -1}
      {...(isFocusStop && focusHome)}
      aria-selected={isSelected}
      onPointerDown={(event) =>
        dragPictures(event, () => (useSelection.getState().ids.has(id) ? selectedInOrder() : [id]))
      }
    >
      {/* The thumbnail remains if the picture's file is damaged, or missing from the user's folders. */}
      {hasStarted && (image?.state !== 'missing' || image.isLinked) && (
        <Thumbnail
          key={url}
          image={image}
          url={url}
          sharperUrl={sharper && hasButtons ? imageUrl(id, sharper) : null}
        />
      )}
      {image && lacksFile(image.state) && <WithoutFile image={image} tabIndex={isFocusStop ? 0 : -1} />}
      {(hasButtons || isSelected) && <SelectButton imageId={id} isSelected={isSelected} />}
      {stackSize > 1 && <StackButton imageId={id} count={stackSize} />}
      {image && (hasButtons || image.favourite) && (
        <span className={styles['favourite']} data-on={image.favourite || undefined}>
          <FavouriteButton imageId={id} favourite={image.favourite} tabIndex={-1} />
        </span>
      )}
    </div>
  );
});

/** Shows the number of pictures in the tile's stack, and opens the stack. */
function StackButton({ imageId, count }: { imageId: string; count: number }) {
  const label = t('gallery.stack_show', { count });
  return (
    <button
      type="button"
      className={styles['stack']}
      aria-label={label}
      title={label}
      // Keyboard users press K on the picture instead.
      tabIndex={-1}
      onClick={() => showStack(imageId)}
    >
      <Layers size={14} strokeWidth={1.75} aria-hidden />
      {formatNumber(count)}
    </button>
  );
}

/** Delay before a loading thumbnail shows its blurred preview (ms). */
const previewDelayMs = 50;

type ThumbnailProps = {
  /** Undefined until its details are loaded; the thumbnail loads meanwhile. */
  image: GalleryImage | undefined;
  url: string;
  /** URL of the sharper picture that covers the thumbnail once it has loaded; null if there is none. */
  sharperUrl: string | null;
};

function Thumbnail({ image, url, sharperUrl }: ThumbnailProps) {
  const change = useGallery((state) => state.change);
  const element = useRef<HTMLImageElement>(null);
  const [wasShown] = useState(() => shownThumbnails.has(url));
  const [isDecoded, setDecoded] = useState(wasShown);
  const [hasFailed, setFailed] = useState(false);
  const isEnded = isDecoded || hasFailed;
  const isDelayed = useIsDelayed(!isEnded, previewDelayMs);
  const preview = useMemo(
    () => (isDelayed && image ? thumbhashBackground(image.thumbhash) : 'none'),
    [isDelayed, image],
  );

  useEffect(() => (isEnded ? undefined : firstThumbnails.track()), [isEnded]);

  useEffect(() => {
    const state = hasFailed && image ? stateOfBroken(image.id) : undefined;
    // Reports only a new state, because a mounted thumbnail renders again after the change.
    if (state && image && !lacksFile(image.state)) change([{ ...image, state }]);
  }, [hasFailed, image, change]);

  useEffect(() => {
    const img = element.current;
    // Cancels the load of a tile that was scrolled past.
    return () => img?.removeAttribute('src');
  }, []);

  async function onLoad(): Promise<void> {
    const img = element.current;
    try {
      await img?.decode();
    } catch {
      // It may also have been removed meanwhile.
      if (img) reportBroken(img);
      return;
    }
    shownThumbnails.add(url);
    setDecoded(true);
  }

  return (
    <span
      className={styles['preview']}
      style={preview === 'none' ? undefined : { backgroundImage: preview }}
      data-transparent={(isDecoded && hasTransparency(image?.thumbhash)) || undefined}
    >
      <img
        ref={element}
        src={url}
        alt={image?.prompt ?? ''}
        decoding="async"
        draggable={false}
        data-shown={isDecoded}
        onLoad={() => void onLoad()}
        onError={() => setFailed(true)}
      />
      {isDecoded && sharperUrl !== null && <Sharper url={sharperUrl} />}
    </span>
  );
}

/** The picture with more pixels, over its thumbnail. */
function Sharper({ url }: { url: string }) {
  const [mayLoad, setMayLoad] = useState(() => shownThumbnails.has(url));
  const [isDecoded, setDecoded] = useState(mayLoad);
  const element = useRef<HTMLImageElement>(null);
  const endTurn = useRef<() => void>(undefined);

  useEffect(() => {
    if (shownThumbnails.has(url)) return;
    endTurn.current = sharpTurns.take(() => setMayLoad(true));
    return endTurn.current;
  }, [url]);

  useEffect(() => {
    if (!mayLoad) return;
    const img = element.current;
    // Cancels the load of a tile that was scrolled past.
    return () => img?.removeAttribute('src');
  }, [mayLoad]);

  async function onLoad(): Promise<void> {
    // Rejects if the element was removed meanwhile.
    await element.current?.decode().catch(() => undefined);
    endTurn.current?.();
    shownThumbnails.add(url);
    setDecoded(true);
  }

  if (!mayLoad) return null;
  return (
    <img
      ref={element}
      src={url}
      alt=""
      decoding="async"
      draggable={false}
      data-shown={isDecoded}
      onLoad={() => void onLoad()}
      onError={() => endTurn.current?.()}
    />
  );
}

function WithoutFile({ image, tabIndex }: { image: GalleryImage; tabIndex: number }) {
  const isDamaged = image.state === 'damaged';
  const isOver = image.isLinked || isDamaged;
  async function locate(): Promise<void> {
    const problem = await locatePicture(image.id);
    if (problem !== null) toast(problem, { tone: 'problem' });
  }
  return (
    <span
      className={styles['missing']}
      data-over={isOver}
      style={isOver ? undefined : { backgroundImage: thumbhashBackground(image.thumbhash) }}
    >
      <span>{t(isDamaged ? 'gallery.file_damaged' : 'gallery.file_missing')}</span>
      <Button tabIndex={tabIndex} onClick={() => void locate()}>
        {t('gallery.locate')}
      </Button>
    </span>
  );
}
