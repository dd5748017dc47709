// What can be set: how it looks, who makes the pictures, and their shape.

import type { ReactNode } from 'react';
import type { ActiveProvider } from '../../../shared/contract/services';
import { providers } from '../../../shared/domain/model-catalogue';
import { aspectRatios, providerIds } from '../../../shared/domain/models';
import { type Settings, settingsSchema } from '../../../shared/domain/settings';
import { useSettings } from '../../state/settings/settings-store';
import { formatCount } from '../../ui/format';
import { Page } from '../../ui/Page';
import { DesktopSection } from './DesktopSection';
import { ProviderSection } from './ProviderSection';
import styles from './SettingsView.module.css';
import { type EmptyTrashSlot, StorageSection } from './StorageSection';

const themes: readonly { value: Settings['theme']; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

const originalChoices = [
  { value: 'keep', label: 'Keep' },
  { value: 'replace', label: 'Replace with smaller ones' },
] as const;

const reuseChoices: readonly { value: Settings['reusePictures']; label: string }[] = [
  { value: 'same-seed', label: 'With the same seed' },
  { value: 'same-prompt', label: 'With the same prompt' },
  { value: 'never', label: 'Never' },
];

const prefetchChoices = [
  { value: 'on', label: 'On' },
  { value: 'off', label: 'Off' },
] as const;

const copyChoices = [
  { value: 'with', label: 'With their recipe' },
  { value: 'without', label: 'Exactly as kept' },
] as const;

const providerChoices: readonly { value: Settings['provider']; label: string }[] = [
  { value: 'automatic', label: 'Automatic' },
  ...providerIds.map((id) => ({ value: id, label: providers[id].label })),
];

/** Sections that other features provide. */
type Props = {
  limits: ReactNode;
  costs: ReactNode;
  updates: ReactNode;
  emptyTrash: EmptyTrashSlot;
};

export function SettingsView({ limits, costs, updates, emptyTrash }: Props) {
  const { settings, provider, change } = useSettings();
  return (
    <Page title="Settings">
      <Choice
        label="Appearance"
        name="theme"
        value={settings.theme}
        options={themes}
        onChange={(theme) => void change({ theme })}
      />
      <Choice
        label="Pictures are made by"
        name="provider"
        value={settings.provider}
        options={providerChoices}
        onChange={(chosen) => void change({ provider: chosen })}
        note={explain(provider)}
      />
      <ProviderSection />
      <Choice
        label="Shape of a new picture"
        name="aspectRatio"
        value={settings.aspectRatio}
        options={aspectRatios.map((ratio) => ({ value: ratio, label: ratio }))}
        onChange={(aspectRatio) => void change({ aspectRatio })}
      />
      <Choice
        label="Answer from the gallery"
        name="reusePictures"
        value={settings.reusePictures}
        options={reuseChoices}
        onChange={(reusePictures) => void change({ reusePictures })}
        note="A picture that was made before, from the same words and in the same shape, is shown again at once, free. You can have a new one made each time."
      />
      <Choice
        label="Begin while I write"
        name="prefetch"
        value={settings.prefetch ? 'on' : 'off'}
        options={prefetchChoices}
        onChange={(choice) => void change({ prefetch: choice === 'on' })}
        note="When you pause over a description, a provider on this computer begins its picture, so that it is there when you send it."
      />
      <Choice
        label="Begin while I write, with providers that charge"
        name="prefetchBilled"
        value={settings.prefetchBilled ? 'on' : 'off'}
        options={prefetchChoices}
        onChange={(choice) => void change({ prefetchBilled: choice === 'on' })}
        note="Each picture that is begun so may cost as much as one that was sent, also when you write something else afterwards and never see it. It counts towards your limits and your cap."
      />
      <Choice
        label="Original files"
        name="keepOriginals"
        value={settings.keepOriginals ? 'keep' : 'replace'}
        options={originalChoices}
        onChange={(choice) => void change({ keepOriginals: choice === 'keep' })}
        note="Where a provider sends a PNG, a smaller file for the screen can take its place, at about a tenth of the room. Originals that carry content credentials are always kept."
      />
      <Quality
        value={settings.displayQuality}
        onChange={(quality) => void change({ displayQuality: quality })}
      />
      <Choice
        label="Saved copies"
        name="embedRecipes"
        value={settings.embedRecipes ? 'with' : 'without'}
        options={copyChoices}
        onChange={(choice) => void change({ embedRecipes: choice === 'with' })}
        note="A recipe is the prompt, model, seed, shape and date, written into the copy. Drop such a file onto Afterimage and its recipe is back in the composer."
      />
      <Choice
        label="Trash is kept for"
        name="trashDays"
        value={String(settings.trashDays)}
        options={trashChoices(settings.trashDays)}
        onChange={(days) => void change({ trashDays: Number(days) })}
        note="What is deleted longer ago is removed for good, in the background."
      />
      <DesktopSection />
      {limits}
      {costs}
      <StorageSection emptyTrash={emptyTrash} />
      {updates}
    </Page>
  );
}

/** @returns the usual ones, and the one that is set. */
function trashChoices(current: number): { value: string; label: string }[] {
  const days = [...new Set([7, 30, 90, 365, current])].sort((a, b) => a - b);
  return days.map((count) => ({ value: String(count), label: formatCount(count, 'day') }));
}

/** Says who is at work now, and why. */
function explain({ id, reason }: ActiveProvider): string {
  const { label } = providers[id];
  switch (reason) {
    case 'environment':
      return `${label} for this run, because AFTERIMAGE_PROVIDER says so.`;
    case 'settings':
      if (id === 'painter')
        return 'Each picture is a sketch, drawn on this computer. Free, and it works offline.';
      return providers[id].local
        ? `The ${label} makes each picture, on this computer or one of yours. Free.`
        : `${label} makes each picture, at the price that is shown under it.`;
    case 'key':
      return 'Google, because there is a key for it. Without one the offline painter sketches.';
    case 'no-key':
      return 'The offline painter, because there is no API key. Its pictures are sketches, not made by a model.';
  }
}

function Quality({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const { minValue, maxValue } = settingsSchema.shape.displayQuality;
  return (
    <section className={styles['section']}>
      <label htmlFor="displayQuality">Quality on screen</label>
      <div className={styles['slider']}>
        <span aria-hidden>Smaller files</span>
        <input
          id="displayQuality"
          type="range"
          min={minValue ?? undefined}
          max={maxValue ?? undefined}
          step={5}
          value={value}
          aria-describedby="displayQualityNote"
          onChange={(event) => onChange(event.currentTarget.valueAsNumber)}
        />
        <span aria-hidden>Finer detail</span>
        <output htmlFor="displayQuality">{value}</output>
      </div>
      <p id="displayQualityNote" className={styles['note']}>
        How much detail the smaller file of a PNG keeps. It holds from the next picture on, and leaves
        originals as they are.
      </p>
    </section>
  );
}

type ChoiceProps<Value extends string> = {
  label: string;
  name: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
  note?: string;
};

function Choice<Value extends string>({ label, name, value, options, onChange, note }: ChoiceProps<Value>) {
  return (
    <fieldset className={styles['section']}>
      <legend>{label}</legend>
      <div className={styles['options']}>
        {options.map((option) => (
          <label key={option.value} className={styles['option']}>
            <input
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
      {note && <p className={styles['note']}>{note}</p>}
    </fieldset>
  );
}
