// The tab for cropping, turning, mirroring, straightening and enlarging a picture, which this computer does itself.

import { FlipHorizontal2, FlipVertical2, RotateCcw, RotateCw, Undo2 } from 'lucide-react';
import { type RefObject, useEffect, useEffectEvent, useImperativeHandle, useState } from 'react';
import { isTooLargeHere, type LocalEdit, turnedSize, unchanged } from '../../../shared/domain/edits';
import type { GalleryImage } from '../../../shared/domain/pictures';
import { t } from '../../../shared/languages/translate';
import { useChangeHere } from '../../picture/use-change-here';
import { formatFixed } from '../../ui/format';
import { IconButton } from '../../ui/IconButton';
import { QuietButton } from '../../ui/QuietButton';
import { matchesShortcut } from '../../ui/shortcut';
import { CropDock } from './CropDock';
import { CropStage } from './CropStage';
import styles from './CropTab.module.css';
import {
  type Crop,
  cropForRatio,
  flipped,
  isWhole,
  mirroredCrop,
  type Turn,
  turnedCrop,
  turnedOnce,
  wholeCrop,
} from './crop';
import { ratioOf } from './frame';
import { type CropRatio, cropRatios, keepCrop, readCrop } from './keep-crop';
import places from './places.module.css';
import type { TabKeys } from './tab-keys';

type Props = {
  image: GalleryImage;
  keys: RefObject<TabKeys | null>;
  onMade: (imageId: string) => void;
};

export function CropTab({ image, keys, onMade }: Props) {
  const [kept] = useState(() => readCrop(image.id));
  const { crop: keptCrop, scale: keptScale, ...keptTurn } = kept?.change ?? unchanged;
  const [turn, setTurn] = useState<Turn>(keptTurn);
  const [scale, setScale] = useState<LocalEdit['scale']>(keptScale);
  const size = turnedSize(image, turn);
  const [crop, setCrop] = useState<Crop>(() => keptCrop ?? wholeCrop(size));
  const [ratio, setRatio] = useState<CropRatio | null>(kept?.ratio ?? null);
  const { isMaking, change: makeChanged } = useChangeHere(image, onMade);
  const whole = isWhole(crop, size);
  const isChanged =
    !whole || scale !== 1 || turn.quarterTurns !== 0 || turn.mirrored || turn.straighten !== 0;
  const [width, height] = [crop.width * scale, crop.height * scale];
  const isTooLarge = isTooLargeHere({ width, height });
  const canApply = isChanged && !isTooLarge && !isMaking;
  const change: LocalEdit = { ...turn, scale, crop: whole ? null : crop };
  const inWork = isChanged ? JSON.stringify({ change, ratio }) : null;
  const keep = useEffectEvent(() => keepCrop(image.id, isChanged ? { change, ratio } : null));

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs for each change of the work, to save it.
  useEffect(() => keep(), [inWork]);

  /** Turns the picture and the crop. */
  function rotate(times: number): void {
    let [nextTurn, nextCrop, at] = [turn, crop, size];
    for (let time = 0; time < times; time += 1) {
      nextTurn = turnedOnce(nextTurn);
      nextCrop = turnedCrop(nextCrop, at);
      at = turnedSize(at, { quarterTurns: 1 });
    }
    setTurn(nextTurn);
    setCrop(nextCrop);
    if (times % 2 === 1 && ratio !== null) {
      const turned = ratio.split(':').toReversed().join(':');
      setRatio(cropRatios.find((each) => each === turned) ?? null);
    }
  }

  function flip(axis: 'horizontal' | 'vertical'): void {
    const mirrored = mirroredCrop(crop, size);
    const upsideDown = () => turnedCrop(turnedCrop(mirrored, size), turnedSize(size, { quarterTurns: 1 }));
    setTurn(flipped(turn, axis));
    setCrop(axis === 'horizontal' ? mirrored : upsideDown());
  }

  function chooseRatio(next: CropRatio | null): void {
    setRatio(next);
    setCrop(next === null ? wholeCrop(size) : cropForRatio(size, ratioOf(next)));
  }

  function reset(): void {
    const { crop: _all, scale: same, ...turn } = unchanged;
    setTurn(turn);
    setScale(same);
    setRatio(null);
    setCrop(wholeCrop(image));
  }

  async function make(): Promise<void> {
    if (await makeChanged(change)) keepCrop(image.id, null);
  }

  useImperativeHandle(keys, () => ({
    onKey(event) {
      if (!matchesShortcut(event.nativeEvent, 'Mod+Enter')) return false;
      if (canApply && !event.repeat) void make();
      return true;
    },
    cancel: () => false,
  }));

  return (
    <>
      <div className={places['actions']}>
        <QuietButton icon={Undo2} label={t('editor.reset')} disabled={!isChanged} onClick={reset} />
      </div>
      <div className={`${places['tools']} ${styles['tools']}`} role="toolbar" aria-label={t('editor.tools')}>
        <div className={styles['group']}>
          <IconButton isRepeatable icon={RotateCcw} label={t('editor.turn_left')} onClick={() => rotate(3)} />
          <IconButton isRepeatable icon={RotateCw} label={t('editor.turn_right')} onClick={() => rotate(1)} />
          <IconButton
            isRepeatable
            icon={FlipVertical2}
            label={t('editor.mirror_horizontal')}
            onClick={() => flip('horizontal')}
          />
          <IconButton
            isRepeatable
            icon={FlipHorizontal2}
            label={t('editor.mirror_vertical')}
            onClick={() => flip('vertical')}
          />
        </div>
        <span className={styles['line']} />
        <label className={styles['straighten']}>
          <span>{t('editor.straighten')}</span>
          <input
            type="range"
            aria-label={t('editor.straighten')}
            aria-valuetext={t('editor.degrees', { degrees: turn.straighten })}
            min={-45}
            max={45}
            step={0.5}
            value={turn.straighten}
            onChange={(event) => setTurn({ ...turn, straighten: Number(event.target.value) })}
            onDoubleClick={() => setTurn({ ...turn, straighten: 0 })}
          />
          <span className={styles['degrees']}>{formatFixed(turn.straighten, 1)}°</span>
        </label>
        <span className={styles['line']} />
        <fieldset className={styles['group']} aria-label={t('editor.shape')}>
          {[null, ...cropRatios].map((each) => (
            <button
              key={each}
              type="button"
              className={styles['ratio']}
              aria-pressed={each === ratio}
              onClick={() => chooseRatio(each)}
            >
              {each ?? t('editor.free_shape')}
            </button>
          ))}
        </fieldset>
      </div>
      <div className={places['stage']}>
        <CropStage
          {...{ image, turn, crop, size }}
          ratio={ratio === null ? null : ratioOf(ratio)}
          onCrop={setCrop}
        />
      </div>
      <div className={places['dock']}>
        <CropDock
          {...{ width, height, scale, isTooLarge, isMaking, canApply }}
          onScale={setScale}
          onApply={() => void make()}
        />
      </div>
    </>
  );
}
