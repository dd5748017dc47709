// The sections and entries of the settings, for their navigation, their search, and links from elsewhere.
import type { MessageId } from '../../../shared/languages/en';

export const settingsSections = [
  { id: 'models', label: 'settings.section_models' },
  { id: 'pictures', label: 'settings.section_pictures' },
  { id: 'styles', label: 'styles.title' },
  { id: 'limits', label: 'settings.section_limits' },
  { id: 'storage', label: 'settings.section_storage' },
  { id: 'appearance', label: 'settings.section_appearance' },
  { id: 'privacy', label: 'settings.section_privacy' },
  { id: 'about', label: 'settings.section_about' },
] as const satisfies readonly { id: string; label: MessageId }[];

export type SettingsSection = (typeof settingsSections)[number]['id'];

type Entry = {
  /** The `data-setting` of its element on the page. */
  id: string;
  label: MessageId;
  section: SettingsSection;
  /** A text with other words by which users look for it; null if there is none. */
  also: MessageId | null;
};

/** The settings that can be found by name. */
export const settingsEntries = [
  {
    id: 'services',
    label: 'settings.find_services',
    section: 'models',
    also: 'settings.find_services_also',
  },
  {
    id: 'thisComputer',
    label: 'settings.find_this_computer',
    section: 'models',
    also: 'settings.find_this_computer_also',
  },
  {
    id: 'aspectRatio',
    label: 'settings.shape',
    section: 'pictures',
    also: 'settings.find_shape_also',
  },
  {
    id: 'reusePictures',
    label: 'settings.reuse',
    section: 'pictures',
    also: 'settings.find_reuse_also',
  },
  {
    id: 'wordLists',
    label: 'settings.word_lists',
    section: 'pictures',
    also: 'settings.find_word_lists_also',
  },
  {
    id: 'prefetch',
    label: 'settings.prefetch',
    section: 'pictures',
    also: 'settings.find_prefetch_also',
  },
  {
    id: 'prefetchBilled',
    label: 'settings.prefetch_billed',
    section: 'pictures',
    also: 'settings.find_prefetch_billed_also',
  },
  {
    id: 'styles',
    label: 'styles.own',
    section: 'styles',
    also: 'styles.find_also',
  },
  {
    id: 'starterStyles',
    label: 'styles.starters',
    section: 'styles',
    also: 'styles.find_starters_also',
  },
  {
    id: 'limits',
    label: 'settings.find_limits',
    section: 'limits',
    also: 'settings.find_limits_also',
  },
  {
    id: 'costs',
    label: 'settings.find_costs',
    section: 'limits',
    also: 'settings.find_costs_also',
  },
  {
    id: 'usage',
    label: 'settings.disk_usage',
    section: 'storage',
    also: 'settings.find_disk_usage_also',
  },
  {
    id: 'watchedFolders',
    label: 'import.watched',
    section: 'storage',
    also: 'settings.find_watched_also',
  },
  {
    id: 'keepOriginals',
    label: 'settings.keep_originals',
    section: 'storage',
    also: 'settings.find_originals_also',
  },
  {
    id: 'displayQuality',
    label: 'settings.display_quality',
    section: 'storage',
    also: 'settings.find_display_quality_also',
  },
  {
    id: 'copyQuality',
    label: 'settings.copy_quality',
    section: 'storage',
    also: 'settings.find_copy_quality_also',
  },
  {
    id: 'trashDays',
    label: 'settings.trash_days',
    section: 'storage',
    also: 'settings.find_trash_days_also',
  },
  {
    id: 'archive',
    label: 'settings.archive',
    section: 'storage',
    also: 'settings.find_archive_also',
  },
  {
    id: 'language',
    label: 'settings.language',
    section: 'appearance',
    also: 'settings.find_language_also',
  },
  {
    id: 'theme',
    label: 'settings.theme',
    section: 'appearance',
    also: 'settings.find_theme_also',
  },
  {
    id: 'notifications',
    label: 'settings.find_notifications',
    section: 'appearance',
    also: 'settings.find_notifications_also',
  },
  {
    id: 'leaves',
    label: 'settings.leaves',
    section: 'privacy',
    also: 'settings.find_leaves_also',
  },
  {
    id: 'checkForUpdates',
    label: 'settings.find_update_check',
    section: 'privacy',
    also: 'settings.find_update_check_also',
  },
  {
    id: 'promptInNotifications',
    label: 'settings.prompt_in_notifications',
    section: 'privacy',
    also: null,
  },
  {
    id: 'embedRecipes',
    label: 'settings.find_embed_recipes',
    section: 'privacy',
    also: 'settings.find_embed_recipes_also',
  },
  {
    id: 'checkSpelling',
    label: 'settings.spelling',
    section: 'privacy',
    also: 'settings.find_spelling_also',
  },
  {
    id: 'version',
    label: 'settings.find_version',
    section: 'about',
    also: 'settings.find_version_also',
  },
  {
    id: 'help',
    label: 'settings.find_help',
    section: 'about',
    also: 'settings.find_help_also',
  },
] as const satisfies readonly Entry[];

export type SettingId = (typeof settingsEntries)[number]['id'];

export function labelOfSection(section: SettingsSection): MessageId {
  return settingsSections.find(({ id }) => id === section)?.label ?? 'settings.title';
}
