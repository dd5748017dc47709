// Shows one picture large, with zoom, navigation to its neighbours, and its recipe.

import { type KeyboardEvent, useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';
import { type GalleryImage, imageUrl, lacksFile } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { useGallery } from '../../state/gallery/gallery-store';
import { dragPictures } from '../../state/pictures/drag-pictures';
import { locatePicture } from '../../state/pictures/picture-actions';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { closesOnNavigation } from '../../ui/dialogs';
import { keyAlongLine } from '../../ui/direction';
import { useNarrow } from '../../ui/narrow';
import { keyOf } from '../../ui/shortcut';
import { type PictureTarget, targetOfImage } from '../action-target';
import { openContextMenu } from '../menu/picture-menu-store';
import { offeredAction } from '../offered-actions';
import { runShortcut } from '../run-shortcut';
import { useFacts, usePanel } from '../use-facts';
import { useShownCollection } from '../use-shown-collection';
import { FamilyStrip } from './FamilyStrip';
import { FullPicture } from './FullPicture';
import { animateFlip, tileBox } from './flip';
import styles from './Lightbox.module.css';
import { LightboxActions } from './LightboxActions';
import { openTargets } from './open-targets';
import { RecipePanel } from './RecipePanel';
import { type PictureSteps, StepButton } from './StepButton';
import { useFamily } from './use-family';
import { useZoom } from './use-zoom';
import { fitted, type Zoom } from './zoom';

/** Margin around a fitted picture (CSS pixels). */
const marginPx = 20;
/** Margin on both sides, with the buttons to the neighbours (CSS pixels). */
const stepMarginPx = 64;

type Props = {
  image: GalleryImage;
  steps: PictureSteps;
  /** For a picture in Trash, whose relatives may be anywhere. */
  trash: PictureTarget['trash'];
  onOpen: (imageId: string) => void;
  /** Called instead of `onClose` when the picture is gone, for example in Trash. */
  onGone: () => void;
  /** Called before closing, to scroll to the picture's tile. */
  onLeave: () => void;
  onClose: () => void;
};

export function Lightbox({ image, steps, trash, onOpen, onGone, onLeave, onClose }: Props) {
  const { id, prompt } = image;
  const { hasPrevious, hasNext, onStep } = steps;
  const hasStepsBeside = !useNarrow() && (hasPrevious || hasNext);
  const stage = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLDivElement>(null);
  const [zoomed, setZoomed] = useState<{ id: string; zoom: Zoom }>({ id, zoom: fitted });
  const shared = zoomed.id === id ? zoomed.zoom : fitted;
  const { zoom, sizes, onKey, change } = useZoom(
    stage,
    image,
    [shared, (next) => setZoomed({ id, zoom: next })],
    { x: hasStepsBeside ? stepMarginPx : marginPx, y: marginPx },
  );
  const panel = usePanel();
  const facts = useFacts(id);
  const family = useFamily(trash ? null : id);
  const changeImages = useGallery((state) => state.change);
  const describe = useGallery((state) => state.describe);
  const isLeaving = useRef(false);
  /** The id of the picture that is open; null once the lightbox is closed. */
  const shownId = useRef<string | null>(null);
  const hasOpened = useRef(false);

  useEffect(() => {
    shownId.current = id;
    return () => {
      shownId.current = null;
    };
  }, [id]);

  const isMeasured = sizes !== null;
  const animateOpening = useEffectEvent(() => {
    if (picture.current) void animateFlip(picture.current, tileBox(id), 'from');
  });
  useEffect(() => {
    // Only the opening is animated, not stepping to another picture.
    if (isMeasured) animateOpening();
  }, [isMeasured]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each picture may need the focus on the stage.
  useEffect(() => {
    // Focuses the stage, so that keys work at once, and after a pressed button has disappeared.
    const { activeElement } = document;
    const isOnAction = activeElement?.closest('dialog footer, dialog aside, dialog nav') && hasOpened.current;
    if (!isOnAction) stage.current?.focus({ preventScroll: true });
    hasOpened.current = true;
  }, [id]);

  /** Loads the details first, so that the lightbox stays open in between and keeps the focus. */
  const openRelative = useCallback(
    (imageId: string) => void describe([imageId]).then(() => onOpen(imageId)),
    [describe, onOpen],
  );

  async function leave(): Promise<void> {
    if (isLeaving.current) return;
    isLeaving.current = true;
    // Ignores presses during the animation, which were meant for this picture or the view behind it.
    const dialog = stage.current?.closest('dialog');
    if (dialog) dialog.inert = true;
    onLeave();
    // A tile that was out of sight is rendered in the next frame.
    await new Promise(requestAnimationFrame);
    const element = picture.current;
    dialog?.setAttribute('data-leaving', '');
    if (element && zoom.scale === 1) await animateFlip(element, tileBox(id), 'to');
    onClose();
  }

  const collection = useShownCollection();
  const target = useCallback((): PictureTarget => {
    return targetOfImage(image, {
      ...{ facts, collection, trash, isOpen: true },
      leave(why) {
        if (why === 'elsewhere') onClose();
        // A redo of the deletion may happen while another picture is open.
        else if (shownId.current === image.id) onGone();
      },
      // A lightbox that the user has closed stays closed.
      comeBack: () => shownId.current !== null && openRelative(image.id),
    });
  }, [image, facts, collection, trash, onGone, onClose, openRelative]);
  useEffect(() => {
    const dialog = stage.current?.closest('dialog');
    if (dialog) openTargets.set(dialog, target);
  }, [target]);

  function onKeyDown(event: KeyboardEvent): void {
    if (runShortcut(event, target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = keyAlongLine(event.key);
    if (onKey(event.key)) event.preventDefault();
    else if (key === 'ArrowRight') onStep(1);
    else if (key === 'ArrowLeft') onStep(-1);
    else if (keyOf(event) === 'i') panel.toggle();
  }

  return (
    <Dialog
      {...closesOnNavigation}
      className={styles['lightbox']}
      aria-label={t('picture.picture')}
      aria-description={prompt}
      data-open-picture={id}
      data-panel={panel.isOpen || undefined}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        void leave();
      }}
      onClose={onClose}
      onKeyDown={onKeyDown}
      onContextMenu={(event) => {
        if (event.target instanceof Node && stage.current?.contains(event.target))
          openContextMenu(event, target);
      }}
    >
      <div
        ref={stage}
        className={styles['stage']}
        tabIndex={-1}
        data-zoomed={zoom.scale > 1.001 || undefined}
        onPointerDown={(event) => {
          // A right click opens the menu.
          if (event.button !== 0) return;
          const isOnPicture = event.target instanceof Element && picture.current?.contains(event.target);
          if (zoom.scale > 1.001) return;
          if (event.target === event.currentTarget) void leave();
          if (isOnPicture && !trash) dragPictures(event, () => [id]);
        }}
      >
        {lacksFile(image.state) ? (
          <WithoutFile
            key={id}
            image={image}
            onRemove={trash ? null : () => offeredAction('delete', target())?.run()}
          />
        ) : (
          sizes && (
            <FullPicture
              key={id}
              ref={picture}
              image={image}
              zoom={zoom}
              sizes={sizes}
              onBroken={(state) => changeImages([{ ...image, state }])}
            />
          )
        )}
        <StepButton by={-1} {...steps} />
        <StepButton by={1} {...steps} />
      </div>
      {family && <FamilyStrip family={family} currentId={id} onOpen={openRelative} />}
      <LightboxActions
        image={image}
        target={target}
        place={steps}
        zoom={zoom}
        sizes={sizes}
        onZoom={change}
        onLeave={() => void leave()}
      />
      {panel.isOpen && (
        <RecipePanel key={id} image={image} facts={facts} onOpen={trash ? null : openRelative} />
      )}
    </Dialog>
  );
}

/** @param onRemove null: the picture is in Trash, where it can be neither removed nor located. */
function WithoutFile({ image, onRemove }: { image: GalleryImage; onRemove: (() => void) | null }) {
  const { id, isLinked = false } = image;
  const isDamaged = image.state === 'damaged';
  const says = isDamaged
    ? 'picture.file_damaged'
    : isLinked
      ? 'picture.linked_missing'
      : 'picture.file_missing';
  /** Shown here instead of in a notice, because it stays relevant. */
  const [problem, setProblem] = useState<string | null>(null);
  return (
    <div className={styles['missing']} role="alert">
      {(isLinked || isDamaged) && (
        <img className={styles['remains']} src={imageUrl(id, '512')} alt={image.prompt} />
      )}
      <p>{problem ?? t(says)}</p>
      {onRemove && (
        <>
          <Button onClick={() => void locatePicture(id).then(setProblem)}>{t('picture.locate')}</Button>
          <Button onClick={onRemove}>{t(isLinked ? 'picture.remove_entry' : 'picture.remove')}</Button>
        </>
      )}
    </div>
  );
}
