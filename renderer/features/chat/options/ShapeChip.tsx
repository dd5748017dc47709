// The shape of the next pictures, by words and small pictures, and their resolution where the model has a choice.

import { aspectRatiosOf, resolutionsOf } from '../../../../shared/domain/model-lookup';
import type { AspectRatio } from '../../../../shared/domain/models';
import { shapeName } from '../../../../shared/domain/shape-names';
import { t } from '../../../../shared/languages/translate';
import { useChosenProvider, usePictureOptions } from '../../../state/composer/chosen-provider';
import { useDraft } from '../../../state/composer/draft-store';
import { Choices } from '../../../ui/Choices';
import chip from '../../../ui/chip.module.css';
import { Popover } from '../../../ui/Popover';
import { RatioShape } from '../../../ui/RatioShape';
import styles from './options.module.css';

type Props = { aspectRatio: AspectRatio; onChange: (ratio: AspectRatio) => void };

export function ShapeChip({ aspectRatio, onChange }: Props) {
  const { id, pictureModel } = useChosenProvider();
  const { resolution: chosen } = usePictureOptions();
  const options = useDraft((state) => state.options);
  const change = useDraft((state) => state.change);
  const resolutions = resolutionsOf(id, pictureModel);
  const resolution = chosen ?? resolutions[0] ?? '1K';
  const hasChoice = resolutions.length > 1;
  const name = shapeName(aspectRatio);
  return (
    <Popover
      initialFocus=":checked"
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
          title={t('composer.shape')}
          {...props}
        >
          <RatioShape ratio={aspectRatio} />
          <span className={styles['words']}>{name}</span>
          <span className={styles['figures']}>{aspectRatio}</span>
          {hasChoice && resolution !== resolutions[0] && <span>{resolution}</span>}
        </button>
      )}
    >
      {(close) => (
        <>
          <Choices
            label={t('composer.shape')}
            look="list"
            value={aspectRatio}
            options={aspectRatiosOf(id, pictureModel)}
            onChange={onChange}
            onDone={close}
            render={(ratio) => (
              <>
                <RatioShape ratio={ratio} />
                {shapeName(ratio)}
              </>
            )}
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
