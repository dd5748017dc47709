// The settings for the files on disk and for Trash.
import { settingsSchema } from '../../../shared/domain/settings';
import { t } from '../../../shared/languages/translate';
import { useSettings } from '../../state/settings/settings-store';
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
          label={t('settings.keep_originals')}
          checked={settings.keepOriginals}
          onChange={(keepOriginals) => change({ keepOriginals })}
          note={t('settings.keep_originals_note')}
        />
      </Setting>
      <Quality
        id="displayQuality"
        label={t('settings.display_quality')}
        note={t('settings.display_quality_note')}
        value={settings.displayQuality}
        onChange={(displayQuality) => change({ displayQuality })}
      />
      <Quality
        id="copyQuality"
        label={t('settings.copy_quality')}
        note={t('settings.copy_quality_note')}
        value={settings.copyQuality}
        onChange={(copyQuality) => change({ copyQuality })}
      />
      <Choice
        id="trashDays"
        label={t('settings.trash_days')}
        value={String(settings.trashDays)}
        options={trashChoices(settings.trashDays)}
        onChange={(days) => change({ trashDays: Number(days) })}
        note={t('settings.trash_days_note')}
      />
    </>
  );
}

/** Returns the standard choices and the current value. */
function trashChoices(current: number): { value: string; label: string }[] {
  const days = [...new Set([7, 30, 90, 365, current])].sort((a, b) => a - b);
  return days.map((count) => ({ value: String(count), label: t('settings.days', { count }) }));
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
        <span aria-hidden>{t('settings.smaller_files')}</span>
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
        <span aria-hidden>{t('settings.finer_detail')}</span>
        <output htmlFor={id}>{t('settings.quality_value', { value })}</output>
        <Saved isSaved={isSaved} />
      </div>
      <p id={`${id}Note`} className={styles['note']}>
        {note}
      </p>
    </section>
  );
}
