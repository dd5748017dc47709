// The chip of the options of the next pictures. It says what differs from the defaults.
import { SlidersHorizontal } from 'lucide-react';
import {
  optionsOfSettings,
  type PictureOptions,
  takenOptions,
} from '../../../../shared/domain/picture-options';
import { serviceOf } from '../../../../shared/domain/service-directory';
import { useChosenProvider, usePictureOptions } from '../../../state/composer/chosen-provider';
import { useDraft } from '../../../state/composer/draft-store';
import { useSettings } from '../../../state/settings/settings-store';
import chip from '../../../ui/chip.module.css';
import { Popover } from '../../../ui/Popover';
import { OptionsPanel } from './OptionsPanel';
import { chipText, differences } from './option-text';
import styles from './options.module.css';

export function OptionsChip() {
  const provider = useChosenProvider();
  const { strength, ...others } = usePictureOptions();
  const settings = useSettings((state) => state.settings);
  const { count, seed, change, ...draft } = useDraft();
  const hasReferences = draft.references.length > 0;
  // The strength of a change is for a picture that is changed.
  const options = hasReferences && strength !== undefined ? { ...others, strength } : others;
  const { takesSeed } = serviceOf(provider.id);
  const defaults = takenOptions(provider.id, provider.pictureModel, optionsOfSettings(provider.id, settings));
  const phrases = differences({ count, seed: takesSeed ? seed : null, options }, defaults);
  const text = chipText(phrases);

  function set(changes: PictureOptions): void {
    change({ options: { ...draft.options, ...changes } });
  }

  function reset(): void {
    // The resolution is chosen with the shape.
    const { resolution } = draft.options;
    change({ count: 1, seed: null, options: resolution === undefined ? {} : { resolution } });
  }

  return (
    <Popover
      name="Options"
      initialFocus=":checked"
      className={styles['panel']}
      trigger={(props) => (
        <button
          type="button"
          className={chip['chip']}
          aria-label={`Options: ${phrases.length === 0 ? 'as usual' : phrases.join(', ')}`}
          title={phrases.length === 0 ? 'Options' : phrases.join(', ')}
          data-chosen={phrases.length > 0 || undefined}
          {...props}
        >
          <SlidersHorizontal size={16} strokeWidth={1.75} aria-hidden />
          <span className={phrases.length === 0 ? styles['words'] : styles['changes']}>{text}</span>
        </button>
      )}
    >
      {(close) => (
        <OptionsPanel
          {...{ provider, options, count, seed, takesSeed }}
          hasReferences={hasReferences}
          isChanged={phrases.length > 0}
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
