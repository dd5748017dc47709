// The options of the next pictures that the chosen model supports.

import { maxPictures } from '../../../../shared/domain/conversations';
import {
  maxSeed,
  pictureParamsSchema,
  pictureQualities,
  thinkingLevels,
} from '../../../../shared/domain/models';
import {
  optionsOf,
  type PictureOption,
  type PictureOptions,
} from '../../../../shared/domain/picture-options';
import { t } from '../../../../shared/languages/translate';
import type { ChosenProvider } from '../../../state/composer/chosen-provider';
import { Button } from '../../../ui/Button';
import { Choices } from '../../../ui/Choices';
import { OptionField } from './OptionField';
import styles from './options.module.css';

type Props = {
  provider: ChosenProvider;
  options: PictureOptions;
  count: number;
  seed: number | null;
  takesSeed: boolean;
  hasReferences: boolean;
  isChanged: boolean;
  onCount: (count: number) => void;
  onSeed: (seed: number | null) => void;
  onChange: (changes: PictureOptions) => void;
  onReset: () => void;
  onDone: () => void;
};

const counts = Array.from({ length: maxPictures }, (_, index) => index + 1);
/** `automatic` leaves the choice to the model. */
const thinkingChoices = ['automatic', ...thinkingLevels] as const;
const { negativePrompt, steps, guidance, sampler, scheduler, strength } = pictureParamsSchema.shape;

export function OptionsPanel(props: Props) {
  const { provider, options, count, seed, hasReferences, onChange, onDone } = props;
  const taken = new Set<PictureOption>(optionsOf(provider.id, provider.pictureModel));
  return (
    <div className={styles['fields']}>
      <Choices
        label={t('composer.how_many')}
        look="row"
        value={count}
        options={counts}
        onChange={props.onCount}
        render={(value) => value}
      />
      {props.takesSeed && <SeedField seed={seed} count={count} onChange={props.onSeed} onDone={onDone} />}
      {taken.has('quality') && (
        <Choices
          label={t('composer.quality')}
          look="row"
          value={options.quality ?? 'medium'}
          options={pictureQualities}
          onChange={(quality) => onChange({ quality })}
          render={(quality) => t(`composer.quality_${quality}`)}
        />
      )}
      {taken.has('thinking') && (
        <Choices
          label={t('composer.thinking')}
          look="row"
          value={options.thinking ?? 'automatic'}
          options={thinkingChoices}
          onChange={(level) => onChange({ thinking: level === 'automatic' ? undefined : level })}
          render={(level) => t(`composer.thinking_${level}`)}
        />
      )}
      {taken.has('background') && (
        <label className={styles['switch']}>
          <input
            type="checkbox"
            checked={options.background === 'transparent'}
            onChange={({ target }) => onChange({ background: target.checked ? 'transparent' : undefined })}
          />
          {t('composer.transparent_background')}
        </label>
      )}
      {taken.has('negativePrompt') && (
        <OptionField
          label={t('composer.negative_prompt')}
          isProse
          placeholder={t('composer.negative_prompt_hint')}
          value={options.negativePrompt ?? ''}
          read={(text) => (negativePrompt.safeParse(text).success ? text : null)}
          problem={t('composer.negative_prompt_problem')}
          onChange={(text) => onChange({ negativePrompt: text })}
          onDone={onDone}
        />
      )}
      <div className={styles['pair']}>
        {taken.has('steps') && (
          <OptionField
            label={t('composer.steps')}
            placeholder={t('composer.automatic')}
            inputMode="numeric"
            value={textOf(options.steps)}
            read={(text) => readNumber(text, steps)}
            problem={t('composer.steps_problem')}
            onChange={(value) => onChange({ steps: value })}
            onDone={onDone}
          />
        )}
        {taken.has('guidance') && (
          <OptionField
            label={t('composer.guidance')}
            placeholder={t('composer.automatic')}
            inputMode="decimal"
            value={textOf(options.guidance)}
            read={(text) => readNumber(text, guidance)}
            problem={t('composer.guidance_problem')}
            onChange={(value) => onChange({ guidance: value })}
            onDone={onDone}
          />
        )}
        {taken.has('sampler') && (
          <OptionField
            label={t('composer.sampler')}
            placeholder={t('composer.automatic')}
            value={options.sampler ?? ''}
            read={(text) => (sampler.safeParse(text).success ? text : null)}
            problem={t('composer.sampler_problem')}
            onChange={(text) => onChange({ sampler: text })}
            onDone={onDone}
          />
        )}
        {taken.has('scheduler') && (
          <OptionField
            label={t('composer.scheduler')}
            placeholder={t('composer.automatic')}
            value={options.scheduler ?? ''}
            read={(text) => (scheduler.safeParse(text).success ? text : null)}
            problem={t('composer.scheduler_problem')}
            onChange={(text) => onChange({ scheduler: text })}
            onDone={onDone}
          />
        )}
        {taken.has('strength') && hasReferences && (
          <OptionField
            label={t('composer.strength')}
            placeholder={t('composer.automatic')}
            inputMode="decimal"
            value={textOf(options.strength)}
            read={(text) => readNumber(text, strength)}
            problem={t('composer.strength_problem')}
            onChange={(value) => onChange({ strength: value })}
            onDone={onDone}
          />
        )}
      </div>
      <div className={styles['end']}>
        <Button disabled={!props.isChanged} onClick={props.onReset}>
          {t('composer.reset')}
        </Button>
      </div>
    </div>
  );
}

type SeedProps = {
  seed: number | null;
  count: number;
  onChange: (seed: number | null) => void;
  onDone: () => void;
};

function SeedField({ seed, count, onChange, onDone }: SeedProps) {
  return (
    <OptionField
      label={t('composer.seed')}
      placeholder={t('composer.random')}
      inputMode="numeric"
      value={textOf(seed ?? undefined)}
      read={(text) => {
        if (text === '') return undefined;
        return /^\d+$/.test(text) && Number(text) <= maxSeed ? Number(text) : null;
      }}
      problem={
        seed === null
          ? t('composer.seed_problem', { max: maxSeed })
          : t('composer.seed_problem_kept', { max: maxSeed, seed: String(seed) })
      }
      note={count > 1 ? t('composer.seed_note_several', { count }) : t('composer.seed_note')}
      onChange={(value) => onChange(value ?? null)}
      onDone={onDone}
    />
  );
}

function textOf(value: number | undefined): string {
  return value === undefined ? '' : String(value);
}

/** Returns undefined for an empty text, and null for an invalid number. */
function readNumber(
  text: string,
  schema: { safeParse: (value: number) => { success: boolean } },
): number | undefined | null {
  if (text === '') return undefined;
  const value = Number(text.replace(',', '.'));
  return schema.safeParse(value).success ? value : null;
}
