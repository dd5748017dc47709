// Settings of the desktop: notifications and spelling.
import { useId } from 'react';
import { useSettings } from '../../state/settings/settings-store';
import styles from './DesktopSection.module.css';

/** macOS checks spelling without a download and has its own setting. */
const checksBySystem = navigator.userAgent.includes('Macintosh');

export function DesktopSection() {
  const { settings, change } = useSettings();
  const { notifications, promptInNotifications, checkSpelling } = settings;
  return (
    <fieldset className={styles['section']}>
      <legend>On the desktop</legend>
      <Check
        label="Notify me when a picture is ready while the window is in the background"
        checked={notifications}
        onChange={(checked) => void change({ notifications: checked })}
      />
      <Check
        label="Show the prompt in notifications"
        checked={promptInNotifications}
        disabled={!notifications}
        note="Anyone who sees your screen can read it."
        onChange={(checked) => void change({ promptInNotifications: checked })}
      />
      {!checksBySystem && (
        <Check
          label="Check spelling"
          checked={checkSpelling}
          note="Downloads dictionaries for your languages from Google once. Your text is checked on this computer."
          onChange={(checked) => void change({ checkSpelling: checked })}
        />
      )}
    </fieldset>
  );
}

type CheckProps = {
  label: string;
  checked: boolean;
  disabled?: boolean;
  note?: string;
  onChange: (checked: boolean) => void;
};

function Check({ label, checked, disabled, note, onChange }: CheckProps) {
  const noteId = useId();
  return (
    <div>
      <label className={styles['check']}>
        <input
          type="checkbox"
          checked={checked}
          disabled={disabled}
          aria-describedby={note && noteId}
          onChange={(event) => onChange(event.target.checked)}
        />
        {label}
      </label>
      {note && (
        <p id={noteId} className={styles['note']}>
          {note}
        </p>
      )}
    </div>
  );
}
