// The choice between copying pictures into Afterimage and linking them.
import { useId } from 'react';
import { type ImportMode, importModes } from '../../../shared/domain/watched-folders';
import { t } from '../../../shared/languages/translate';
import styles from './ModeChoice.module.css';

type Props = { value: ImportMode; onChange: (mode: ImportMode) => void };

export function ModeChoice({ value, onChange }: Props) {
  const name = useId();
  return (
    <fieldset className={styles['modes']}>
      <legend className="visually-hidden">{t('import.how_kept')}</legend>
      {importModes.map((mode) => (
        <label key={mode} className={styles['mode']}>
          <input
            type="radio"
            name={name}
            checked={mode === value}
            aria-describedby={`${name}${mode}`}
            onChange={() => onChange(mode)}
          />
          <span className={styles['label']}>{t(`import.mode_${mode}`)}</span>
          <span id={`${name}${mode}`} className={styles['note']}>
            {t(`import.mode_${mode}_note`)}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
