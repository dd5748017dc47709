// The chip for the shape of the next pictures, and for their resolution if the model has several.

import { aspectRatiosOf, resolutionsOf } from '../../../../shared/domain/model-lookup';
import type { AspectRatio } from '../../../../shared/domain/models';
import { shapeName } from '../../../../shared/domain/shape-names';
import { t } from '../../../../shared/languages/translate';
import { useChosenProvider, usePictureOptions } from '../../../state/composer/chosen-provider';
import type { DraftShape } from '../../../state/composer/draft-shape';
import { useDraft } from '../../../state/composer/draft-store';
import { chooseForChat } from '../../../state/composer/last-choice';
import { Choices } from '../../../ui/Choices';
import chip from '../../../ui/chip.module.css';
import { Popover } from '../../../ui/Popover';
import { RatioShape } from '../../../ui/RatioShape';
import { spare } from '../../../ui/use-fitting-labels';
import styles from './options.module.css';

/** `picture`: the shape of the attached picture. */
type Choice = AspectRatio | 'picture';

type Props = {
  shape: DraftShape;
  /** Moves the focus when the list closes and nothing else has taken it. */
  onClose: () => void;
};

export function ShapeChip({ shape: { aspectRatio, follows }, onClose }: Props) {
  const { id, pictureModel } = useChosenProvider();
  const { resolution: chosen } = usePictureOptions();
  const options = useDraft((state) => state.options);
  const hasPicture = useDraft((state) => state.references.length > 0);
  const followsPicture = useDraft((state) => state.followsPicture);
  const change = useDraft((state) => state.change);
  const resolutions = resolutionsOf(id, pictureModel);
  const resolution = chosen ?? resolutions[0] ?? '1K';
  const hasChoice = resolutions.length > 1;
  const plain = shapeName(aspectRatio);
  const name = follows === 'nothing' ? plain : t(`composer.shape_of_${follows}`, { shape: plain });
  const ratios: readonly Choice[] = aspectRatiosOf(id, pictureModel);

  function choose(choice: Choice): void {
    if (choice === 'picture') change({ followsPicture: true });
    else chooseForChat({ aspectRatio: choice });
  }

  return (
    <Popover
      initialFocus=":checked"
      onClose={onClose}
      className={styles['shapes']}
      trigger={(props) => (
        <button
          type="button"
          className={chip['chip']}
          aria-label={
            hasChoice
              ? t('composer.chosen_shape_and_resolution', { shape: name, resolution })
              : t('composer.chosen_shape', { shape: name })
          }
          title={t('composer.chosen_shape', { shape: name })}
          {...props}
        >
          <RatioShape ratio={aspectRatio} />
          <span className={styles['words']} {...spare('shape')}>
            {follows === 'picture'
              ? t('composer.same_as_picture')
              : follows === 'nearest'
                ? t('composer.nearest_shape', { shape: plain })
                : plain}
          </span>
          <span className={styles['figures']} {...spare('ratio')}>
            {follows === 'nearest' ? `≈ ${aspectRatio}` : aspectRatio}
          </span>
          {hasChoice && resolution !== resolutions[0] && <span>{resolution}</span>}
        </button>
      )}
    >
      {(close) => (
        <>
          <Choices
            label={t('composer.shape')}
            look="list"
            value={hasPicture && followsPicture ? 'picture' : aspectRatio}
            options={hasPicture ? ['picture', ...ratios] : ratios}
            onChange={choose}
            onDone={close}
            render={(choice) =>
              choice === 'picture' ? (
                <>
                  <RatioShape ratio={aspectRatio} />
                  {t('composer.same_as_picture')}
                  {follows === 'nearest' && (
                    <small className={styles['converted']}>
                      {t('composer.nearest_shape', { shape: plain })}
                    </small>
                  )}
                </>
              ) : (
                <>
                  <RatioShape ratio={choice} />
                  {shapeName(choice)}
                </>
              )
            }
          />
          {hasChoice && (
            <div className={styles['resolution']}>
              <Choices
                label={t('composer.resolution')}
                look="row"
                value={resolution}
                options={resolutions}
                onChange={(value) => change({ options: { ...options, resolution: value } })}
                render={(value) => value}
              />
            </div>
          )}
        </>
      )}
    </Popover>
  );
}
