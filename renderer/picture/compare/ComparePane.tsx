// One of the compared pictures, with its differences and its actions.

import { Check } from 'lucide-react';
import { type CSSProperties, useEffect, useRef } from 'react';
import { type GalleryImage, lacksFile } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { useGallery } from '../../state/gallery/gallery-store';
import { deletePictures } from '../../state/pictures/bulk-actions';
import { placeInComparison, useCompare } from '../../state/pictures/compare-store';
import { Button } from '../../ui/Button';
import type { PictureTarget } from '../action-target';
import { FullPicture } from '../lightbox/FullPicture';
import { useZoom } from '../lightbox/use-zoom';
import { panned, type Sizes, type Zoom } from '../lightbox/zoom';
import { MoreButton } from '../menu/MoreButton';
import { openContextMenu } from '../menu/picture-menu-store';
import { PictureActionButton } from '../PictureActionButton';
import styles from './Compare.module.css';
import { type Differences, shortenCommonParts } from './differences';

/** `rest`: the price and the duration, if known. */
export type Made = { model: string; rest: string[] };

type Props = {
  image: GalleryImage;
  target: () => PictureTarget;
  made: Made;
  /** The facts that not all of the pictures share. */
  own: Differences['own'][number];
  zoom: Zoom;
  onZoom: (zoom: Zoom) => void;
  /** Called when the size of the pane changes. All panes share the function. */
  onSizes: (id: string, sizes: Sizes) => void;
  /** The ids of the other pictures. */
  others: string[];
  /** Called before the others are deleted. @returns a sentence about other changes, and a function that reverts them. */
  onKeep: () => { sentence: string; undo: () => void } | null;
  /** Whether there is no room for the full label of the button that keeps the picture. */
  isNarrow: boolean;
};

export function ComparePane({
  image,
  target,
  made,
  own,
  zoom,
  onZoom,
  onSizes,
  others,
  onKeep,
  isNarrow,
}: Props) {
  const stage = useRef<HTMLDivElement>(null);
  const change = useGallery((state) => state.change);
  const end = useCompare((state) => state.end);
  const { sizes } = useZoom(stage, image, [zoom, onZoom]);
  const style: CSSProperties & Record<'--ratio', number> = { '--ratio': image.width / image.height };

  /** Keeps only this picture, and ends the comparison. Undo restores all of them. */
  function keep(): void {
    const { comeBack } = placeInComparison(image.id);
    const goesOn = onKeep();
    end();
    void deletePictures(others, {
      again: keep,
      sentence: goesOn?.sentence,
      onRestored() {
        goesOn?.undo();
        comeBack();
      },
    });
  }

  useEffect(() => {
    if (sizes) onSizes(image.id, sizes);
  }, [image.id, sizes, onSizes]);
  return (
    <figure
      className={styles['pane']}
      aria-label={image.prompt}
      data-pane={image.id}
      style={style}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the shortcuts of the actions apply to the focused picture.
      tabIndex={0}
      onContextMenu={(event) => openContextMenu(event, target)}
    >
      <div className={styles['room']}>
        <div ref={stage} className={styles['stage']} data-zoomed={zoom.scale > 1.001 || undefined}>
          {lacksFile(image.state) ? (
            <p role="alert">
              {t(
                image.state === 'damaged' ? 'picture.compared_file_damaged' : 'picture.compared_file_missing',
              )}
            </p>
          ) : (
            sizes && (
              <FullPicture
                image={image}
                zoom={panned(zoom, 0, 0, sizes)}
                sizes={sizes}
                onBroken={(state) => change([{ ...image, state }])}
              />
            )
          )}
        </div>
      </div>
      <figcaption className={styles['caption']}>
        <div className={styles['text']}>
          <p className={styles['made']} dir="auto">
            <strong>{made.model}</strong>
            {made.rest.length > 0 && <span>{` · ${made.rest.join(' · ')}`}</span>}
          </p>
          <small className={styles['own']} title={own.facts.join(' · ')}>
            {own.facts.join(' · ')}
          </small>
          {own.prompt && (
            <p className={styles['words']} dir="auto" title={image.prompt}>
              {shortenCommonParts(own.prompt).map(({ text, isOwn }, at) =>
                isOwn ? <Difference key={at} text={text} /> : text,
              )}
            </p>
          )}
        </div>
        <span className={styles['keep']}>
          <Button title={t('picture.keep_hint', { count: others.length })} onClick={keep}>
            <Check size={16} strokeWidth={1.75} aria-hidden />
            {isNarrow ? t('picture.keep_short') : t('picture.keep', { count: others.length })}
          </Button>
        </span>
        <span className={styles['actions']}>
          <PictureActionButton action="favourite" target={target()} />
          <span className={styles['reference']}>
            <PictureActionButton action="useAsReference" target={target()} isLabelled />
          </span>
          <PictureActionButton action="delete" target={target()} />
          <MoreButton target={target} />
        </span>
      </figcaption>
    </figure>
  );
}

/** Words that other prompts lack, without the space after them. */
function Difference({ text }: { text: string }) {
  const words = text.trimEnd();
  return (
    <>
      <mark>{words}</mark>
      {text.slice(words.length)}
    </>
  );
}
