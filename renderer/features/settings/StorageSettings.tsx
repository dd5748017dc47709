// What is kept on disk, and for how long.
import { settingsSchema } from '../../../shared/domain/settings';
import { useSettings } from '../../state/settings/settings-store';
import { formatCount } from '../../ui/format';
import { Saved, useSaved } from '../../ui/Saved';
import { Switch } from '../../ui/Switch';
import { Choice, Setting } from './Choice';
import styles from './Choice.module.css';

export function StorageSettings() {
  const { settings, change } = useSettings();
  return (
    <>
      <Setting id="keepOriginals">
        <Switch
          label="Keep original files"
          checked={settings.keepOriginals}
          onChange={(keepOriginals) => change({ keepOriginals })}
          note="Off: a smaller file replaces a new PNG and takes about a tenth of the space. Originals with content credentials are always kept."
        />
      </Setting>
      <Quality
        id="displayQuality"
        label="Display quality"
        note="How much detail the smaller file of a PNG keeps. Applies to new pictures and does not change originals."
        value={settings.displayQuality}
        onChange={(displayQuality) => change({ displayQuality })}
      />
      <Quality
        id="copyQuality"
        label="Quality of saved copies"
        note="For copies that you save as JPEG or WebP from a picture of another format: the ending of the name decides."
        value={settings.copyQuality}
        onChange={(copyQuality) => change({ copyQuality })}
      />
      <Choice
        id="trashDays"
        label="Keep Trash for"
        value={String(settings.trashDays)}
        options={trashChoices(settings.trashDays)}
        onChange={(days) => change({ trashDays: Number(days) })}
        note="Older items in Trash are removed permanently."
      />
    </>
  );
}

/** Returns the standard choices and the current value. */
function trashChoices(current: number): { value: string; label: string }[] {
  const days = [...new Set([7, 30, 90, 365, current])].sort((a, b) => a - b);
  return days.map((count) => ({ value: String(count), label: formatCount(count, 'day') }));
}

type QualityProps = {
  id: 'displayQuality' | 'copyQuality';
  label: string;
  note: string;
  value: number;
  onChange: (value: number) => Promise<boolean>;
};

function Quality({ id, label, note, value, onChange }: QualityProps) {
  const { minValue, maxValue } = settingsSchema.shape[id];
  const { isSaved, watch } = useSaved();
  return (
    <section className={styles['setting']} data-setting={id}>
      <label htmlFor={id}>{label}</label>
      <div className={styles['slider']}>
        <span aria-hidden>Smaller files</span>
        <input
          id={id}
          type="range"
          min={minValue ?? undefined}
          max={maxValue ?? undefined}
          step={id === 'copyQuality' ? 1 : 5}
          value={value}
          aria-describedby={`${id}Note`}
          onChange={(event) => watch(onChange(event.currentTarget.valueAsNumber))}
        />
        <span aria-hidden>Finer detail</span>
        <output htmlFor={id}>{value} of 100</output>
        <Saved isSaved={isSaved} />
      </div>
      <p id={`${id}Note`} className={styles['note']}>
        {note}
      </p>
    </section>
  );
}
