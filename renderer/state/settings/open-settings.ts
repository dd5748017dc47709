// The section of the settings in the address, and links to it.
import type { ErrorCode } from '../../../shared/domain/errors';
import type { ServiceId } from '../../../shared/domain/services';
import { showView, useView } from '../navigation';
import { type SettingId, type SettingsSection, settingsSections } from './settings-sections';

/** Shows a section of the settings; with `setting`, brings that one into view and moves the focus to it. */
export function openSettings(section: SettingsSection, setting?: SettingId): void {
  showView('settings', section, ...(setting === undefined ? [] : [setting]));
}

/** Shows where the text model of a service is chosen. */
export function openTextModel(service: ServiceId): void {
  showView('settings', 'models', textModelSetting, service);
}

/** Shows where the address of a service is entered. */
export function openServiceAddress(service: ServiceId): void {
  showView('settings', 'models', addressSetting, service);
}

/** Shows the limit that stopped a request: one of the request's service, or that of all of them. */
export function openLimit(code: ErrorCode, service: ServiceId | null): void {
  const reached = code === 'limit_minute' || code === 'limit_day' || code === 'cap_reached';
  const setting = reached ? limitSettings[code] : 'limits';
  showView('settings', 'limits', setting, ...(service === null ? [] : [service]));
}

/** The `data-setting` of each limit, by the failure that it causes. */
export const limitSettings = {
  limit_minute: 'limitOfMinute',
  limit_day: 'limitOfDay',
  cap_reached: 'monthlyCap',
} as const satisfies Partial<Record<ErrorCode, string>>;

/** The `data-setting` of each field, which is there while the service's fields are open. */
export const textModelSetting = 'textModel';
export const addressSetting = 'address';

type SettingsPlace = {
  section: SettingsSection;
  /** To bring into view. */
  setting: string | undefined;
  /** Whose fields to open, or whose limits to show. */
  service: ServiceId | undefined;
};

/** Returns what the address says. */
export function useSettingsPlace(): SettingsPlace {
  const [section, setting, service] = useView((state) => state.place);
  return {
    section: settingsSections.find(({ id }) => id === section)?.id ?? 'models',
    setting,
    service,
  };
}
