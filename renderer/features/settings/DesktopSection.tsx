// How Afterimage behaves on the desktop: notifications, and the spelling of what is typed.
import { useId } from 'react';
import { useSettings } from '../../state/settings/settings-store';
import styles from './DesktopSection.module.css';

/** macOS checks spelling by itself, without a download, and has its own switch for it. */
const checksBySystem = navigator.userAgent.includes('Macintosh');

export function DesktopSection() {
  const { settings, change } = useSettings();
  const { notifications, promptInNotifications, checkSpelling } = settings;
  return (
    <fieldset className={styles['section']}>
      <legend>On the desktop</legend>
      <Check
        label="Tell me when a picture is ready and the window is not in front"
        checked={notifications}
        onChange={(checked) => void change({ notifications: checked })}
      />
      <Check
        label="Show the prompt in notifications"
        checked={promptInNotifications}
        disabled={!notifications}
        note="Whoever sees your screen can read it there."
        onChange={(checked) => void change({ promptInNotifications: checked })}
      />
      {!checksBySystem && (
        <Check
          label="Check spelling"
          checked={checkSpelling}
          note="Downloads the dictionaries of your languages from Google, once. What you type is checked on this computer."
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
