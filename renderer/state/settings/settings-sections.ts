// The sections of the settings, and what is in each: for their navigation, their search, and links from elsewhere.

export const settingsSections = [
  { id: 'models', label: 'Models & keys' },
  { id: 'pictures', label: 'Pictures' },
  { id: 'limits', label: 'Limits & costs' },
  { id: 'storage', label: 'Storage' },
  { id: 'appearance', label: 'Appearance' },
  { id: 'privacy', label: 'Privacy' },
  { id: 'about', label: 'About' },
] as const;

export type SettingsSection = (typeof settingsSections)[number]['id'];

type Entry = {
  /** Its element on the page has this `data-setting`. */
  id: string;
  label: string;
  section: SettingsSection;
  /** Further words under which users look for it. */
  also: string;
};

/** What can be found by name. */
export const settingsEntries = [
  { id: 'services', label: 'Services and API keys', section: 'models', also: 'provider token address proxy' },
  {
    id: 'thisComputer',
    label: 'This computer',
    section: 'models',
    also: 'engine local offline private sd-server stable diffusion gguf download free',
  },
  {
    id: 'aspectRatio',
    label: 'Shape of a new picture',
    section: 'pictures',
    also: 'aspect ratio size format',
  },
  {
    id: 'reusePictures',
    label: 'Answer from the gallery',
    section: 'pictures',
    also: 'reuse same seed cache',
  },
  {
    id: 'wordLists',
    label: 'Word lists',
    section: 'pictures',
    also: 'patterns wildcards variables prompt random',
  },
  { id: 'prefetch', label: 'Prefetch while I write', section: 'pictures', also: 'speed ahead' },
  { id: 'prefetchBilled', label: 'Prefetch at billed services', section: 'pictures', also: 'speed cost' },
  { id: 'limits', label: 'Limits', section: 'limits', also: 'pictures a minute day monthly cap budget' },
  { id: 'costs', label: 'Costs', section: 'limits', also: 'spending money dollars price bill' },
  {
    id: 'usage',
    label: 'Disk usage',
    section: 'storage',
    also: 'space free database backups recovery engines models',
  },
  { id: 'keepOriginals', label: 'Keep original files', section: 'storage', also: 'png replace smaller' },
  { id: 'displayQuality', label: 'Display quality', section: 'storage', also: 'webp compression detail' },
  { id: 'copyQuality', label: 'Quality of saved copies', section: 'storage', also: 'jpeg webp compression' },
  { id: 'trashDays', label: 'Keep Trash for', section: 'storage', also: 'delete days permanent' },
  {
    id: 'archive',
    label: 'Move to another computer',
    section: 'storage',
    also: 'export everything backup import bring archive markdown',
  },
  {
    id: 'language',
    label: 'Language',
    section: 'appearance',
    also: 'deutsch español français 日本語 中文 locale',
  },
  { id: 'theme', label: 'Theme', section: 'appearance', also: 'dark light mode colours' },
  { id: 'notifications', label: 'Notifications', section: 'appearance', also: 'ready background desktop' },
  {
    id: 'leaves',
    label: 'What leaves this computer',
    section: 'privacy',
    also: 'telemetry network data sent',
  },
  { id: 'checkForUpdates', label: 'Daily check for a newer version', section: 'privacy', also: 'update' },
  { id: 'promptInNotifications', label: 'Show the prompt in notifications', section: 'privacy', also: '' },
  { id: 'embedRecipes', label: 'Recipe in saved copies', section: 'privacy', also: 'metadata export exif' },
  { id: 'checkSpelling', label: 'Check spelling', section: 'privacy', also: 'dictionary language' },
  { id: 'version', label: 'This version', section: 'about', also: 'update release notes licence newer' },
  { id: 'help', label: 'Logs and diagnostics', section: 'about', also: 'help bug report crash timings' },
] as const satisfies readonly Entry[];

export type SettingId = (typeof settingsEntries)[number]['id'];

/** Returns the settings that contain each word of a text at the beginning of one of their words. */
export function searchSettings(text: string): readonly (typeof settingsEntries)[number][] {
  const words = wordsOf(text);
  if (words.length === 0) return [];
  return settingsEntries.filter(({ label, also, section }) => {
    const own = wordsOf(`${label} ${also} ${settingsSections.find(({ id }) => id === section)?.label ?? ''}`);
    return words.every((word) => own.some((each) => each.startsWith(word)));
  });
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
