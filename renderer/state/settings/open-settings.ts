// The section of the settings in the address, and links to it.
import type { ErrorCode } from '../../../shared/domain/errors';
import type { ServiceId } from '../../../shared/domain/services';
import { showView, useView } from '../navigation';
import { type SettingId, type SettingsSection, settingsSections } from './settings-sections';

/** Shows a section of the settings. With `setting`, scrolls to that setting and focuses it. */
export function openSettings(section: SettingsSection, setting?: SettingId): void {
  showView('settings', section, ...(setting === undefined ? [] : [setting]));
}

/** Opens the choice of a service's text model. */
export function openTextModel(service: ServiceId): void {
  showView('settings', 'models', textModelSetting, service);
}

/** Opens the field for a service's address. */
export function openServiceAddress(service: ServiceId): void {
  showView('settings', 'models', addressSetting, service);
}

/** Opens the limit that stopped a request: one of the request's service, or the one for all services. */
export function openLimit(code: ErrorCode, service: ServiceId | null): void {
  const reached = code === 'limit_minute' || code === 'limit_day' || code === 'cap_reached';
  const setting = reached ? limitSettings[code] : 'limits';
  showView('settings', 'limits', setting, ...(service === null ? [] : [service]));
}

/** The `data-setting` of each limit, by the code of its failure. */
export const limitSettings = {
  limit_minute: 'limitOfMinute',
  limit_day: 'limitOfDay',
  cap_reached: 'monthlyCap',
} as const satisfies Partial<Record<ErrorCode, string>>;

/** The `data-setting` of each field, which exists while the service's editor is open. */
export const textModelSetting = 'textModel';
export const addressSetting = 'address';

type SettingsPlace = {
  section: SettingsSection;
  /** The setting to scroll to. */
  setting: string | undefined;
  /** The service whose editor to open, or whose limits to show. */
  service: ServiceId | undefined;
};

/** Returns the place in the settings that the address names. */
export function useSettingsPlace(): SettingsPlace {
  const [section, setting, service] = useView((state) => state.place);
  return {
    section: settingsSections.find(({ id }) => id === section)?.id ?? 'models',
    setting,
    service,
  };
}
