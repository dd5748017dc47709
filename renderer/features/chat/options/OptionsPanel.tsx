// The options of the next pictures: those that the chosen model takes, and nothing else.
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
import type { ChosenProvider } from '../../../state/composer/chosen-provider';
import { Button } from '../../../ui/Button';
import { Choices } from '../../../ui/Choices';
import { formatNumber } from '../../../ui/format';
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
const qualityNames = { low: 'Low', medium: 'Medium', high: 'High' } as const;
/** The model decides unless the user does. */
const thinkingChoices = ['automatic', ...thinkingLevels] as const;
const thinkingNames = { automatic: 'Automatic', minimal: 'Minimal', medium: 'Medium', high: 'High' } as const;
const { negativePrompt, steps, guidance, sampler, scheduler, strength } = pictureParamsSchema.shape;

export function OptionsPanel(props: Props) {
  const { provider, options, count, seed, hasReferences, onChange, onDone } = props;
  const taken = new Set<PictureOption>(optionsOf(provider.id, provider.pictureModel));
  return (
    <div className={styles['fields']}>
      <Choices
        label="How many"
        look="row"
        value={count}
        options={counts}
        onChange={props.onCount}
        render={(value) => value}
      />
      {props.takesSeed && <SeedField seed={seed} count={count} onChange={props.onSeed} onDone={onDone} />}
      {taken.has('quality') && (
        <Choices
          label="Quality"
          look="row"
          value={options.quality ?? 'medium'}
          options={pictureQualities}
          onChange={(quality) => onChange({ quality })}
          render={(quality) => qualityNames[quality]}
        />
      )}
      {taken.has('thinking') && (
        <Choices
          label="Thinking"
          look="row"
          value={options.thinking ?? 'automatic'}
          options={thinkingChoices}
          onChange={(level) => onChange({ thinking: level === 'automatic' ? undefined : level })}
          render={(level) => thinkingNames[level]}
        />
      )}
      {taken.has('background') && (
        <label className={styles['switch']}>
          <input
            type="checkbox"
            checked={options.background === 'transparent'}
            onChange={({ target }) => onChange({ background: target.checked ? 'transparent' : undefined })}
          />
          Transparent background
        </label>
      )}
      {taken.has('negativePrompt') && (
        <OptionField
          label="Negative prompt"
          placeholder="What must not be in the picture"
          value={options.negativePrompt ?? ''}
          read={(text) => (negativePrompt.safeParse(text).success ? text : null)}
          problem="A negative prompt has at most 4,000 characters."
          onChange={(text) => onChange({ negativePrompt: text })}
          onDone={onDone}
        />
      )}
      <div className={styles['pair']}>
        {taken.has('steps') && (
          <OptionField
            label="Steps"
            placeholder="Automatic"
            inputMode="numeric"
            value={textOf(options.steps)}
            read={(text) => readNumber(text, steps)}
            problem="Steps are a whole number from 1 to 500."
            onChange={(value) => onChange({ steps: value })}
            onDone={onDone}
          />
        )}
        {taken.has('guidance') && (
          <OptionField
            label="Guidance"
            placeholder="Automatic"
            inputMode="decimal"
            value={textOf(options.guidance)}
            read={(text) => readNumber(text, guidance)}
            problem="Guidance is a number from 0 to 50."
            onChange={(value) => onChange({ guidance: value })}
            onDone={onDone}
          />
        )}
        {taken.has('sampler') && (
          <OptionField
            label="Sampler"
            placeholder="Automatic"
            value={options.sampler ?? ''}
            read={(text) => (sampler.safeParse(text).success ? text : null)}
            problem="The name of a sampler has at most 100 characters."
            onChange={(text) => onChange({ sampler: text })}
            onDone={onDone}
          />
        )}
        {taken.has('scheduler') && (
          <OptionField
            label="Scheduler"
            placeholder="Automatic"
            value={options.scheduler ?? ''}
            read={(text) => (scheduler.safeParse(text).success ? text : null)}
            problem="The name of a scheduler has at most 100 characters."
            onChange={(text) => onChange({ scheduler: text })}
            onDone={onDone}
          />
        )}
        {taken.has('strength') && hasReferences && (
          <OptionField
            label="Strength of the change"
            placeholder="Automatic"
            inputMode="decimal"
            value={textOf(options.strength)}
            read={(text) => readNumber(text, strength)}
            problem="Strength is a number from 0 to 1."
            onChange={(value) => onChange({ strength: value })}
            onDone={onDone}
          />
        )}
      </div>
      <div className={styles['end']}>
        <Button disabled={!props.isChanged} onClick={props.onReset}>
          Reset
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
      label="Seed"
      placeholder="Random"
      inputMode="numeric"
      value={textOf(seed ?? undefined)}
      read={(text) => {
        if (text === '') return undefined;
        return /^\d+$/.test(text) && Number(text) <= maxSeed ? Number(text) : null;
      }}
      problem={`A seed is a whole number up to ${formatNumber(maxSeed)}. ${seed === null ? 'Seeds stay random.' : `The seed stays ${seed}.`}`}
      note={`The same prompt, shape and seed give the same picture.${count > 1 ? ` ${count} pictures use consecutive seeds.` : ''}`}
      onChange={(value) => onChange(value ?? null)}
      onDone={onDone}
    />
  );
}

function textOf(value: number | undefined): string {
  return value === undefined ? '' : String(value);
}

/** Returns undefined for an empty text, and null for one that is no valid number. */
function readNumber(
  text: string,
  schema: { safeParse: (value: number) => { success: boolean } },
): number | undefined | null {
  if (text === '') return undefined;
  const value = Number(text.replace(',', '.'));
  return schema.safeParse(value).success ? value : null;
}
