// What can be set: how it looks, who makes the pictures, and their shape.

import type { ActiveProvider } from '../../shared/ipc';
import { aspectRatios, providers } from '../../shared/models';
import type { Settings } from '../../shared/settings';
import { formatCount } from '../ui/format';
import { Page } from '../ui/Page';
import styles from './SettingsView.module.css';
import { StorageSection } from './StorageSection';
import { useSettings } from './settings-store';

const themes: readonly { value: Settings['theme']; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

const originalChoices = [
  { value: 'keep', label: 'Keep' },
  { value: 'replace', label: 'Replace with smaller ones' },
] as const;

const copyChoices = [
  { value: 'with', label: 'With their recipe' },
  { value: 'without', label: 'Exactly as kept' },
] as const;

const providerChoices: readonly { value: Settings['provider']; label: string }[] = [
  { value: 'automatic', label: 'Automatic' },
  { value: 'painter', label: providers.painter.label },
  { value: 'google', label: providers.google.label },
];

export function SettingsView() {
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
      <Choice
        label="Shape of a new picture"
        name="aspectRatio"
        value={settings.aspectRatio}
        options={aspectRatios.map((ratio) => ({ value: ratio, label: ratio }))}
        onChange={(aspectRatio) => void change({ aspectRatio })}
      />
      <section className={styles['section']}>
        <h2>Google API key</h2>
        <p className={styles['note']}>
          Start Afterimage with <code>GEMINI_API_KEY</code> set. The key is used for that run and never
          stored.
        </p>
      </section>
      <Choice
        label="Original files"
        name="keepOriginals"
        value={settings.keepOriginals ? 'keep' : 'replace'}
        options={originalChoices}
        onChange={(choice) => void change({ keepOriginals: choice === 'keep' })}
        note="Where a provider sends a PNG, a smaller file for the screen can take its place, at about a tenth of the room. Originals that carry content credentials are always kept."
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
      <StorageSection />
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
      return id === 'google'
        ? 'Google makes each picture, at the price that is shown under it.'
        : 'Each picture is a sketch, drawn on this computer. Free, and it works offline.';
    case 'key':
      return 'Google, because there is a key for it. Without one the offline painter sketches.';
    case 'no-key':
      return 'The offline painter, because there is no API key. Its pictures are sketches, not made by a model.';
  }
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
