// One of the compared pictures, with what only it has, and its actions.

import { Check } from 'lucide-react';
import { type CSSProperties, type RefObject, useEffect, useRef } from 'react';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { setFavourite } from '../../state/collections/collection-actions';
import { useGallery } from '../../state/gallery/gallery-store';
import { deletePictures } from '../../state/pictures/bulk-actions';
import { useCompare } from '../../state/pictures/compare-store';
import { Button } from '../../ui/Button';
import { moveFocus, Popover } from '../../ui/Popover';
import { toast } from '../../ui/toasts';
import type { PictureTarget } from '../action-target';
import { FullPicture } from '../lightbox/FullPicture';
import { useZoom } from '../lightbox/use-zoom';
import { panned, type Zoom } from '../lightbox/zoom';
import { MoreButton } from '../menu/MoreButton';
import { openContextMenu } from '../menu/picture-menu-store';
import { PictureActionButton } from '../PictureActionButton';
import styles from './Compare.module.css';
import { type Differences, shortened } from './differences';

type Props = {
  image: GalleryImage;
  target: () => PictureTarget;
  /** What not all of the pictures have. */
  own: Differences['own'][number];
  zoom: Zoom;
  onZoom: (zoom: Zoom) => void;
  /** Set by every pane; any of them can handle a key for all. */
  zoomByKey: RefObject<(key: string) => boolean>;
  /** The ids of the other pictures. */
  others: string[];
};

export function ComparePane({ image, target, own, zoom, onZoom, zoomByKey, others }: Props) {
  const stage = useRef<HTMLDivElement>(null);
  const change = useGallery((state) => state.change);
  const control = useZoom(stage, image, [zoom, onZoom]);
  const { sizes } = control;
  const style: CSSProperties & Record<'--ratio', number> = { '--ratio': image.width / image.height };
  useEffect(() => {
    zoomByKey.current = control.onKey;
  });
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
      <div ref={stage} className={styles['stage']} data-zoomed={zoom.scale > 1.001 || undefined}>
        {image.state === 'missing' ? (
          <p role="alert">{t('picture.compared_file_missing')}</p>
        ) : (
          sizes && (
            <FullPicture
              image={image}
              zoom={panned(zoom, 0, 0, sizes)}
              sizes={sizes}
              onMissing={() => change([{ ...image, state: 'missing' }])}
            />
          )
        )}
      </div>
      <figcaption className={styles['caption']}>
        <p className={styles['own']} dir="auto">
          {own.prompt && (
            <span className={styles['words']} title={image.prompt}>
              {shortened(own.prompt).map(({ text, isOwn }, at) =>
                isOwn ? <Difference key={at} text={text} /> : text,
              )}
            </span>
          )}
          {own.facts.length > 0 && <small title={own.facts.join(' · ')}>{own.facts.join(' · ')}</small>}
        </p>
        <span className={styles['actions']}>
          <Keep id={image.id} others={others} />
          <PictureActionButton action="favourite" target={target()} />
          <PictureActionButton action="useAsReference" target={target()} isLabelled />
          <PictureActionButton action="delete" target={target()} />
          <MoreButton target={target} />
        </span>
      </figcaption>
    </figure>
  );
}

/** Words that other prompts lack; the space after them is none of them. */
function Difference({ text }: { text: string }) {
  const words = text.trimEnd();
  return (
    <>
      <mark>{words}</mark>
      {text.slice(words.length)}
    </>
  );
}

/** Ends the comparison with one picture, and asks what happens to the others. */
function Keep({ id, others }: { id: string; others: string[] }) {
  const close = useCompare((state) => state.close);

  function keep(deletesOthers: boolean): void {
    close();
    void setFavourite([id], true);
    if (deletesOthers) void deletePictures(others);
    else toast(t('picture.added_to_favourites'), { isOfView: true });
  }

  return (
    <Popover
      name={t('picture.keep')}
      align="center"
      initialFocus="button"
      className={styles['keep']}
      onKeyDown={(event) => {
        // The comparison has keys of its own.
        event.stopPropagation();
        moveFocus(event);
      }}
      trigger={(props) => (
        <Button title={t('picture.keep_hint')} {...props}>
          <Check size={16} strokeWidth={1.75} aria-hidden />
          {t('picture.keep')}
        </Button>
      )}
    >
      {() => (
        <>
          <button type="button" className={styles['option']} onClick={() => keep(false)}>
            {t('picture.keep_others')}
          </button>
          <button type="button" className={styles['option']} onClick={() => keep(true)}>
            {t('picture.delete_others', { count: others.length })}
          </button>
        </>
      )}
    </Popover>
  );
}
