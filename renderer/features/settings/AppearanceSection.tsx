// How Afterimage looks, and when it draws attention.
import type { Settings } from '../../../shared/domain/settings';
import { useSettings } from '../../state/settings/settings-store';
import { Switch } from '../../ui/Switch';
import { Choice, Setting } from './Choice';

const themes: readonly { value: Settings['theme']; label: string }[] = [
  { value: 'system', label: 'System' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
];

export function AppearanceSection() {
  const { settings, change } = useSettings();
  return (
    <>
      <Choice
        id="theme"
        label="Theme"
        value={settings.theme}
        options={themes}
        onChange={(theme) => change({ theme })}
      />
      <Setting id="notifications">
        <Switch
          label="Notify me when a picture is ready while the window is in the background"
          checked={settings.notifications}
          onChange={(notifications) => change({ notifications })}
        />
      </Setting>
    </>
  );
}
