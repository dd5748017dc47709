// The chip for the options of the next pictures. It shows the differences from the defaults.

import { SlidersHorizontal } from 'lucide-react';
import {
  optionsOfSettings,
  type PictureOptions,
  supportedOptions,
} from '../../../../shared/domain/picture-options';
import { serviceOf } from '../../../../shared/domain/service-directory';
import { t } from '../../../../shared/languages/translate';
import { joinFacts } from '../../../picture/join-facts';
import { useChosenProvider, usePictureOptions } from '../../../state/composer/chosen-provider';
import { useDraft } from '../../../state/composer/draft-store';
import { useSettings } from '../../../state/settings/settings-store';
import chip from '../../../ui/chip.module.css';
import { Popover } from '../../../ui/Popover';
import { spare } from '../../../ui/use-fitting-labels';
import { OptionsPanel } from './OptionsPanel';
import { chipText, differences } from './option-text';
import styles from './options.module.css';

/** @param onClose moves the focus when the panel closes and nothing else has taken it */
export function OptionsChip({ onClose }: { onClose: () => void }) {
  const provider = useChosenProvider();
  const { strength, ...others } = usePictureOptions();
  const settings = useSettings((state) => state.settings);
  const { count, seed, change, ...draft } = useDraft();
  const hasReferences = draft.references.length > 0;
  // The strength only applies if a picture is changed.
  const options = hasReferences && strength !== undefined ? { ...others, strength } : others;
  const { takesSeed } = serviceOf(provider.id);
  const defaults = supportedOptions(
    provider.id,
    provider.pictureModel,
    optionsOfSettings(provider.id, settings),
  );
  const phrases = differences({ count, seed: takesSeed ? seed : null, options }, defaults);
  const text = chipText(phrases);
  const isUsual = phrases.length === 0;
  const listed = joinFacts(phrases);

  function set(changes: PictureOptions): void {
    change({ options: { ...draft.options, ...changes } });
  }

  function reset(): void {
    // Keeps the resolution, which belongs to the shape's chip.
    const { resolution } = draft.options;
    change({ count: 1, seed: null, options: resolution === undefined ? {} : { resolution } });
  }

  return (
    <Popover
      name={t('composer.options')}
      initialFocus=":checked"
      onClose={onClose}
      className={styles['panel']}
      trigger={(props) => (
        <button
          type="button"
          className={chip['chip']}
          aria-label={
            isUsual ? t('composer.options_as_usual') : t('composer.options_chosen', { options: listed })
          }
          title={isUsual ? t('composer.options') : listed}
          data-chosen={!isUsual || undefined}
          {...props}
        >
          <SlidersHorizontal size={16} strokeWidth={1.75} aria-hidden />
          <span {...spare(isUsual ? 'options' : 'changed-options')}>{text}</span>
        </button>
      )}
    >
      {(close) => (
        <OptionsPanel
          {...{ provider, options, count, seed, takesSeed }}
          hasReferences={hasReferences}
          isChanged={!isUsual}
          onCount={(value) => change({ count: value })}
          onSeed={(value) => change({ seed: value })}
          onChange={set}
          onReset={reset}
          onDone={close}
        />
      )}
    </Popover>
  );
}
