// One setting of the page: its name, its control, an explanation, and "Saved" once a change is stored.
import type { ReactNode } from 'react';
import type { SettingId } from '../../state/settings/settings-sections';
import { Saved, useSaved } from '../../ui/Saved';
import styles from './Choice.module.css';

type ChoiceProps<Value extends string> = {
  /** Also the name of its radio buttons, and the target of links to this setting. */
  id: SettingId;
  label: string;
  value: Value;
  /** `lang`: the language of a label that is not the interface's, for screen readers and fonts. */
  options: readonly { value: Value; label: string; lang?: string }[];
  /** @returns whether the change was saved. */
  onChange: (value: Value) => Promise<boolean>;
  note?: string;
};

/** A setting with a few values. */
export function Choice<Value extends string>({
  id,
  label,
  value,
  options,
  onChange,
  note,
}: ChoiceProps<Value>) {
  const { isSaved, watch } = useSaved();
  return (
    <fieldset className={styles['setting']} data-setting={id}>
      <legend>{label}</legend>
      <div className={styles['options']}>
        {options.map((option) => (
          <label key={option.value} className={styles['option']} lang={option.lang}>
            <input
              type="radio"
              name={id}
              checked={option.value === value}
              onChange={() => watch(onChange(option.value))}
            />
            {option.label}
          </label>
        ))}
        <Saved isSaved={isSaved} />
      </div>
      {note && <p className={styles['note']}>{note}</p>}
    </fieldset>
  );
}

/** A block of the page that holds other controls. Only a few need a title above them. */
export function Setting({ id, title, children }: { id: SettingId; title?: string; children: ReactNode }) {
  return (
    <section className={styles['setting']} data-setting={id} aria-label={title}>
      {title && <h3>{title}</h3>}
      {children}
    </section>
  );
}
