// The settings view.

import type { ReactNode } from 'react';
import type { ActiveProvider } from '../../../shared/contract/services';
import { aspectRatios } from '../../../shared/domain/models';
import { serviceOf } from '../../../shared/domain/service-directory';
import { type Settings, settingsSchema } from '../../../shared/domain/settings';
import { useSettings } from '../../state/settings/settings-store';
import { formatCount } from '../../ui/format';
import { Page } from '../../ui/Page';
import { DesktopSection } from './DesktopSection';
import styles from './SettingsView.module.css';
import { type EmptyTrashSlot, StorageSection } from './StorageSection';
import { ServicesSection } from './services/ServicesSection';

const themes: readonly { value: Settings['theme']; label: string }[] = [
  { value: 'system', label: 'System' },
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
  { value: 'with', label: 'With recipe' },
  { value: 'without', label: 'Exact copy' },
] as const;

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
      <ServicesSection note={explain(provider)} />
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
        note="If the gallery already has a picture of the same prompt and shape, it is shown at once, free. You can always make a new one."
      />
      <Choice
        label="Prefetch while I write"
        name="prefetch"
        value={settings.prefetch ? 'on' : 'off'}
        options={prefetchChoices}
        onChange={(choice) => void change({ prefetch: choice === 'on' })}
        note="When you pause while describing a picture, a provider on this computer starts it, so that it is ready sooner when you send."
      />
      <Choice
        label="Prefetch at billed providers"
        name="prefetchBilled"
        value={settings.prefetchBilled ? 'on' : 'off'}
        options={prefetchChoices}
        onChange={(choice) => void change({ prefetchBilled: choice === 'on' })}
        note="Every prefetched picture may cost as much as a sent one, even if you change your text and never see it. It counts towards your limits and your cap."
      />
      <Choice
        label="Original files"
        name="keepOriginals"
        value={settings.keepOriginals ? 'keep' : 'replace'}
        options={originalChoices}
        onChange={(choice) => void change({ keepOriginals: choice === 'keep' })}
        note="A smaller file can replace a provider's PNG and takes about a tenth of the space. Originals with content credentials are always kept."
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
        note="A recipe is the prompt, model, seed, shape and date, stored in the copy. Drop such a file on Afterimage to restore its recipe in the composer."
      />
      <Choice
        label="Keep Trash for"
        name="trashDays"
        value={String(settings.trashDays)}
        options={trashChoices(settings.trashDays)}
        onChange={(days) => void change({ trashDays: Number(days) })}
        note="Older items in Trash are removed permanently."
      />
      <DesktopSection />
      {limits}
      {costs}
      <StorageSection emptyTrash={emptyTrash} />
      {updates}
    </Page>
  );
}

/** Returns the standard choices and the current value. */
function trashChoices(current: number): { value: string; label: string }[] {
  const days = [...new Set([7, 30, 90, 365, current])].sort((a, b) => a - b);
  return days.map((count) => ({ value: String(count), label: formatCount(count, 'day') }));
}

/** Explains which provider is in use, and why. */
function explain({ id, reason }: ActiveProvider): string {
  const { name } = serviceOf(id);
  switch (reason) {
    case 'environment':
      return `${name} for this run, set by AFTERIMAGE_PROVIDER.`;
    case 'settings':
      if (id === 'painter') return 'Sketches your prompts on this computer. Free, and works offline.';
      return serviceOf(id).local
        ? `The ${name} makes the pictures, on this computer or another one of yours. Free.`
        : `${name} makes the pictures. The price is shown below each one.`;
    case 'key':
      return 'Google, because you have added a key. Without one, the offline painter is used.';
    case 'no-key':
      return 'The offline painter, because there is no API key. Its pictures are sketches, not made by a model.';
  }
}

function Quality({ value, onChange }: { value: number; onChange: (value: number) => void }) {
  const { minValue, maxValue } = settingsSchema.shape.displayQuality;
  return (
    <section className={styles['section']}>
      <label htmlFor="displayQuality">Display quality</label>
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
        How much detail the smaller file of a PNG keeps. Applies to new pictures and does not change
        originals.
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
