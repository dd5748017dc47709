// The section of the settings in the address, and links to it.
import { showView, useView } from '../navigation';
import { type SettingId, type SettingsSection, settingsSections } from './settings-sections';

/** Shows a section of the settings; with `setting`, brings that one into view and moves the focus to it. */
export function openSettings(section: SettingsSection, setting?: SettingId): void {
  showView('settings', section, ...(setting === undefined ? [] : [setting]));
}

/** Returns the section in the address, and the setting to bring into view. */
export function useSettingsPlace(): { section: SettingsSection; setting: string | undefined } {
  const [section, setting] = useView((state) => state.place);
  return { section: settingsSections.find(({ id }) => id === section)?.id ?? 'models', setting };
}
